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

function challengeOf(kind: Challenge['kind'], written: WrittenChallenge): Challenge {
  const { scheme, params } = written;
  const challenge: ChallengeInTheMaking = { kind, scheme, stale: false, userhash: false };
  const realm = params.get('realm');
  if (realm !== undefined) challenge.realm = realm;
  // Of a scheme that is not understood, nothing but its name and realm is said.
  if (scheme !== '' && scheme.toLowerCase() !== 'digest') return challenge;
  addEchoed(challenge, params);
  challenge.stale = isTrue(params, 'stale');
  challenge.userhash = isTrue(params, 'userhash');
  const qop = params.get('qop');
  if (qop !== undefined) challenge.qop = qopOptions(qop);
  const flaw = flawOf(written);
  if (flaw !== undefined) challenge.flaw = flaw;
  return challenge;
}

/** Name by name: V8 makes one shape of it, and a loop over the names would take several times as long. */
function addEchoed(challenge: ChallengeInTheMaking, params: WrittenChallenge['params']): void {
  const nonce = params.get('nonce');
  if (nonce !== undefined) challenge.nonce = nonce;
  const opaque = params.get('opaque');
  if (opaque !== undefined) challenge.opaque = opaque;
  const algorithm = params.get('algorithm');
  if (algorithm !== undefined) challenge.algorithm = algorithm;
  const charset = params.get('charset');
  if (charset !== undefined) challenge.charset = charset;
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
  // Nearly every server says just this.
  if (value === 'auth') return ['auth'];
  return value
    .toLowerCase()
    .split(',')
    .map((option) => option.trim())
    .filter((option) => option !== '');
}
