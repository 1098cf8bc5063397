// sip-retry as a program uses it: what is kept between requests, and the way from a 401's text to the next request's.
import { hash } from 'node:crypto';
import { Keyring } from '../src/digest/keyring.ts';
import { nobleHashes } from '../src/digest/hash.ts';
import { rfcPolicy } from '../src/policy/table/index.ts';
import { beginRecord, composeNext, noteOutcome } from '../src/request/record.ts';
import { readMessage } from '../src/sip/read-message.ts';
import { writeMessage } from '../src/sip/write-message.ts';
import { cryptoToken } from '../src/timing/token.ts';
import { credentials, registerText } from './messages.mjs';

/** What a Node program may pass as the hash functions. */
export const nodeHashes = {
  md5: (text) => hash('md5', text),
  sha256: (text) => hash('sha256', text),
  sha512_256: (text) => hash('sha512-256', text),
};

export { nobleHashes };

/** The request of a text. */
export function requestOf(text) {
  const read = readMessage(text);
  if (read.kind !== 'request') throw new Error(`The text is no request: ${read.kind}`);
  return read.request;
}

/** @param keepsHa1 false: a keyring for each request, so that no HA1 is ever known beforehand. */
export function authenticator(hashes, keepsHa1 = true) {
  const token = cryptoToken();
  const ring = () => new Keyring({ credentials: [credentials], hash: hashes });
  const kept = ring();
  const client = { credentials: kept.knownCredentials() };
  const record = beginRecord(requestOf(registerText), 0);
  return (text) => {
    const read = readMessage(text);
    if (read.kind !== 'response') throw new Error(read.kind);
    const noted = noteOutcome(record, rfcPolicy, read.response, 40, { client });
    if (noted.decision?.action.type !== 'authenticate') throw new Error('No credentials are asked for.');
    const next = composeNext(noted, { token: token() });
    const keyring = keepsHa1 ? kept : ring();
    const rows = keyring.authorize(next.request, next.challenges, (challenge) => keyring.find(challenge), token());
    return writeMessage({ ...next.request, headers: [...next.request.headers, ...rows] });
  };
}
