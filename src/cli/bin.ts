// The program `sip-retry`: runs the command line of this process.
import { processIo } from './process-io.js';
import { main } from './main.js';

const io = processIo();
const status = await main(process.argv.slice(2), io);
// What is still on its way into a pipe would be lost; but a timer, or a terminal that could be typed at, is not waited for.
await io.flushed();
process.exit(status);
