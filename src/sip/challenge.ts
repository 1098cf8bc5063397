// Challenges: WWW-Authenticate and Proxy-Authenticate (RFC 3261 §20.27, §20.44, §22; RFC 7616 §3.3; RFC 8760 §2).

import { readChallengeRow, type WrittenChallenge } from './challenge-row.js';
import { headerKey } from './header-list.js';
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
}

/** All challenges of a response, in the order of its rows; several in one row are told apart, too. */
export function readChallenges(headers: readonly Header[]): readonly Challenge[] {
  const challenges: Challenge[] = [];
  for (const [name, value] of headers) {
    const key = headerKey(name);
    const kind = key === 'www-authenticate' ? 'user' : key === 'proxy-authenticate' ? 'proxy' : undefined;
    if (kind === undefined) continue;
    for (const written of readChallengeRow(value)) challenges.push(challengeOf(kind, written));
  }
  return challenges;
}

/** Filled in step by step: with a dozen conditional spreads this would take four times as long. */
type ChallengeInTheMaking = { -readonly [K in keyof Challenge]: Challenge[K] };

const NAMED = ['realm'] as const;
const ECHOED = ['realm', 'nonce', 'opaque', 'algorithm', 'charset'] as const;

function challengeOf(kind: Challenge['kind'], written: WrittenChallenge): Challenge {
  const { scheme, params } = written;
  const isDigest = /^(?:digest)?$/i.test(scheme);
  const challenge: ChallengeInTheMaking = { kind, scheme, stale: false, userhash: false };
  for (const name of isDigest ? ECHOED : NAMED) {
    const value = params.get(name);
    if (value !== undefined) challenge[name] = value;
  }
  // Of a scheme that is not understood, nothing but its name and realm is said.
  if (!isDigest) return challenge;
  challenge.stale = isTrue(params, 'stale');
  challenge.userhash = isTrue(params, 'userhash');
  const qop = params.get('qop');
  if (qop !== undefined) challenge.qop = qopOptions(qop);
  const flaw = flawOf(written);
  if (flaw !== undefined) challenge.flaw = flaw;
  return challenge;
}

function isTrue(params: ReadonlyMap<string, string>, name: string): boolean {
  return params.get(name)?.toLowerCase() === 'true';
}

function flawOf({ scheme, params, flaw }: WrittenChallenge): string | undefined {
  if (scheme === '') return 'no scheme';
  if (flaw !== undefined) return flaw;
  if (!params.has('realm')) return 'no realm';
  return params.has('nonce') ? undefined : 'no nonce';
}

function qopOptions(value: string): readonly string[] {
  return value
    .toLowerCase()
    .split(',')
    .map((option) => option.trim())
    .filter((option) => option !== '');
}
