// CSeq (RFC 3261 §20.16): the sequence number and the method of a request.

import { firstHeader } from './header-list.js';
import type { Header } from './message.js';

/** "The sequence number MUST be expressible as a 32-bit unsigned integer" (RFC 3261 §8.1.1.5, §20.16). */
export const MAX_CSEQ = 4_294_967_295;

/** A CSeq header field value. */
export interface CSeq {
  readonly number: number;
  readonly method: string;
}

/** Reads the CSeq; undefined when it is absent, malformed or beyond 32 bits. */
export function readCSeq(headers: readonly Header[]): CSeq | undefined {
  return parseCSeq(firstHeader(headers, 'CSeq') ?? '');
}

/** Reads a CSeq header field value; undefined when it is malformed or beyond 32 bits. */
export function parseCSeq(value: string): CSeq | undefined {
  const match = /^(\d+)\s+(\S+)$/.exec(value);
  if (match === null) return undefined;
  const [, digits = '', method = ''] = match;
  const number = Number(digits);
  return number <= MAX_CSEQ ? { number, method } : undefined;
}
