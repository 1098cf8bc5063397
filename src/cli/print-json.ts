// A conversation as JSON lines: one object a line, its members always in the same order.
import { toldDecision } from '../simulator/told-decision.js';
import { writeMessage } from '../sip/write-message.js';
import type { Turn } from './conversation.js';

/** One turn as a line without its end. */
export function turnAsJson(turn: Turn): string {
  if (turn.kind === 'discarded') return asLine({ discarded: turn.why });
  const { attempt, decision, delayMs, notes, request } = turn;
  return asLine({
    attempt,
    ...toldDecision(decision),
    delayMs,
    notes,
    request: request === null ? null : writeMessage(request),
  });
}

/** JSON leaves DEL, C1 and the line separators as they are: a terminal or a line reader would act on them. */
export function asLine(value: object): string {
  return JSON.stringify(value).replace(
    /[\x7f-\x9f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
