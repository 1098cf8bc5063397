// The header fields of `--header`: read, checked, and none that `send` must write itself.
import { headerKey } from '../../sip/header-list.js';
import type { Header } from '../../sip/message.js';
import { UnusableInput } from '../unusable-input.js';

/**
 * Each `Name: value` as a header field.
 * @throws UnusableInput
 */
export function readGivenHeaders(written: readonly string[]): readonly Header[] {
  return written.map(readGivenHeader);
}

function readGivenHeader(written: string): Header {
  const colon = written.indexOf(':');
  const name = written.slice(0, Math.max(0, colon)).trim();
  const value = written.slice(colon + 1).trim();
  if (!/^[A-Za-z0-9.!%*_+`'~-]+$/.test(name)) throw refuse(`"${written}" has no name before a colon`);
  // A line break would begin another header field, or the body.
  if (/[\r\n\0]/.test(value)) throw refuse(`the value of ${name} holds a line break or a NUL`);
  const why = OWN.get(headerKey(name));
  if (why !== undefined) throw refuse(`${name} ${why}`);
  return [name, value];
}

function refuse(found: string): UnusableInput {
  return new UnusableInput('--header', undefined, found, `a header field such as 'Event: presence'`);
}

const counted = 'is counted by send';

const OWN: ReadonlyMap<string, string> = new Map([
  ['via', 'is written by the transport'],
  ['cseq', counted],
  ['content-length', counted],
  ['content-type', 'is given by --content-type'],
  ['expires', 'is given by --expires'],
  ['from', 'is given by --from'],
  ['to', 'is the Request-URI'],
  ['contact', 'names the address that send listens on'],
  ['authorization', 'is computed from --user and the password'],
  ['proxy-authorization', 'is computed from --user and the password'],
]);
