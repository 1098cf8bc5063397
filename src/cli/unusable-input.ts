// The one way a run ends without an answer: input that cannot be used, told in one line.
import { visible } from '../sip/visible.js';

/** Input that cannot be used. The message names the file, the line and what was expected. */
export class UnusableInput extends Error {
  override readonly name = 'UnusableInput';
  readonly found: string;

  /**
   * @param source the file as it was named on the command line, or the event.
   * @param line counted from 1; absent where there is no text to point at.
   */
  constructor(source: string, line: number | undefined, found: string, expected: string) {
    const place = line === undefined ? source : `${source}, line ${line}`;
    super(visible(`${place}: ${found}; expected ${expected}`));
    this.found = `${source}: ${found}`;
  }
}
