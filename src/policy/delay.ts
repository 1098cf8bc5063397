// How long to wait: Retry-After (RFC 3261 §20.33), glare (§14.1), and back-off where the server names no time.
import type { ActionOf } from './action.js';
import type { ConditionName } from './condition.js';
import { doublingWaitMs } from './doubling-wait.js';
import type { Facts } from './facts.js';
import { maxWaitOf } from './limits.js';
import type { RetryAfter } from '../sip/retry-after.js';

/**
 * The wait for this response: what the server asked for, the glare timer of §14.1, or a back-off of our own. A
 * Retry-After that accompanies another kind of wait is a lower bound of it.
 *
 * @param when the conditions of the row that waits: a wait for Retry-After, or for a CSeq, is one because they say so.
 */
export function planWait(facts: Facts, when: readonly ConditionName[] = []): ActionOf<'wait'> {
  const basis = basisOf(facts, when);
  const { retryAfter } = facts.response;
  const told = retryAfter === undefined ? 0 : retryAfterDelay(retryAfter, facts);
  const own =
    basis === 'retryAfter'
      ? 0
      : basis === 'glare'
        ? glareDelay(facts)
        : backoffMs(facts.request.method, facts.history.waits.backoff, facts.random);
  const wait = { type: 'wait', delayMs: Math.max(told, own), basis, reorigination: reoriginationOf(facts) } as const;
  return when.includes('cseqMayBeLow') ? { ...wait, ...jumpOf(facts.request.cseq) } : wait;
}

/** What Retry-After asks for, in milliseconds: the server's time alone, without floor and spread. */
export function notBeforeOf({ response }: Facts): number | undefined {
  return response.retryAfter === undefined ? undefined : response.retryAfter.seconds * 1000;
}

/** Whether no wait for this Retry-After is begun: it would be longer than the limit, or end after the time for all attempts. */
export function retryAfterTooLong(facts: Facts): boolean {
  const { response, request, limits, elapsedMs } = facts;
  if (response.retryAfter === undefined) return false;
  const delayMs = retryAfterDelay(response.retryAfter, facts);
  return delayMs > maxWaitOf(limits, request.method) || elapsedMs + delayMs > (limits.maxElapsedMs ?? Infinity);
}

/** Never before Retry-After, never all at the same moment: the spread comes on top (RFC 3261 §20.33). */
function retryAfterDelay(retryAfter: RetryAfter, { request, limits, random }: Facts): number {
  const { seconds, durationSeconds = Infinity } = retryAfter;
  const base = Math.max(seconds * 1000, limits.minWaitMs);
  // `duration` says how long the called party will be reachable from then on: the spread must not outlast it. Nor may
  // it push a wait that is just short enough over the limit.
  const room = Math.max(0, maxWaitOf(limits, request.method) - base);
  const spread = Math.min(base * limits.spread, limits.maxSpreadMs, durationSeconds * 1000, room);
  return Math.min(Math.ceil(base + spread * random), Number.MAX_SAFE_INTEGER);
}

/**
 * RFC 3261 §14.1: the owner of the Call-ID waits 2.1 to 4 seconds in units of 10 ms, the other 0 to 2. Who does not
 * know (after a restart, say) draws from both.
 */
function glareDelay({ client, random }: Facts): number {
  if (client.ownsCallId === undefined) return 10 * Math.floor(random * 401);
  return client.ownsCallId ? 10 * (210 + Math.floor(random * 191)) : 10 * Math.floor(random * 201);
}

/**
 * A REGISTER backs off as RFC 5626 §4.5 says: 30 s doubled with every failure, at most 1800 s, 50 to 100 % of it.
 * RFC 3261 §21.5.1 only says "after several seconds": 4 s doubled, at most 32.
 */
export function backoffMs(method: string, failures: number, random: number): number {
  return method === 'REGISTER'
    ? doublingWaitMs(60_000, 1_800_000, failures, random)
    : doublingWaitMs(4_000, 32_000, failures, random);
}

function basisOf({ status, response, request }: Facts, when: readonly ConditionName[]): ActionOf<'wait'>['basis'] {
  if (status === 491 && request.inDialog) return 'glare';
  if (response.retryAfter === undefined) return 'backoff';
  return when.includes('hasRetryAfter') || TIMED.has(status) ? 'retryAfter' : 'backoff';
}

/** RFC 3261 Table 3: the responses that Retry-After belongs to. Elsewhere it is an advisory minimum. */
const TIMED: ReadonlySet<number> = new Set([404, 413, 480, 486, 500, 503, 600, 603]);

/**
 * RFC 3261 §8.1.1.4: a request that is no amendment of an earlier one has a Call-ID of its own. A call, a message or a
 * transfer after "not now" is such a new one; what the server itself asked to be repeated is not.
 */
function reoriginationOf({ status, request, client }: Facts): 'retry' | 'fresh' {
  if (request.inDialog || client.redial === 'sameCallId' || !speaksForCalledParty(status)) return 'retry';
  return request.method === 'INVITE' || request.method === 'MESSAGE' || request.method === 'REFER' ? 'fresh' : 'retry';
}

/** The responses in which Retry-After speaks of the called party, not of the service (RFC 3261 §20.33, §21.6). */
function speaksForCalledParty(status: number): boolean {
  return status === 404 || status === 480 || status === 486 || status >= 600;
}

/** Well above anything that was used; not beyond what RFC 3261 §8.1.1.5 allows, and never back. */
function jumpOf(cseq: number): { readonly nextCSeq?: number } {
  const nextCSeq = cseq + 1_000;
  return nextCSeq < 2 ** 31 ? { nextCSeq } : {};
}
