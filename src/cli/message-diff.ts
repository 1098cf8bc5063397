// What changes from one request to the next, line by line.
import { diffArrays } from 'diff';
import type { SipRequest } from '../sip/message.js';
import { writeMessage } from '../sip/write-message.js';

/** A line that only one of the two requests has. */
export interface ChangedLine {
  readonly sign: '-' | '+';
  readonly line: string;
}

/** The lines that are gone and the lines that are new, in the order of the message; a new line stands below its old one. */
export function diffOf(before: SipRequest, after: SipRequest): readonly ChangedLine[] {
  const changed: ChangedLine[] = [];
  let gone: readonly string[] = [];
  for (const { added, removed, value } of diffArrays([...linesOf(before)], [...linesOf(after)])) {
    if (removed) {
      gone = value;
      continue;
    }
    changed.push(...paired(gone, added ? value : []));
    gone = [];
  }
  return [...changed, ...paired(gone, [])];
}

function paired(gone: readonly string[], come: readonly string[]): readonly ChangedLine[] {
  const left = [...come];
  const pairs = gone.flatMap((line): ChangedLine[] => {
    const at = left.findIndex((other) => nameOf(other) === nameOf(line));
    const [same] = at < 0 ? [] : left.splice(at, 1);
    return same === undefined
      ? [{ sign: '-', line }]
      : [
          { sign: '-', line },
          { sign: '+', line: same },
        ];
  });
  return [...pairs, ...left.map((line): ChangedLine => ({ sign: '+', line }))];
}

/** The header name, or the method of the start line. */
function nameOf(line: string): string {
  return /^[^:\s]*/.exec(line)?.[0].toLowerCase() ?? '';
}

/** The lines of a request as it is written on the wire. */
export function linesOf(request: SipRequest): readonly string[] {
  const lines = writeMessage(request).split(/\r\n|\n/);
  while (lines.at(-1) === '') lines.pop();
  return lines;
}
