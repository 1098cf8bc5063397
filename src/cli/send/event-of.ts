// Decisions and outcomes as events of `send`, their members always in the same order.
import type { Decision } from '../../policy/decide.js';
import { toldDecision, toldNext } from '../../simulator/told-decision.js';
import type { UacOutcome } from '../../uac/uac-outcome.js';
import type { SendCancelReason } from './send-once.js';
import type { DecisionEvent, OutcomeEvent } from './send-event.js';

/** @param request the next one, masked; `null` when there is none yet. */
export function decisionEventOf(decision: Decision, attempt: number, request: string | null): DecisionEvent {
  return { event: 'decision', attempt, ...toldDecision(decision), ...toldNext(decision), request };
}

/** @param because why it was cancelled, where that is known better than the UAC core does. */
export function outcomeEventOf(outcome: UacOutcome, because?: SendCancelReason): OutcomeEvent {
  const { type, attempts } = outcome;
  const none = { event: 'outcome', outcome: type, status: null, reason: null, detail: null } as const;
  switch (type) {
    case 'accepted':
      return { ...none, status: outcome.status, attempts };
    case 'gaveUp': {
      const { status, reason, detail = null } = outcome;
      return { ...none, status, reason, detail, attempts };
    }
    case 'cancelled':
      return { ...none, detail: { because: because ?? outcome.because }, attempts };
  }
}
