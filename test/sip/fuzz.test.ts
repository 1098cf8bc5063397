// 200,000 mutated messages: no exception, no hang, and what is read keeps its promises.
import { describe, expect, it } from 'vitest';
import { tagOf, uriOf, withTag, withUri, withoutTag } from '../../src/sip/address.js';
import { readChallenges } from '../../src/sip/challenge.js';
import { readContacts, withContactExpires } from '../../src/sip/contact.js';
import { MAX_DELTA_SECONDS, readDeltaSeconds } from '../../src/sip/delta-seconds.js';
import { allHeaders } from '../../src/sip/header-list.js';
import type { Header, SipRequest, SipResponse } from '../../src/sip/message.js';
import { octetLength, octetsOf, textOf } from '../../src/sip/octets.js';
import { readMessage, type ReadMessage } from '../../src/sip/read-message.js';
import { readRetryAfter } from '../../src/sip/retry-after.js';
import { readMinExpires, readMinSe } from '../../src/sip/session-interval.js';
import { splitOutside } from '../../src/sip/split-outside.js';
import { parseUri, sameUri, userPart, withUser, writeUri } from '../../src/sip/uri.js';
import { topVia, withBranch } from '../../src/sip/via.js';
import { writeMessage } from '../../src/sip/write-message.js';
import { seededRandom } from '../../src/timing/random.js';
import { fuzzMessages } from './fuzz-messages.js';
import { headerValueReaders } from './header-value-readers.js';
import { mutate, pick } from './mutate.js';

const MESSAGES_A_SEED = 20_000;
const SEEDS = ['ash', 'birch', 'cedar', 'elm', 'fir', 'hazel', 'larch', 'maple', 'oak', 'pine'];

/** As strings of characters up to U+00FF, one for each octet. */
const originals = fuzzMessages.map((message) => Buffer.from(message, 'utf8').toString('latin1'));

describe('reading mutated messages', () => {
  it.each(SEEDS)(`keeps every promise for ${MESSAGES_A_SEED} messages of seed %s`, (seed) => {
    const random = seededRandom(seed);
    const kinds = new Map<string, number>();
    for (let count = 0; count < MESSAGES_A_SEED; count++) {
      const mutated = mutate(pick(originals, random), originals, random);
      try {
        const kind = checkMessage(new Uint8Array(Buffer.from(mutated, 'latin1')), random);
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      } catch (error) {
        throw new Error(`message ${count} of seed ${seed}: ${JSON.stringify(mutated)}`, { cause: error });
      }
    }
    // Mutations that only ever broke the start line would prove nothing.
    expect(kinds.get('response')).toBeGreaterThan(MESSAGES_A_SEED / 5);
    expect(kinds.get('request')).toBeGreaterThan(MESSAGES_A_SEED / 20);
    expect(kinds.get('discarded')).toBeGreaterThan(MESSAGES_A_SEED / 50);
    expect(kinds.get('unreadable')).toBeGreaterThan(MESSAGES_A_SEED / 50);
  });

  it('starts from messages that can all be read', () => {
    for (const message of fuzzMessages) {
      const read = readMessage(message);
      expect(read.kind).toBe(/^\s*SIP/.test(message) ? 'response' : 'request');
    }
  });
});

function promise(kept: boolean, what: string, ...found: readonly unknown[]): void {
  if (!kept) throw new Error(`${what}: ${JSON.stringify(found)}`);
}

function checkMessage(octets: Uint8Array, random: () => number): ReadMessage['kind'] {
  const text = textOf(octets);
  promise(sameOctets(octetsOf(text), octets), 'octets survive being text');
  promise(octetLength(text) === octets.length, 'octets are counted right', octetLength(text), octets.length);

  const read = readMessage(octets, random() < 0.5 ? 'datagram' : 'stream');
  checkLines(read, text);
  if (read.kind !== 'request' && read.kind !== 'response') return read.kind;

  const message = messageOf(read);
  const written = writeMessage(message);
  const again = readMessage(octetsOf(written));
  promise(again.kind === read.kind, 'what was written reads as the same kind', again);
  if (again.kind !== 'request' && again.kind !== 'response') return again.kind;
  promise(
    essenceOf(messageOf(again)) === essenceOf(message),
    'what was written reads the same',
    messageOf(again),
    message,
  );
  promise(writeMessage(messageOf(again)) === written, 'what was read again is written the same', written);
  promise(!/[\r\n]/.test(message.headers.flat().join('')), 'no header field holds a line break', message.headers);

  const lengths = allHeaders(message.headers, 'Content-Length').map(readDeltaSeconds);
  promise(
    lengths.length !== 1 || octetLength(message.body) <= (lengths[0] ?? Infinity),
    'no body is too long',
    message,
  );

  const [name, value] = pick<Header>(message.headers.length > 0 ? message.headers : [['', text]], random);
  const one = random() < 0.25 ? value : mutateText(value, random);
  for (const readValue of headerValueReaders) readValue(one);
  checkValue(name, one);
  return read.kind;
}

function mutateText(text: string, random: () => number): string {
  const octets = Buffer.from(octetsOf(text)).toString('latin1');
  return textOf(new Uint8Array(Buffer.from(mutate(octets, originals, random), 'latin1')));
}

function messageOf(read: Extract<ReadMessage, { kind: 'request' | 'response' }>): SipRequest | SipResponse {
  return read.kind === 'request' ? read.request : read.response;
}

/** A message without Content-Length, which writing corrects. */
function essenceOf(message: SipRequest | SipResponse): string {
  const headers = message.headers.filter(([name]) => !/^(?:content-length|l)$/i.test(name));
  return JSON.stringify({ ...message, headers });
}

function checkLines(read: ReadMessage, text: string): void {
  const count = text.split('\n').length;
  const lines = read.kind === 'unreadable' ? [] : read.notes.map(({ line }) => line);
  if (read.kind === 'unreadable' || read.kind === 'discarded') lines.push(read.line);
  promise(
    lines.every((line) => line >= 1 && line <= count),
    'notes name lines of the message',
    lines,
    count,
  );
}

function checkValue(name: string, value: string): void {
  promise(splitOutside(value, ',').join(',') === value, 'splitting loses nothing');
  promise(splitOutside(value, ';').join(';') === value, 'splitting loses nothing');

  promise(tagOf(withTag(value, 'x')) === 'x', 'a tag that was set is found', withTag(value, 'x'));
  promise(tagOf(withoutTag(value)) === undefined, 'a tag that was taken off is gone', withoutTag(value));
  promise(uriOf(withUri(value, 'sip:x@h')) === 'sip:x@h', 'a URI that was set is found', withUri(value, 'sip:x@h'));

  if (topVia([['Via', value]]) !== undefined) {
    const via = withBranch(value, 'x');
    promise(topVia([['Via', via]])?.branch === 'x', 'a branch that was set is found', via);
  }

  const contacts = withContactExpires(value, 3600);
  const expires = readContacts([contacts]).map((contact) => contact.expires);
  promise(
    expires.every((one) => one === undefined || one === 0 || one === 3600),
    'every expires is raised',
    expires,
  );
  promise(withContactExpires(contacts, 3600) === contacts, 'raising twice is raising once', contacts);
  promise(expires.length === readContacts([value]).length, 'no contact is lost', contacts);

  const seconds = readRetryAfter([value], { now: 0 })?.seconds ?? 0;
  promise(
    Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_DELTA_SECONDS,
    'Retry-After is in range',
    seconds,
  );
  promise((readMinSe([value]) ?? 90) >= 90, 'Min-SE is 90 or more');
  promise((readMinExpires([value]) ?? 0) <= 4_294_967_295, 'Min-Expires is within 32 bits');

  for (const challenge of readChallenges([[name, value]])) {
    promise(value.includes(challenge.nonce ?? ''), 'a nonce is what was sent', challenge);
    promise(value.includes(challenge.realm ?? ''), 'a realm is what was sent', challenge);
    const complete = challenge.realm !== undefined && challenge.nonce !== undefined;
    promise(
      complete || challenge.flaw !== undefined || !/^digest$/i.test(challenge.scheme),
      'a flaw is named',
      challenge,
    );
  }

  for (const text of [value, uriOf(value)]) {
    promise(sameUri(text, text), 'a URI is the same as itself');
    const uri = parseUri(text);
    if (uri === undefined) continue;
    promise(JSON.stringify(parseUri(writeUri(uri))) === JSON.stringify(uri), 'a URI is written as it was read', uri);
    if (uri.scheme === 'sip')
      promise(userPart(withUser(text, 'bob')) === 'bob', 'a user part that was set is found', text);
  }
}

function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
