// As whom a challenge is answered: the user name as sent and the key of the digest (RFC 7616 §3.4.2, §3.4.4).
import type { Challenge } from '../sip/challenge.js';
import { digestHashOf, readAnswerable, type AnswerableChallenge } from '../sip/digest-algorithm.js';
import { ha1HashOf, type Credentials } from './credentials.js';
import { ha1Of, userhashOf } from './digest.js';
import { echoed, quoted } from './echo.js';
import type { HashFunctions } from './hash.js';
import { Secret } from './secret.js';

/** As whom a challenge is answered. */
export interface Identity {
  /** The user name parameter without its quotes: the name, or its hash for a challenge with userhash=true. */
  readonly username: string;
  readonly ha1: string;
  /** User name and realm, as every answer to this realm repeats them. */
  readonly written: string;
}

/** Whether these credentials can answer this challenge: an HA1 serves one hash function only, and MD5 may be refused. */
export function canAnswer(
  challenge: Challenge,
  credentials: Credentials,
  options: { readonly refuseMd5?: boolean } = {},
): boolean {
  const answerable = readPermitted(challenge, options.refuseMd5 === true);
  return answerable !== undefined && hasKeyFor(answerable, credentials);
}

/** What is needed of a challenge to answer it; `undefined` when it cannot or must not be answered. */
export function readPermitted(challenge: Challenge, refuseMd5: boolean): AnswerableChallenge | undefined {
  const answerable = readAnswerable(challenge);
  return refuseMd5 && answerable !== undefined && digestHashOf(answerable.algorithm) === 'MD5' ? undefined : answerable;
}

/** Whether the credentials hold a key for the algorithm of a challenge. */
export function hasKeyFor({ algorithm }: AnswerableChallenge, credentials: Credentials): boolean {
  return credentials.password !== undefined || ha1HashOf(credentials) === digestHashOf(algorithm);
}

/** `undefined` when the credentials hold no key for the algorithm. */
export function identityOf(
  challenge: Challenge,
  { algorithm, realm }: AnswerableChallenge,
  credentials: Credentials,
  hash: HashFunctions,
): Identity | undefined {
  // "UTF-8" means Net-Unicode in Normalization Form C (RFC 7616 §4); without charset the program's own form is kept.
  const written = (text: string): string => (challenge.charset === undefined ? text : text.normalize('NFC'));
  const username = written(credentials.username);
  const ha1 =
    ha1HashOf(credentials) === digestHashOf(algorithm)
      ? credentials.ha1?.reveal()
      : credentials.password &&
        ha1Of({ hash, algorithm, username, realm, password: new Secret(written(credentials.password.reveal())) });
  if (ha1 === undefined) return undefined;
  const sent = challenge.userhash ? userhashOf({ hash, algorithm, username, realm }) : username;
  return { username: sent, ha1, written: `username=${quoted(sent)}, realm=${echoed(realm)}` };
}
