// The parameters behind a header value, `;name=value` (generic-param, RFC 3261 §25.1).

import { unquote } from './quoted-string.js';

/** A parameter as it was written: the value keeps its quotes, and is undefined where there is no `=`. */
export type Param = readonly [name: string, value: string | undefined];

/** Reads the pieces that stood between semicolons; empty ones are dropped. */
export function readParams(pieces: readonly string[]): readonly Param[] {
  const params: Param[] = [];
  for (const piece of pieces) {
    const equals = piece.indexOf('=');
    const name = (equals < 0 ? piece : piece.slice(0, equals)).trim();
    if (name !== '') params.push([name, equals < 0 ? undefined : piece.slice(equals + 1).trim()]);
  }
  return params;
}

/** The first parameter of that name, in any case, without its quotes; '' when it has no value; undefined when absent. */
export function paramOf(params: readonly Param[], name: string): string | undefined {
  const found = params.find(([written]) => written.toLowerCase() === name);
  return found === undefined ? undefined : unquote(found[1] ?? '');
}

/** Writes parameters, each with its leading semicolon. */
export function writeParams(params: readonly Param[]): string {
  return params.map(([name, value]) => (value === undefined ? `;${name}` : `;${name}=${value}`)).join('');
}
