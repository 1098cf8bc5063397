// Warning (RFC 3261 §20.43): a three-digit code, who warns, and a text for people.

import { unquote } from './quoted-string.js';
import { readTokenList } from './token-list.js';

/** One warning-value. */
export interface Warning {
  readonly code: number;
  readonly agent: string;
  readonly text: string;
}

/** The warnings of all rows, in order; what has not the form of one is left out. */
export function readWarnings(values: readonly string[]): readonly Warning[] {
  const warnings: Warning[] = [];
  for (const element of readTokenList(values)) {
    const match = /^(\d{3})\s+(\S+)(?:\s+([^]*))?$/.exec(element);
    if (match === null) continue;
    const [, code = '', agent = '', text = ''] = match;
    warnings.push({ code: Number(code), agent, text: unquote(text) });
  }
  return warnings;
}
