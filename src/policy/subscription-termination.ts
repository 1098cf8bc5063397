// What a subscriber does when a NOTIFY ends its subscription (RFC 6665 §4.1.3): no response says it, so no row of the table can.
import type { SubscriptionState } from '../sip/subscription-state.js';
import type { ActionOf } from './action.js';
import type { Citation } from './citation.js';
import { backoffMs } from './delay.js';
import { defaultLimits, maxWaitOf, type Limits } from './limits.js';
import type { GiveUpReason } from './reason.js';

/** What is known besides the NOTIFY. */
export interface TerminationOptions {
  /** Subscriptions that ended in a row without having lasted; 0 by default. */
  readonly failures?: number;
  /** From 0 up to 1; 0.5 by default. */
  readonly random?: number;
  readonly limits?: Limits;
}

/** The next action of the subscriber: a new subscription after a wait, or none. */
export interface TerminationDecision {
  readonly action: ActionOf<'wait' | 'giveUp'>;
  readonly cite: readonly [Citation];
}

/**
 * Decides on a Subscription-State; `undefined` while the subscription lives. A new subscription is a new dialog
 * (`reorigination: 'fresh'`). "Retry immediately" is a wait of `minWaitMs` the first time and a back-off from then on,
 * so that a notifier which deactivates every subscription is no loop.
 */
export function decideOnTermination(
  { state, reason, retryAfter }: SubscriptionState,
  { failures = 0, random = 0.5, limits = defaultLimits }: TerminationOptions = {},
): TerminationDecision | undefined {
  if (state !== 'terminated') return undefined;
  const over = reason === undefined ? undefined : final.get(reason);
  if (over !== undefined) return { action: { type: 'giveUp', reason: over }, cite: ['RFC 6665 §4.1.3'] };
  if (reason === 'deactivated' || reason === 'timeout') {
    // "The retry-after parameter has no semantics" for these two.
    const soon = Math.ceil(limits.minWaitMs * (1 + limits.spread * random));
    return waitFor(failures === 0 ? soon : backoffMs('SUBSCRIBE', failures - 1, random), 'backoff', limits);
  }
  if (retryAfter === undefined) return waitFor(backoffMs('SUBSCRIBE', failures, random), 'backoff', limits);
  const told = Math.max(retryAfter * 1000, limits.minWaitMs);
  return waitFor(told + Math.ceil(Math.min(told * limits.spread, limits.maxSpreadMs) * random), 'retryAfter', limits);
}

/** The reasons after which clients "SHOULD NOT attempt to re-subscribe". */
const final: ReadonlyMap<string, GiveUpReason> = new Map([
  ['rejected', 'forbidden'],
  ['noresource', 'gone'],
  ['invariant', 'usageEnded'],
]);

function waitFor(delayMs: number, basis: 'retryAfter' | 'backoff', limits: Limits): TerminationDecision {
  const longest = maxWaitOf(limits, 'SUBSCRIBE');
  if (delayMs <= longest) {
    return { action: { type: 'wait', delayMs, basis, reorigination: 'fresh' }, cite: ['RFC 6665 §4.1.3'] };
  }
  const detail = { wanted: 'wait', limit: 'maxWaitMs', value: longest, found: delayMs };
  const reason = basis === 'retryAfter' ? 'retryAfterTooLong' : 'deadlinePassed';
  return { action: { type: 'giveUp', reason, detail }, cite: ['RFC 6665 §4.1.3'] };
}
