// Asking the person at the terminal, on standard error, so that standard output stays what the program prints.
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Ask } from './io.js';

/** Where a person is asked. */
export interface Desk {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** A terminal that reads keys takes Ctrl-C itself; this passes it on. */
  readonly interrupt: () => void;
}

/**
 * Asks at a terminal. The answer is `undefined` when it is empty, when the person ends the input or presses Ctrl-C, and
 * when the question is taken back.
 */
export function askAt({ input, output, interrupt }: Desk): Ask {
  return async (question, isHidden, ended) => {
    if (ended?.aborted === true) return undefined;
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    // The question is the prompt: an edited line is drawn with it. What is hidden is drawn nowhere.
    if (isHidden) output.write(question);
    const lines = createInterface({ input, output: isHidden ? silent : output, terminal: true, historySize: 0 });
    let hasMovedOn = false;
    try {
      const answer = await new Promise<string | undefined>((resolve) => {
        lines.once('line', (line) => {
          // Where what is typed is shown, Enter is, too.
          hasMovedOn = !isHidden;
          resolve(line);
        });
        lines.once('close', () => resolve(undefined));
        lines.once('SIGINT', () => {
          hasMovedOn = true;
          output.write('\n');
          interrupt();
          resolve(undefined);
        });
        ended?.addEventListener('abort', () => resolve(undefined), { once: true });
        if (!isHidden) {
          const [last = '', ...before] = question.split('\n').reverse();
          output.write(
            before
              .reverse()
              .map((line) => `${line}\n`)
              .join(''),
          );
          lines.setPrompt(last);
          lines.prompt();
        }
      });
      return answer === '' ? undefined : answer;
    } finally {
      lines.close();
      if (!hasMovedOn) output.write('\n');
    }
  };
}
