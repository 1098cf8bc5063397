// One parameter behind an address, without reading the others: `"A" <sip:a@b;lr>;tag=1`.

import { paramOf, readParams } from './params.js';
import { unquote } from './quoted-string.js';
import { splitOutside } from './split-outside.js';

/**
 * The first parameter of that name behind an address, in any case, without its quotes; '' when it has no value;
 * undefined when absent. `name` is in lower case.
 *
 * Where nothing but angle brackets can hide a semicolon, it is searched for: that takes two thirds of the time.
 */
export function paramBehind(value: string, name: string): string | undefined {
  if (!value.includes(';')) return undefined;
  const from = plainTailOf(value);
  return from < 0 ? paramOf(readParams(splitOutside(value, ';').slice(1)), name) : paramIn(value, from, name);
}

/** Where the text begins in which every semicolon separates; -1 when that is not plain to see. */
function plainTailOf(value: string): number {
  if (value.includes('"') || value.includes('(')) return -1;
  const open = value.indexOf('<');
  if (open < 0) return 0;
  const close = value.indexOf('>', open);
  const semicolon = value.indexOf(';');
  const isPlain = close >= 0 && !(semicolon >= 0 && semicolon < open) && value.indexOf('<', close) < 0;
  return isPlain ? close : -1;
}

function paramIn(value: string, from: number, name: string): string | undefined {
  for (let at = value.indexOf(';', from); at >= 0;) {
    const next = value.indexOf(';', at + 1);
    const param = value.slice(at + 1, next < 0 ? value.length : next);
    const equals = param.indexOf('=');
    const written = equals < 0 ? param : param.slice(0, equals);
    if (written.length >= name.length && written.trim().toLowerCase() === name) {
      return equals < 0 ? '' : unquote(param.slice(equals + 1));
    }
    at = next;
  }
  return undefined;
}
