// The streams, variables and folder of this process.
import type { Io, Output } from './io.js';
import { askPerson } from './ask-person.js';
import { collect } from './read-octets.js';

/** What a run in this process is given. A reader that stops reading (`| head`) ends the process quietly. */
export function processIo(): Io {
  return {
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    stdin: (limit) => collect(process.stdin, limit),
    onInterrupt,
    ask: process.stdin.isTTY ? askPerson : undefined,
    env: process.env,
    cwd: process.cwd(),
  };
}

function onInterrupt(listener: () => void): () => void {
  process.on('SIGINT', listener);
  return () => void process.off('SIGINT', listener);
}

function outputTo(stream: NodeJS.WriteStream): Output {
  stream.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EPIPE') process.exit(0);
    throw cause;
  });
  // Of a pipe `isTTY` is undefined, whatever its type says; that is as good as false.
  return { write: (text) => void stream.write(text), isTerminal: stream.isTTY, columns: stream.columns };
}
