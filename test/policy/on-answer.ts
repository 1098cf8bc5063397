// Shorthand for the odd situations: two messages as text, and what is decided.
import type { Action } from '../../src/policy/action.js';
import { decide, type Decision } from '../../src/policy/decide.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { type Exchange, factsOfCase } from './cases/case.js';
import { got, sent } from './cases/message-text.js';

type Before = Omit<Exchange, 'sent' | 'got'>;

export function decisionOn(request: string, answer: string, before: Before = {}): Decision {
  return decide(rfcPolicy, factsOfCase({ sent: request, got: answer, ...before }));
}

export function on(request: string, answer: string, before: Before = {}): Action {
  return decisionOn(request, answer, before).action;
}

export function delayOf(action: Action): number {
  return action.type === 'wait' ? action.delayMs : NaN;
}

/** The nonces that are answered. */
export function noncesOf(action: Action): readonly (string | undefined)[] {
  return action.type === 'authenticate' ? action.challenges.map(({ nonce }) => nonce) : [];
}

export function reasonOf(action: Action): string {
  return action.type === 'giveUp' ? action.reason : action.type;
}

export const INVITE = sent('INVITE');
export const busy = (...rows: readonly string[]) => got('486 Busy Here', ...rows);
export const unauthorized = (...rows: readonly string[]) => got('401 Unauthorized', ...rows);
export const brief = (...rows: readonly string[]) => got('423 Interval Too Brief', ...rows);
export const small = (...rows: readonly string[]) => got('422 Session Interval Too Small', ...rows);
export const badExtension = (...rows: readonly string[]) => got('420 Bad Extension', ...rows);
export const moved = (...rows: readonly string[]) => got('302 Moved Temporarily', ...rows);
export const unavailable = (...rows: readonly string[]) => got('503 Service Unavailable', ...rows);

export const answered = (kind: 'user' | 'proxy', realm: string) => ({
  attempts: 2,
  answered: [{ kind, realm, nonces: ['n0'], rounds: 1, stale: 0, accepted: false }],
});
