// The registrar's book: what each registration sent, what it is answered by its script, and what was wrong with it.
import { isRightDigest } from './register-request.mjs';
import { KINDS, kindsOf, numberOf, PASSWORD, REALM } from './scripts.mjs';

const MIN_EXPIRES = 3600;
const REASONS = {
  200: 'OK',
  401: 'Unauthorized',
  403: 'Forbidden',
  423: 'Interval Too Brief',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
};

export class Book {
  #kinds;
  #isReliable;
  #registrations = new Map();
  #first;
  #last;

  constructor({ transport, ...what }) {
    this.#kinds = kindsOf(what);
    this.#isReliable = transport !== 'udp';
  }

  /** The text that answers a REGISTER; `undefined` when it is one of those that go unheard. */
  answer(request) {
    const now = performance.now();
    this.#first ??= now;
    const registration = this.#of(request.user);
    const known = registration.transactions.find(({ branch }) => branch === request.branch);
    if (known !== undefined) registration.retransmissions += 1;
    const transaction = known ?? this.#begin(registration, request, now);
    if (registration.losses > 0) {
      registration.losses -= 1;
      return undefined;
    }
    transaction.text ??= this.#write(registration, transaction, request);
    transaction.answeredAt ??= now;
    this.#last = now;
    return transaction.text;
  }

  /** What came of it. `seconds`: from the first request to the last answer. */
  report() {
    const registrations = [...this.#registrations].map(([user, one]) => ({
      number: numberOf(user),
      kind: one.kind,
      transactions: one.transactions.length,
      retransmissions: one.retransmissions,
      complaints: one.complaints,
    }));
    const { user, system } = process.cpuUsage();
    const seconds = ((this.#last ?? 0) - (this.#first ?? 0)) / 1000;
    return { registrations, seconds, cpuMs: (user + system) / 1000 };
  }

  #of(user) {
    const known = this.#registrations.get(user);
    if (known !== undefined) return known;
    // Whoever is not in the list is there for the comparison.
    const kind = this.#kinds[numberOf(user)] ?? 'with credentials';
    const losses = this.#isReliable ? 0 : (KINDS[kind].loses ?? 0);
    const registration = { kind, losses, transactions: [], retransmissions: 0, complaints: [] };
    this.#registrations.set(user, registration);
    return registration;
  }

  #begin({ kind, transactions, complaints }, { branch, cseq, expires, fromTag, authorization, header }, at) {
    const [answer = 'none', detail] = (KINDS[kind].answers[transactions.length] ?? 'none').split(' ');
    const before = transactions.at(-1);
    const transaction = { branch, cseq, fromTag, callId: header('call-id'), status: answer, detail };
    transactions.push(transaction);
    const demand = (holds, complaint) => {
      if (!holds) complaints.push(`transaction ${transactions.length}: ${complaint}`);
    };
    demand(answer !== 'none', 'nothing is to come any more');
    if (before === undefined) return transaction;
    demand(before.answeredAt !== undefined, 'the one before is not answered yet');
    demand(cseq === before.cseq + 1, `CSeq ${cseq} comes after ${before.cseq}`);
    demand(transaction.callId === before.callId, 'another Call-ID');
    demand(fromTag === before.fromTag, 'another From tag');
    if (before.status === '423') demand(expires >= MIN_EXPIRES, `Expires is ${expires}`);
    if (before.status === '503' || before.status === '500') {
      const waited = at - before.answeredAt;
      demand(waited >= Number(before.detail) * 1000, `${Math.round(waited)} ms after Retry-After: ${before.detail}`);
    }
    if (before.nonce !== undefined) {
      const password = kind === 'wrong password' ? wrong(PASSWORD) : PASSWORD;
      const isRight = isRightDigest(authorization ?? '', { nonce: before.nonce, realm: REALM, password });
      demand(isRight, 'the digest is not what these credentials give');
      if (!isRight) transaction.status = '403';
    }
    return transaction;
  }

  #write({ kind }, transaction, { header, user }) {
    const { status, detail } = transaction.status === 'none' ? { status: '403' } : transaction;
    const also = [];
    if (status === '401') {
      transaction.nonce = `${kind.replaceAll(' ', '-')}-${user}-${transaction.cseq}`;
      const stale = detail === 'stale' ? ', stale=true' : '';
      also.push(
        `WWW-Authenticate: Digest realm="${REALM}", nonce="${transaction.nonce}", qop="auth", algorithm=MD5${stale}`,
      );
    }
    if (status === '423') also.push(`Min-Expires: ${MIN_EXPIRES}`);
    if (status === '503' || status === '500') also.push(`Retry-After: ${detail}`);
    if (status === '200') also.push(`Contact: ${header('contact')};expires=${MIN_EXPIRES}`);
    return [
      `SIP/2.0 ${status} ${REASONS[status]}`,
      `Via: ${header('via')}`,
      `From: ${header('from')}`,
      `To: ${header('to')};tag=registrar`,
      `Call-ID: ${header('call-id')}`,
      `CSeq: ${header('cseq')}`,
      ...also,
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n');
  }
}

/** What the user with the wrong password believes. */
export const wrong = (password) => `${password}!`;
