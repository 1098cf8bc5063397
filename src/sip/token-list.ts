// Comma-separated lists (RFC 3261 §7.3.1): Unsupported, Require, Allow and all others that are lists of one thing.

import { splitOutside } from './split-outside.js';

export { splitOutside } from './split-outside.js';

/** The elements of a list header field, whether its rows are apart or joined by commas; empty elements are dropped. */
export function readTokenList(values: readonly string[]): readonly string[] {
  const elements: string[] = [];
  for (const value of values) {
    for (const piece of splitOutside(value, ',')) {
      const element = piece.trim();
      if (element !== '') elements.push(element);
    }
  }
  return elements;
}
