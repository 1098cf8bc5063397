// What is noted in a record besides decisions: a question without an answer, a CANCEL under way.
import type { GiveUpReason } from '../policy/reason.js';
import type { SipRequest } from '../sip/message.js';
import { noteTarget } from './note-target.js';
import type { RequestRecord } from './record.js';
import { readCredentialsOf } from './sent-credentials.js';

/** 64·T1, in milliseconds: how long an INVITE is waited for after its CANCEL, or for what allows that (RFC 3261 §9.1). */
export const CANCEL_PATIENCE_MS = 32_000;

/** The record of a request that ends because a question was refused, or not answered in time. */
export function noteRefusal(record: RequestRecord, because?: GiveUpReason): RequestRecord {
  const { decision, asking } = record;
  if (decision === null) return record;
  const reason = because ?? (asking === 'credentials' ? 'noCredentials' : 'cannotCorrect');
  const action = { type: 'giveUp', reason, detail: { wanted: decision.action.type } } as const;
  return { ...record, decision: { ...decision, action }, asking: null, deadline: null };
}

/** The record of an attempt whose request the application has changed before it went out; its URI counts as tried. */
export function noteReplacement(record: RequestRecord, request: SipRequest): RequestRecord {
  const history = noteTarget(record.history, request.uri);
  return { ...record, request: readCredentialsOf(request).bare, history };
}

/**
 * The record of an INVITE that nobody wants any more from this moment on (epoch milliseconds), before any response: the
 * CANCEL waits for a provisional one (RFC 3261 §9.1), and none comes once timer B has fired, 64·T1 (§17.1.1.2).
 */
export function noteCancelWanted(record: RequestRecord, at: number): RequestRecord {
  return { ...record, deadline: { at: at + CANCEL_PATIENCE_MS, for: 'cancel' } };
}

/** The record of an INVITE whose CANCEL goes out at this moment (epoch milliseconds). */
export function noteCancelSent(record: RequestRecord, at: number): RequestRecord {
  return { ...record, deadline: { at: at + CANCEL_PATIENCE_MS, for: 'cancel' } };
}
