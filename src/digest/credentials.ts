// What a UAC answers challenges with (RFC 3261 §22.1): user names with passwords, or with the hash that stands for one.
import type { Challenge } from '../sip/challenge.js';
import { breaksLine, type DigestHash } from '../sip/digest-algorithm.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import { Secret } from './secret.js';

/** One user name with its secret: a password, an HA1, or both. */
export interface Credentials {
  /** The realm these are for, as it reads without escapes; absent: any realm that has none of its own. */
  readonly realm?: string;
  readonly username: string;
  readonly password?: Secret;
  /** The hash of user name, realm and password in hex (RFC 7616 §3.4.2), for those who store no password. */
  readonly ha1?: Secret;
  /** The hash function of `ha1`. Default by its length: 32 digits are MD5, 64 are SHA-256. */
  readonly ha1Algorithm?: DigestHash;
}

/** Credentials as a program or a JSON file writes them: a secret may be plain text. */
export interface CredentialsInput {
  readonly realm?: string | undefined;
  readonly username: string;
  readonly password?: Secret | string | undefined;
  readonly ha1?: Secret | string | undefined;
  readonly ha1Algorithm?: DigestHash | undefined;
}

/** Asked for the credentials that answer a challenge; it may ask a person. */
export type CredentialsProvider = (challenge: Challenge) => Credentials | undefined | Promise<Credentials | undefined>;

/**
 * Credentials of the programmer's input, with the secrets wrapped.
 * @param place how a message calls the input. Messages never contain a secret.
 * @throws SipRetryError `badCredentials`
 */
export function readCredentials(input: unknown, place = 'credentials'): Credentials {
  if (!isRecord(input)) throw bad(place, 'must be an object with a username and a password or an ha1');
  const stranger = Object.keys(input).find((name) => !MEMBERS.includes(name));
  if (stranger !== undefined) throw bad(place, `has a member that is not one of ${MEMBERS.join(', ')}`);
  const username = readText(input['username'], `${place}.username`);
  if (username === undefined || username === '') throw bad(`${place}.username`, 'must be a text that is not empty');
  const realm = readText(input['realm'], `${place}.realm`);
  const password = readSecret(input['password'], `${place}.password`);
  const hashed = readHa1(input['ha1'], input['ha1Algorithm'], place);
  if (password === undefined && hashed.ha1 === undefined) throw bad(place, 'needs a password or an ha1');
  return { username, ...(realm !== undefined && { realm }), ...(password !== undefined && { password }), ...hashed };
}

/**
 * A list of credentials from one or several inputs.
 * @throws SipRetryError `badCredentials`
 */
export function readCredentialsList(input: unknown): readonly Credentials[] {
  return Array.isArray(input)
    ? input.map((entry: unknown, index) => readCredentials(entry, `credentials[${index}]`))
    : [readCredentials(input)];
}

/** The credentials for a realm: the first that name it, else the first that name none. */
export function credentialsFor(list: readonly Credentials[], realm: string): Credentials | undefined {
  return list.find((entry) => entry.realm === realm) ?? list.find((entry) => entry.realm === undefined);
}

/** The hash function that an HA1 was made with; `undefined` without an HA1. */
export function ha1HashOf({ ha1, ha1Algorithm }: Credentials): DigestHash | undefined {
  if (ha1 === undefined) return undefined;
  return ha1Algorithm ?? (ha1.reveal().length === DIGITS.MD5 ? 'MD5' : 'SHA-256');
}

const MEMBERS: readonly string[] = ['realm', 'username', 'password', 'ha1', 'ha1Algorithm'];
const DIGITS: { readonly [K in DigestHash]: number } = { MD5: 32, 'SHA-256': 64, 'SHA-512-256': 64 };

function readText(value: unknown, place: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw bad(place, 'must be a text');
  if (breaksLine(value)) throw bad(place, 'must not contain a line break or a NUL');
  return value;
}

function readSecret(value: unknown, place: string): Secret | undefined {
  if (value === undefined || value instanceof Secret) return value;
  if (typeof value !== 'string') throw bad(place, 'must be a text, or a secret() of one');
  return new Secret(value);
}

function readHa1(value: unknown, algorithm: unknown, place: string): Pick<Credentials, 'ha1' | 'ha1Algorithm'> {
  if (algorithm !== undefined && !isDigestHash(algorithm)) {
    throw bad(`${place}.ha1Algorithm`, `must be one of ${Object.keys(DIGITS).join(', ')}`);
  }
  const given = readSecret(value, `${place}.ha1`);
  if (given === undefined) return {};
  // RFC 7616 §3.3 has hashes in lower case, and it is the digits that are hashed again.
  const digits = given.reveal().toLowerCase();
  const fits = algorithm === undefined ? Object.values(DIGITS) : [DIGITS[algorithm]];
  if (!/^[0-9a-f]*$/.test(digits) || !fits.includes(digits.length)) {
    throw bad(`${place}.ha1`, `must be ${[...new Set(fits)].join(' or ')} hexadecimal digits`);
  }
  return { ha1: new Secret(digits), ...(algorithm !== undefined && { ha1Algorithm: algorithm }) };
}

function isDigestHash(value: unknown): value is DigestHash {
  return typeof value === 'string' && Object.hasOwn(DIGITS, value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bad(place: string, complaint: string): SipRetryError {
  return new SipRetryError('badCredentials', `${place} ${complaint}.`);
}
