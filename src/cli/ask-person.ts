// Asking the person at the terminal, on standard error, so that standard output stays what the program prints.
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/**
 * The answer on one line; `undefined` when it is empty, or when the person ends the input or presses Ctrl-C, which also
 * reaches the program.
 * @param isHidden whether what is typed stays off the screen.
 */
export async function askPerson(question: string, isHidden: boolean): Promise<string | undefined> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: process.stdin,
    output: isHidden ? silent : process.stderr,
    terminal: true,
    historySize: 0,
  });
  try {
    const answer = await new Promise<string | undefined>((resolve) => {
      lines.once('line', resolve);
      lines.once('close', () => resolve(undefined));
      lines.once('SIGINT', () => {
        resolve(undefined);
        process.kill(process.pid, 'SIGINT');
      });
    });
    return answer === undefined || answer === '' ? undefined : answer;
  } finally {
    lines.close();
    if (isHidden) process.stderr.write('\n');
  }
}
