// Intervals: Session-Expires and Min-SE (RFC 4028 §4, §5), Min-Expires (RFC 3261 §20.23).

import { readDeltaSeconds } from './delta-seconds.js';
import { paramOf, readParams } from './params.js';
import { splitOutside } from './split-outside.js';
import { readTokenList } from './token-list.js';

/** A Session-Expires header field. */
export interface SessionExpires {
  readonly seconds: number;
  /** Who refreshes, in lower case: `uac` or `uas`. */
  readonly refresher?: string;
}

/** The first valid Session-Expires, or undefined. */
export function readSessionExpires(values: readonly string[]): SessionExpires | undefined {
  for (const value of readTokenList(values)) {
    const [head = '', ...tail] = splitOutside(value, ';');
    const seconds = readDeltaSeconds(head);
    if (seconds === undefined) continue;
    const refresher = paramOf(readParams(tail), 'refresher')?.toLowerCase();
    return { seconds, ...(refresher === undefined ? {} : { refresher }) };
  }
  return undefined;
}

/** The largest valid Min-SE in seconds, or undefined. It "MUST NOT be less than 90" (RFC 4028 §5), so less reads as 90. */
export function readMinSe(values: readonly string[]): number | undefined {
  const largest = largestOf(values, (value) => {
    const [seconds = ''] = splitOutside(value, ';');
    return readDeltaSeconds(seconds);
  });
  return largest === undefined ? undefined : Math.max(90, largest);
}

/** The largest valid Min-Expires in seconds, "from 0 to (2**32)-1" (RFC 3261 §20.23), or undefined. */
export function readMinExpires(values: readonly string[]): number | undefined {
  return largestOf(values, (value) => {
    const seconds = readDeltaSeconds(value);
    return seconds === undefined || seconds > 4_294_967_295 ? undefined : seconds;
  });
}

function largestOf(values: readonly string[], read: (value: string) => number | undefined): number | undefined {
  let largest: number | undefined;
  for (const value of readTokenList(values)) {
    const seconds = read(value);
    if (seconds !== undefined && (largest === undefined || seconds > largest)) largest = seconds;
  }
  return largest;
}
