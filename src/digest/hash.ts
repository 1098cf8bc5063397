// The hash functions of digest authentication (RFC 7616 §3.2, RFC 8760 §2), which an application may replace.
import { md5 } from '@noble/hashes/legacy.js';
import { sha256, sha512_256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { DigestHash } from '../sip/digest-algorithm.js';
import { octetsOf } from '../sip/octets.js';

/**
 * Each gives the hash of a text's octets (UTF-8; see `octetsOf` for what is not) in lower-case hex. Node programs may pass
 * functions of `node:crypto`, which take about a fifth of the time of the default.
 */
export interface HashFunctions {
  readonly md5: (text: string) => string;
  readonly sha256: (text: string) => string;
  readonly sha512_256: (text: string) => string;
}

/** Works everywhere, synchronously. */
export const nobleHashes: HashFunctions = {
  md5: (text) => bytesToHex(md5(octetsOf(text))),
  sha256: (text) => bytesToHex(sha256(octetsOf(text))),
  sha512_256: (text) => bytesToHex(sha512_256(octetsOf(text))),
};

/** Hex, lower-case, of the hash of a text: the H() of RFC 7616 §3.3. */
export function hexHash(hash: HashFunctions, name: DigestHash, text: string): string {
  switch (name) {
    case 'MD5':
      return hash.md5(text);
    case 'SHA-256':
      return hash.sha256(text);
    case 'SHA-512-256':
      return hash.sha512_256(text);
  }
}
