// The streams, variables and folder of this process.
import type { Io, Output } from './io.js';
import { collect } from './read-octets.js';

/** What a run in this process is given. A reader that stops reading (`| head`) ends the process quietly. */
export function processIo(): Io {
  return {
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    stdin: (limit) => collect(process.stdin, limit),
    env: process.env,
    cwd: process.cwd(),
  };
}

function outputTo(stream: NodeJS.WriteStream): Output {
  stream.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EPIPE') process.exit(0);
    throw cause;
  });
  // Of a pipe `isTTY` is undefined, whatever its type says; that is as good as false.
  return { write: (text) => void stream.write(text), isTerminal: stream.isTTY, columns: stream.columns };
}
