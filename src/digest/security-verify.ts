// Security-Verify with the digest-verify parameter (RFC 3329 §2.2, §2.4), which no one between can compute.
import type { Challenge } from '../sip/challenge.js';
import type { AnswerableChallenge } from '../sip/digest-algorithm.js';
import type { Header, SipRequest } from '../sip/message.js';
import { mirroredList } from '../sip/security-agreement.js';
import { nonceCount, type NonceUse } from './authorization.js';
import { digestVerify } from './digest.js';
import type { HashFunctions } from './hash.js';

/**
 * The Security-Verify of this request with a `d-ver` in the entry that was agreed on; it stands in place of the rows
 * that mirror the list. `undefined` for a challenge that came with no agreement on Digest, and for a request that
 * mirrors no list with that entry.
 */
export function securityVerifyOf(
  request: SipRequest,
  challenge: Challenge,
  { algorithm, qop }: AnswerableChallenge,
  ha1: string,
  { nonce, cnonce, count, session }: NonceUse,
  hash: HashFunctions,
): Header | undefined {
  const { agreed } = challenge;
  if (agreed === undefined) return undefined;
  const list = mirroredList(request.headers);
  const at = list.indexOf(agreed);
  if (at < 0) return undefined;
  const { method, uri, body } = request;
  const question = { hash, algorithm, nonce, qop, nc: nonceCount(count), cnonce, session, method, uri, body };
  // What is hashed is the text that goes out, without the d-ver: all entries in one row. RFC 3329 does not say whether
  // several rows are one text, nor whether the name of the field belongs to it (see decisions/0023). "All linear white
  // spaces in the Security-Server header field MUST be replaced by a single SP" (§2.2).
  const verify = digestVerify(question, ha1, list.join(SEPARATOR).replace(/\s+/g, ' '));
  return ['Security-Verify', list.with(at, `${agreed};d-ver="${verify}"`).join(SEPARATOR)];
}

/** As RFC 3261 §7.3.1 writes rows that are combined into one. */
const SEPARATOR = ', ';
