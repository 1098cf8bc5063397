// Accept, Accept-Encoding, Accept-Language (RFC 3261 §20.1-§20.3): what a peer can take, with preferences.

import { paramOf, readParams, type Param } from './params.js';
import { readQValue } from './q-value.js';
import { splitOutside } from './split-outside.js';
import { readTokenList } from './token-list.js';

/** One accepted media range, coding or language range. */
export interface AcceptRange {
  /** In lower case: an `application/sdp`, `text/*`, `gzip`, `en-gb` or `*`. */
  readonly value: string;
  /** From 0 to 1; 1 when absent or malformed; 0 is a refusal. */
  readonly q: number;
  /** The other parameters. */
  readonly params: readonly Param[];
}

/** The ranges of all rows, in order. */
export function readAcceptList(values: readonly string[]): readonly AcceptRange[] {
  return readTokenList(values).map((element) => {
    const [value = '', ...tail] = splitOutside(element, ';');
    const params = readParams(tail);
    return {
      value: value.replace(/\s+/g, '').toLowerCase(),
      q: readQValue(paramOf(params, 'q') ?? '') ?? 1,
      params: params.filter(([name]) => name.toLowerCase() !== 'q'),
    };
  });
}

/**
 * Whether a media type, coding or language tag is acceptable: the most specific range decides, and q=0 refuses. An
 * empty list accepts nothing (RFC 3261 §20.1); what an absent header field means is for the caller to say.
 */
export function accepts(list: readonly AcceptRange[], type: string): boolean {
  const wanted = type.trim().toLowerCase();
  let best = 0;
  let accepted = false;
  for (const range of list) {
    const specificity = specificityOf(range.value, wanted);
    if (specificity > best) {
      best = specificity;
      accepted = range.q > 0;
    }
  }
  return accepted;
}

/** 0 when the range does not take in what is wanted; else the greater the more exact it is. */
function specificityOf(range: string, wanted: string): number {
  if (range === '*' || range === '*/*') return 1;
  if (range === wanted) return 2 + range.length;
  if (range.endsWith('/*')) return wanted.startsWith(range.slice(0, -1)) ? 2 : 0;
  // A language range takes in the tags that it is a prefix of (RFC 4647 §3.3.1).
  return !range.includes('/') && wanted.startsWith(`${range}-`) ? 1 + range.length : 0;
}
