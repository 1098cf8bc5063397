// What a method rules out, whatever the response says.
import { actionCosts, type ActionType } from './action.js';
import type { Citation } from './citation.js';
import type { RequestFacts } from './facts.js';
import type { GiveUpReason } from './reason.js';

/** What is said instead of an action, and the section that says so. */
export interface MethodDenial {
  readonly reason: GiveUpReason;
  readonly cite: Citation;
}

/** Why no request of this method goes on by this action; `undefined` where the method rules nothing out. */
export function methodDenialOf(
  type: ActionType,
  { method, inDialog }: Pick<RequestFacts, 'method' | 'inDialog'>,
): MethodDenial | undefined {
  // Whatever comes back is stray (ACK) or says nothing about the INVITE (CANCEL), not even that the dialog is gone.
  if (method === 'ACK' || method === 'CANCEL') {
    const cite = method === 'ACK' ? 'RFC 3261 §17.1.1.3' : 'RFC 3261 §9.1';
    return type === 'accept' ? undefined : { reason: 'notRetriable', cite };
  }
  // RFC 3261 §15.1.1: the session is over once the BYE is sent. Credentials or another server let the peer know it.
  if (method === 'BYE' && inDialog && actionCosts[type] !== 'none' && !CARRIES_BYE.has(type)) {
    return { reason: 'usageEnded', cite: 'RFC 3261 §15.1.1' };
  }
  return undefined;
}

const CARRIES_BYE: ReadonlySet<ActionType> = new Set(['authenticate', 'agreeSecurity', 'tryOtherServer']);
