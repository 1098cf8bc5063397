// A question to the person at the terminal.
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askAt } from '../../src/cli/ask-person.js';

function desk() {
  const input = new PassThrough();
  const output = new PassThrough();
  let interruptions = 0;
  const ask = askAt({ input, output, interrupt: () => void (interruptions += 1) });
  const shown = (): string => (output.read() as Buffer | null)?.toString() ?? '';
  return { input, ask, shown, interrupted: () => interruptions };
}

describe('askAt', () => {
  it('gives the line that is typed', async () => {
    const { input, ask, shown } = desk();
    const answer = ask('Several:\n  1  a\nWhich one? ', false);
    input.write('1\r');
    expect(await answer).toBe('1');
    expect(shown()).toMatch(/^Several:\n {2}1 {2}a\n.*Which one\? .*1/s);
  });

  it('shows nothing of what is hidden', async () => {
    const { input, ask, shown } = desk();
    const answer = ask('Password: ', true);
    input.write('open sesame\r');
    expect(await answer).toBe('open sesame');
    expect(shown()).toBe('Password: \n');
  });

  it('takes an empty line, the end of the input and Ctrl-C for no answer, and passes Ctrl-C on', async () => {
    const empty = desk();
    const unanswered = empty.ask('? ', false);
    empty.input.write('\r');
    expect(await unanswered).toBeUndefined();
    const ended = desk();
    const unfinished = ended.ask('? ', false);
    ended.input.end();
    expect(await unfinished).toBeUndefined();
    const broken = desk();
    const interrupted = broken.ask('? ', true);
    broken.input.write('\x03');
    expect(await interrupted).toBeUndefined();
    expect([empty, ended, broken].map(({ interrupted: times }) => times())).toEqual([0, 0, 1]);
  });

  it('is taken back when nobody wants the answer any longer', async () => {
    const { ask } = desk();
    const controller = new AbortController();
    const answer = ask('? ', false, controller.signal);
    controller.abort();
    expect(await answer).toBeUndefined();
    expect(await ask('? ', false, controller.signal)).toBeUndefined();
  });
});
