// Digest credentials of the wrong client (RFC 2617: MD5, with and without qop).
import { createHash } from 'node:crypto';
import type { Habits } from './habit.js';
import { header, methodOf, uriOf, withHeader, type Message } from './message.js';
import { token } from './plan.js';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

type FieldName = 'Authorization' | 'Proxy-Authorization';

/** What the wrong client remembers of challenges, per header field. */
export class Wallet {
  readonly #challenges = new Map<FieldName, { value: string; count: number }>();
  readonly #habits: Habits;
  #first: string | undefined;

  constructor(habits: Habits) {
    this.#habits = habits;
  }

  /** Whether there is a challenge in the response that may be answered. */
  note(response: Message): boolean {
    const asked = header(response, 'WWW-Authenticate');
    const value = asked ?? header(response, 'Proxy-Authenticate');
    if (value === undefined) return false;
    const field: FieldName = asked === undefined ? 'Proxy-Authorization' : 'Authorization';
    const before = this.#challenges.get(field);
    // A 423 had accepted the credentials; the wrong client remembers only that it was not refused in between.
    const isRejected = before !== undefined && !/stale=true/i.test(value) && !this.accepted;
    if (isRejected && !this.#habits.has('guessesAgain')) return false;
    if (this.#habits.has('forgetsOtherCredentials')) this.#challenges.clear();
    this.#first ??= value;
    this.#challenges.set(field, { value, count: 0 });
    return true;
  }

  accepted = false;

  /** The request with credentials for every challenge so far. */
  sign(request: Message, user: string, password: string): Message {
    let signed = request;
    for (const [field, challenge] of this.#challenges) {
      challenge.count = this.#habits.has('sameNonceCount') ? 1 : challenge.count + 1;
      const value = this.#habits.has('sameNonce') ? (this.#first ?? '') : challenge.value;
      signed = withHeader(signed, field, credentials(signed, value, challenge.count, user, this.#secret(password)));
    }
    return signed;
  }

  #secret(password: string): string {
    return this.#habits.has('wrongDigest') ? `${password}!` : password;
  }
}

function credentials(request: Message, challenge: string, count: number, user: string, password: string): string {
  const of = (name: string): string | undefined => new RegExp(`${name}="?([^",]*)`, 'i').exec(challenge)?.[1];
  const [realm = '', nonce = '', opaque] = [of('realm'), of('nonce'), of('opaque')];
  const uri = uriOf(request);
  const [ha1, ha2] = [md5(`${user}:${realm}:${password}`), md5(`${methodOf(request)}:${uri}`)];
  const head = `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}"`;
  const tail = opaque === undefined ? '' : `, opaque="${opaque}"`;
  if (of('qop') === undefined) return `${head}, response="${md5(`${ha1}:${nonce}:${ha2}`)}"${tail}`;
  const [nc, cnonce] = [count.toString(16).padStart(8, '0'), token()];
  const response = md5(`${ha1}:${nonce}:${nc}:${cnonce}:auth:${ha2}`);
  return `${head}, response="${response}", qop=auth, nc=${nc}, cnonce="${cnonce}", algorithm=MD5${tail}`;
}
