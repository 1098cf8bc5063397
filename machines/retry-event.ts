// What goes into the chart of one request and what comes out of it: its events, and what it emits.
import type { AskFor } from '../src/policy/action.js';
import type { Citation } from '../src/policy/citation.js';
import type { Decision } from '../src/policy/decide.js';
import type { Facts } from '../src/policy/facts.js';
import type { GiveUpReason } from '../src/policy/reason.js';
import type { Change } from '../src/request/change.js';
import type { Materials } from '../src/request/materials.js';
import type { Deadline } from '../src/request/record.js';
import type { Challenge } from '../src/sip/challenge.js';
import type { SipRequest } from '../src/sip/message.js';
import { SipRetryError } from '../src/sip/sip-retry-error.js';
import { classOf, type StatusClass } from '../src/sip/status-class.js';

/** What the next request is made of, as plain data: credentials never enter the chart, and the record knows its Route. */
export type EventMaterials = Omit<Materials, 'authorize' | 'proxyRoute'>;

/** How an attempt ended. The type of a response's event is made of its checked number, never of text from the wire. */
export interface AttemptEnded {
  readonly type: `response.${Exclude<StatusClass, '1xx'>}.${number}` | 'transaction.timeout' | 'transport.error';
  readonly facts: Facts;
  readonly materials: EventMaterials;
  /** Epoch milliseconds, as every `at`. */
  readonly at: number;
}

/** A provisional response. */
export interface Progressed {
  readonly type: `response.1xx.${number}`;
  readonly status: number;
  readonly at: number;
}

/** Everything that the chart hears. */
export type RetryEvent =
  | AttemptEnded
  | Progressed
  | { readonly type: 'deadline.passed' | 'answer.given'; readonly materials: EventMaterials; readonly at: number }
  | {
      readonly type: 'answer.refused';
      readonly at: number;
      /** `credentialsRejected` when there are credentials, and another request has learned that they are refused. */
      readonly because?: GiveUpReason;
    }
  /** The application has changed the request of an attempt that did not go out yet. */
  | { readonly type: 'request.replaced'; readonly request: SipRequest; readonly at: number }
  | { readonly type: 'cancel'; readonly at: number };

/** Everything that the chart says before its output, the outcome. */
export type RetryEmitted =
  | {
      readonly type: 'send';
      /** Without credentials: the host computes them for all `challenges` at the moment of sending (RFC 3261 §22.2). */
      readonly request: SipRequest;
      readonly challenges: readonly Challenge[];
      /** The server that a fail-over chose; absent: the first of the set. */
      readonly server: string | undefined;
      readonly attempt: number;
      readonly changes: readonly Change[];
    }
  | {
      readonly type: 'decision';
      readonly decision: Decision;
      /** The attempt that it was made on. */
      readonly attempt: number;
      /** What the host is asked: it sends `answer.given` or `answer.refused`. */
      readonly asking: AskFor | null;
      /** When the wait or the question ends: the host then sends `deadline.passed`. */
      readonly deadline: Deadline | null;
    }
  | { readonly type: 'cancel'; readonly deadline: Deadline | null }
  | {
      readonly type: 'hangUp';
      /** The 2xx that crossed the CANCEL: it is acknowledged, then a BYE ends what it began. */
      readonly status: number;
      readonly cite: readonly Citation[];
    };

/** The event for these facts: a final response, a timeout, a transport error or a restart. */
export function attemptEnded(facts: Facts, materials: EventMaterials, at: number): AttemptEnded {
  return { type: typeOf(facts), facts, materials, at };
}

/**
 * The event for a provisional response.
 * @throws SipRetryError `badRequest` for a status that is not from 100 to 199.
 */
export function progressed(status: number, at: number): Progressed {
  if (classOf(status) !== '1xx') {
    throw new SipRetryError('badRequest', `${status} is a final response; send its facts with attemptEnded.`);
  }
  return { type: `response.1xx.${status}`, status, at };
}

function typeOf({ origin, status }: Facts): AttemptEnded['type'] {
  if (origin === 'transport') return 'transport.error';
  if (origin !== 'wire') return 'transaction.timeout';
  const statusClass = classOf(status);
  if (statusClass === '1xx') {
    throw new SipRetryError('badRequest', `${status} is a provisional response; send it with progressed.`);
  }
  return `response.${statusClass}.${status}`;
}
