// The identity of the next request: CSeq, Via branch, Call-ID and tags, by the way it follows the last one.
import { tagOf, withoutTag, withTag } from '../sip/address.js';
import { readCSeq } from '../sip/cseq.js';
import { firstHeader, hasKey, headerKey, setHeader } from '../sip/header-list.js';
import type { Header, SipRequest } from '../sip/message.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import { withBranch } from '../sip/via.js';
import type { Materials } from './materials.js';

/**
 * How a request follows the last one.
 *
 * - `retry`: a new transaction, one CSeq number up; same Call-ID, From and To (RFC 3261 §8.1.3.5).
 * - `failover`: a copy for another server, "identical to the previous, but has a different value of the Via branch ID"
 *   (RFC 3263 §4.3). The CSeq number of a REGISTER grows all the same (RFC 3261 §10.2).
 * - `recurse`: a retry to the target of a redirection (RFC 3261 §8.1.3.4).
 * - `fresh`: a request of its own, with a new Call-ID and From tag and no To tag (RFC 3261 §8.1.1).
 */
export type Reorigination = 'retry' | 'failover' | 'recurse' | 'fresh';

/**
 * The request with its next identity; `undefined` when no CSeq number is left for it.
 * @param leastCSeq the CSeq number that the server needs to see at least.
 * @throws SipRetryError `badOptions` for a token that is none: all branches would be the same.
 */
export function reoriginate(
  request: SipRequest,
  kind: Reorigination,
  { token, nextCSeq = 0 }: Materials,
  leastCSeq = 0,
): SipRequest | undefined {
  const { number: last = 0, method = request.method } = readCSeq(request.headers) ?? {};
  const next = isIdenticalCopy(request, kind) ? last : Math.max(last + 1, nextCSeq, leastCSeq);
  // Written this way round, a number that is none is out of range, too.
  if (!(next < CSEQ_END) && !(next < CSEQ_END_IN_DIALOG && isInDialog(request))) return undefined;
  if (typeof token !== 'string' || !TOKEN.test(token)) throw new SipRetryError('badOptions', BAD_TOKEN);
  const branched = withTopBranch(request.headers, BRANCH_COOKIE + token);
  const headers = next === last ? branched : setHeader(branched, 'CSeq', `${next} ${method}`);
  return {
    method: request.method,
    uri: request.uri,
    headers: kind === 'fresh' ? headers.map((row) => withFreshIdentity(row, token)) : headers,
    body: request.body,
  };
}

/** Whether the next request is the last one but for its branch. */
export function isIdenticalCopy({ method }: SipRequest, kind: Reorigination | undefined): boolean {
  // RFC 3261 §10.2: a UA MUST increment the CSeq value by one for each REGISTER request with the same Call-ID.
  return kind === 'failover' && method !== 'REGISTER';
}

/** "The branch ID inserted by an element compliant with this specification MUST always begin with" it (RFC 3261 §8.1.1.7). */
const BRANCH_COOKIE = 'z9hG4bK';

/** The CSeq number MUST be less than 2**31 (RFC 3261 §8.1.1.5). */
const CSEQ_END = 2 ** 31;

/** That holds for the first one. In a dialog it grows as far as 32 bits go, and does not wrap (§12.2.1.1, erratum 3102). */
const CSEQ_END_IN_DIALOG = 2 ** 32;

function isInDialog({ headers }: SipRequest): boolean {
  return tagOf(firstHeader(headers, 'To') ?? '') !== undefined;
}

const TOKEN = /^[\w.!%*+`'~-]+$/;
const BAD_TOKEN = 'materials.token must be an unguessable text of letters and digits, another one for each request.';

/** Only the top Via is ours; those below belong to elements before this one. */
function withTopBranch(headers: readonly Header[], branch: string): readonly Header[] {
  let at = 0;
  for (const row of headers) {
    if (hasKey(row, 'via')) {
      const branched = [...headers];
      branched[at] = [row[0], withBranch(row[1], branch)];
      return branched;
    }
    at += 1;
  }
  return headers;
}

function withFreshIdentity(row: Header, token: string): Header {
  const [name, value] = row;
  switch (headerKey(name)) {
    case 'call-id':
      return [name, token + value.replace(/^[^@]*/, '')];
    case 'from':
      return [name, withTag(value, token)];
    case 'to':
      return [name, withoutTag(value)];
    default:
      return row;
  }
}
