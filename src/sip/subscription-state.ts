// Subscription-State of a NOTIFY (RFC 6665 §8.2.3): whether the subscription lives, and why it ended.
import { readDeltaSeconds } from './delta-seconds.js';
import { paramOf, readParams } from './params.js';
import { splitOutside } from './split-outside.js';

/** What a NOTIFY says of its subscription; absent members were absent or malformed. */
export interface SubscriptionState {
  /** In lower case: `active`, `pending`, `terminated` or another token. */
  readonly state: string;
  /** In lower case: `deactivated`, `probation`, `rejected` … */
  readonly reason?: string;
  /** Seconds; without meaning when the state is `terminated` (RFC 6665 §4.1.3). */
  readonly expires?: number;
  /** Seconds. */
  readonly retryAfter?: number;
}

/** Reads the value of a Subscription-State header field; `undefined` when it names no state. */
export function readSubscriptionState(value: string): SubscriptionState | undefined {
  const [state = '', ...pieces] = splitOutside(value, ';');
  if (state.trim() === '') return undefined;
  const params = readParams(pieces);
  const reason = paramOf(params, 'reason')?.toLowerCase();
  const expires = readDeltaSeconds(paramOf(params, 'expires') ?? '');
  const retryAfter = readDeltaSeconds(paramOf(params, 'retry-after') ?? '');
  return {
    state: state.trim().toLowerCase(),
    ...(reason === undefined || reason === '' ? {} : { reason }),
    ...(expires === undefined ? {} : { expires }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}
