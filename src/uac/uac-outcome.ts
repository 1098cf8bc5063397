// How one logical request ended, as the UAC core says it: the chart's outcome, the final response, and why it was cancelled.
import type { Outcome } from '../../machines/outcome.js';
import type { SipResponse } from '../sip/message.js';

/**
 * Why nobody wanted the answer any more.
 *
 * - `cancelled`: `cancel()` was called.
 * - `aborted`: the AbortSignal said so.
 * - `vetoed`: `beforeSend` let it not go.
 * - `beforeSendFailure`: `beforeSend` threw, rejected, or gave what cannot go; `start` rejects with the cause.
 * - `superseded`: an un-REGISTER of the same registration made it pointless (RFC 3261 §10.2.2).
 * - `ringTimeout`: the call rang for `ringMs`.
 * - `stopped`: `stop()` was called, or the client that sent it was closed.
 * - `storeFailure`: it could not be stored before it was sent, and `onStoreFailure` is `end`.
 */
export type CancelReason =
  'cancelled' | 'aborted' | 'vetoed' | 'beforeSendFailure' | 'superseded' | 'ringTimeout' | 'stopped' | 'storeFailure';

/** How one logical request ended. */
export type UacOutcome =
  | (Extract<Outcome, { type: 'accepted' }> & { readonly response: SipResponse })
  | (Extract<Outcome, { type: 'gaveUp' }> & {
      /** The last final response; absent when the last attempt had none. */
      readonly response?: SipResponse;
    })
  | (Extract<Outcome, { type: 'cancelled' }> & { readonly because: CancelReason });

/** What the UAC core knows of the attempts of a request. */
export interface AttemptsMade {
  /** How many went out. */
  readonly sent: number;
  /** The final response of the last one, if it had any. */
  readonly response: SipResponse | undefined;
}

/** The outcome of the chart with what the UAC core knows beyond it. */
export function uacOutcomeOf(
  outcome: Outcome,
  { sent, response }: AttemptsMade,
  because: CancelReason = 'cancelled',
): UacOutcome {
  switch (outcome.type) {
    case 'accepted':
      // Nothing but a final response is accepted, so the fallback only satisfies the compiler.
      return { ...outcome, response: response ?? { status: outcome.status, reason: '', headers: [], body: '' } };
    case 'gaveUp':
      return response === undefined ? outcome : { ...outcome, response };
    case 'cancelled':
      return { ...outcome, attempts: sent, because };
  }
}
