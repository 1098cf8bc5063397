// Challenges: WWW-Authenticate and Proxy-Authenticate (RFC 3261 §20.27, §20.44, §22; RFC 7616 §3.3; RFC 8760 §2).

import { readChallengeRow, type WrittenChallenge } from './challenge-row.js';
import { hasKey } from './header-list.js';
import type { Header } from './message.js';

export { unescape } from './quoted-string.js';

/**
 * One challenge. `realm`, `nonce` and `opaque` are the contents of the quoted string exactly as received, escapes
 * included, because they are sent back octet for octet; `unescape` gives what they mean.
 */
export interface Challenge {
  /** 'user' from WWW-Authenticate, 'proxy' from Proxy-Authenticate: answered in Authorization or Proxy-Authorization. */
  readonly kind: 'user' | 'proxy';
  readonly scheme: string;
  readonly realm?: string;
  readonly nonce?: string;
  readonly opaque?: string;
  /** As written; absent means MD5 (RFC 7616 §3.3). */
  readonly algorithm?: string;
  /** In lower case. Absent: no qop parameter; empty: a qop parameter without any value. */
  readonly qop?: readonly string[];
  readonly stale: boolean;
  readonly userhash: boolean;
  readonly charset?: string;
  /** Why it cannot be answered; absent when its form is right, and for every scheme but Digest. */
  readonly flaw?: string;
  /** The entry of Security-Server whose algorithm and qop stand here in place of the challenge's own (RFC 3329 §2.4). */
  readonly agreed?: string;
}

/** All challenges of a response, in the order of its rows; several in one row are told apart, too. */
export function readChallenges(headers: readonly Header[]): readonly Challenge[] {
  const challenges: Challenge[] = [];
  for (const header of headers) {
    const isForUser = hasKey(header, 'www-authenticate');
    if (!isForUser && !hasKey(header, 'proxy-authenticate')) continue;
    const kind = isForUser ? 'user' : 'proxy';
    for (const written of readChallengeRow(header[1])) challenges.push(challengeOf(kind, written));
  }
  return challenges;
}

function challengeOf(kind: Challenge['kind'], written: WrittenChallenge): Challenge {
  const { scheme, params } = written;
  const { realm, nonce, opaque, algorithm, charset } = params.usual;
  // Of a scheme that is not understood, nothing but its name and realm is said.
  if (scheme !== '' && scheme !== 'Digest' && scheme.toLowerCase() !== 'digest')
    return { kind, scheme, stale: false, userhash: false, ...(realm !== undefined && { realm }) };
  const stale = isTrue(params.usual.stale);
  const userhash = isTrue(params.usual.userhash);
  const qop = qopOptions(params.usual.qop);
  const flaw = flawOf(written);
  // Nearly every server sends just these, and one literal is made much faster than a dozen spreads.
  if (realm && nonce && opaque && algorithm && qop && charset === undefined && flaw === undefined)
    return { kind, scheme, stale, userhash, realm, nonce, opaque, algorithm, qop };
  return {
    ...{ kind, scheme, stale, userhash },
    ...(realm !== undefined && { realm }),
    ...(nonce !== undefined && { nonce }),
    ...(opaque !== undefined && { opaque }),
    ...(algorithm !== undefined && { algorithm }),
    ...(charset !== undefined && { charset }),
    ...(qop !== undefined && { qop }),
    ...(flaw !== undefined && { flaw }),
  };
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && value.toLowerCase() === 'true';
}

function flawOf({ scheme, params, flaw }: WrittenChallenge): string | undefined {
  if (scheme === '') return 'no scheme';
  if (flaw !== undefined) return flaw;
  if (params.usual.realm === undefined) return 'no realm';
  return params.usual.nonce === undefined ? 'no nonce' : undefined;
}

function qopOptions(value: string | undefined): readonly string[] | undefined {
  // Nearly every server says just this.
  if (value === 'auth') return ['auth'];
  return value
    ?.toLowerCase()
    .split(',')
    .map((option) => option.trim())
    .filter((option) => option !== '');
}
