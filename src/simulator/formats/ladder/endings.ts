// Which decision ended a request: the decision and the outcome that it led to are told as one.
import type { DecisionEvent, OutcomeEvent, TranscriptEvent } from '../../transcript.js';

/** The decision behind each outcome, where it was made at the same moment. */
export function endingsOf(events: readonly TranscriptEvent[]): ReadonlyMap<OutcomeEvent, DecisionEvent> {
  const endings = new Map<OutcomeEvent, DecisionEvent>();
  const last = new Map<string, DecisionEvent>();
  for (const event of events) {
    if (event.type === 'decision') last.set(event.request, event);
    if (event.type !== 'outcome') continue;
    const decision = last.get(event.request);
    if (decision !== undefined && decision.at === event.at && isEnding(decision)) endings.set(event, decision);
  }
  return endings;
}

function isEnding({ action }: DecisionEvent): boolean {
  return action.type === 'accept' || action.type === 'giveUp';
}
