// What a refusal destroys inside a dialog: the column of RFC 5057 §5.1, and RFC 6665 for subscriptions.
import type { Facts, RequestFacts } from './facts.js';

/** RFC 5057's column: what a refusal destroys when it comes inside a dialog. */
export type Impact = 'transaction' | 'usage' | 'dialog';

/** What the impact of a response depends on, besides its entry. */
export interface ImpactFacts extends Pick<Facts, 'status' | 'origin'> {
  readonly request: Pick<RequestFacts, 'method' | 'inDialog'>;
}

/**
 * What this response ends: only the transaction, the dialog usage, or the whole dialog (RFC 5057 §5.1).
 * Outside a dialog there is nothing else to end.
 */
export function impactOf(column: Impact, facts: ImpactFacts): Impact {
  const { method, inDialog } = facts.request;
  if (!inDialog || facts.status < 300) return 'transaction';
  // A client that was restarted has not heard anything: the dialog may well be alive.
  if (facts.origin === 'restart' && method !== 'BYE') return 'transaction';
  switch (method) {
    // RFC 5057 §5.1 note 8: a response to CANCEL says nothing about the dialog; an ACK has no response.
    case 'CANCEL':
    case 'ACK':
      return 'transaction';
    case 'BYE':
      // RFC 3261 §15.1.1: the UAC MUST consider the session terminated as soon as the BYE is passed on.
      return 'usage';
    case 'SUBSCRIBE':
    case 'NOTIFY':
      return impactOnSubscription(column, facts);
    case 'INVITE':
      return forInvite(column, facts.status);
    case 'UPDATE':
    case 'PRACK':
    case 'INFO':
      // RFC 5057 §5.1 note 3: 405 and 501 end the usage only if the method is integral to it.
      return isMethodRefusal(facts.status) ? 'transaction' : forInvite(column, facts.status);
    default:
      // RFC 5057 §5.3: OPTIONS, MESSAGE and unknown methods belong to no usage; the one that a refused REFER would have
      // made does not exist. Only the dialog can be harmed.
      return column === 'dialog' ? 'dialog' : 'transaction';
  }
}

/** RFC 6665 §4.1.2.2 and §4.2.2: the responses that end a subscription. */
const endsSubscription: ReadonlySet<number> = new Set([
  404, 405, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604,
]);

function impactOnSubscription(column: Impact, facts: ImpactFacts): Impact {
  // RFC 6665 §4.2.2: a NOTIFY that times out SHOULD remove the subscription; a refresh that times out leaves it alone.
  if (facts.origin === 'timer' && facts.request.method === 'NOTIFY') return 'usage';
  if (!endsSubscription.has(facts.status)) return 'transaction';
  return column === 'dialog' ? 'dialog' : 'usage';
}

// RFC 5057 §5.1 note 12: 489 speaks of subscriptions alone.
function forInvite(column: Impact, status: number): Impact {
  return status === 489 ? 'transaction' : column;
}

const isMethodRefusal = (status: number): boolean => status === 405 || status === 501;
