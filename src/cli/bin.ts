// The program `sip-retry`: runs the command line of this process.
import { processIo } from './process-io.js';
import { main } from './main.js';

// Not process.exit: what is still on its way into a pipe would be lost.
process.exitCode = await main(process.argv.slice(2), processIo());
