// Responses that a UAC must not use although they can be read (RFC 3261 §8.1.3.3, RFC 4475 §3.1.2.5).

import { MAX_CSEQ } from './cseq.js';
import type { HeaderBlock } from './header-block.js';
import { snippet } from './read-note.js';
import { readTokenList } from './token-list.js';

/** Why a response is dropped, and the line that shows it. */
export interface ResponseDefect {
  readonly why: string;
  readonly line: number;
}

/** The first reason to drop a response, or undefined. */
export function defectOfResponse(block: HeaderBlock): ResponseDefect | undefined {
  let vias = 0;
  for (const { key, value, line } of block.rows) {
    if (key === 'via') {
      vias += value.includes(',') ? readTokenList([value]).length : 1;
      // "If more than one Via header field value is present in a response, the UAC SHOULD discard the message."
      if (vias > 1) return { why: 'there is more than one Via, so the response was meant for another element', line };
    } else if (key === 'cseq' && TEN_DIGITS.test(value) && Number.parseInt(value, 10) > MAX_CSEQ) {
      return { why: `the CSeq number of ${snippet(value)} is beyond 32 bits`, line };
    } else if (key === 'warning' && hasWarningCodeOutOfRange(value)) {
      return { why: `a warn-code in ${snippet(value)} has not three digits`, line };
    }
  }
  return undefined;
}

/** Only then a number can be beyond 32 bits, and a test takes less time than reading the number. */
const TEN_DIGITS = /\d{10}/;

function hasWarningCodeOutOfRange(value: string): boolean {
  return readTokenList([value]).some((warning) => /^\d/.test(warning) && !/^\d{3}(?!\d)/.test(warning));
}
