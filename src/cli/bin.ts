// The program `sip-retry`: runs the command line of this process.
import { processIo } from './process-io.js';
import { main } from './main.js';

const io = processIo();
const status = await main(process.argv.slice(2), io);
// What is still on its way into a pipe would be lost; but a timer, or a terminal that could be typed at, is not waited for.
await io.flushed();
// Whoever reads a file that is not whole must not hear that all went well; that of `send` says what became of the request.
const isLost = io.hasLost() && process.argv[2] !== 'send';
process.exit(status === 0 && isLost ? 2 : status);
