// Media types (RFC 3261 §20.15, §25.1): `application/sdp;charset=utf-8`.

import { paramOf, readParams, type Param } from './params.js';
import { splitOutside } from './split-outside.js';

/** The value of a Content-Type header field. */
export interface MediaType {
  /** Type and subtype in lower case: `application/sdp`. */
  readonly type: string;
  readonly params: readonly Param[];
}

/** Reads a Content-Type value; undefined when there is no `type/subtype`. */
export function readMediaType(value: string): MediaType | undefined {
  const [head = '', ...tail] = splitOutside(value, ';');
  const type = head.replace(/\s+/g, '').toLowerCase();
  return /^[^/]+\/[^/]+$/.test(type) ? { type, params: readParams(tail) } : undefined;
}

/** The boundary of a multipart type (RFC 2046 §5.1.1), or undefined. */
export function boundaryOf(mediaType: MediaType): string | undefined {
  return mediaType.type.startsWith('multipart/') ? paramOf(mediaType.params, 'boundary') : undefined;
}
