// The streams, variables and folder of this process.
import { askAt } from './ask-person.js';
import type { Io, Output } from './io.js';
import { collect, whyUnreadable } from './read-octets.js';

/** What a run in this process is given. */
export interface ProcessIo extends Io {
  /** Resolves when everything that was printed is on its way. */
  readonly flushed: () => Promise<void>;
  /** Whether something that was printed on standard output is lost: the disk is full, say. */
  readonly hasLost: () => boolean;
}

/** What a run in this process is given. A reader that stops reading (`| head`) ends the process quietly. */
export function processIo(): ProcessIo {
  const interruptions = new Set<() => void>();
  const interrupt = (): void => interruptions.forEach((listener) => listener());
  const { stdin, stdout, stderr } = process;
  let hasLost = false;
  const broken = {
    // What is on its way is ended as by Ctrl-C: a call that nobody watches would ring on.
    unread: () => (interruptions.size > 0 ? interrupt() : process.exit(0)),
    failed: (name: string, cause: unknown) => {
      hasLost ||= name === 'standard output';
      if (name !== 'standard error') stderr.write(`sip-retry: ${name}: ${whyUnreadable(cause, 'written')}\n`);
    },
  };
  return {
    stdout: outputTo(stdout, 'standard output', broken),
    stderr: outputTo(stderr, 'standard error', broken),
    stdin: (limit) => collect(stdin, limit),
    onInterrupt(listener) {
      interruptions.add(listener);
      for (const signal of SIGNALS) process.on(signal, listener);
      return () => {
        interruptions.delete(listener);
        for (const signal of SIGNALS) process.off(signal, listener);
      };
    },
    ask: stdin.isTTY && stderr.isTTY ? askAt({ input: stdin, output: stderr, interrupt }) : undefined,
    env: process.env,
    cwd: process.cwd(),
    flushed: async () => {
      await Promise.all([stdout, stderr].map(flush));
    },
    hasLost: () => hasLost,
  };
}

/** A terminal that closes, and a system that shuts down, end what is on its way, too. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Broken {
  unread(): void;
  failed(name: string, cause: unknown): void;
}

function outputTo(stream: NodeJS.WriteStream, name: string, broken: Broken): Output {
  let isBroken = false;
  stream.on('error', (cause: NodeJS.ErrnoException) => {
    if (isBroken) return;
    isBroken = true;
    if (cause.code === 'EPIPE') broken.unread();
    // A full disk: the work goes on, and nothing more is printed there.
    else broken.failed(name, cause);
  });
  return {
    write: (text) => {
      if (!isBroken) stream.write(text);
    },
    // Of a pipe `isTTY` is undefined, whatever its type says; that is as good as false.
    isTerminal: stream.isTTY,
    get columns() {
      return stream.columns;
    },
  };
}

function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.writable) stream.write('', () => resolve());
    else resolve();
  });
}
