// What a server's behaviour says about one request, and what it may look at.
import type { UasEvent } from '../../../machines/uas.machine.js';
import type { Header, SipRequest } from '../../sip/message.js';
import type { Body } from '../../request/materials.js';

/** One response of a server, or one request of its own. */
export interface Answer {
  readonly status: number;
  /** Absent: the registered phrase. */
  readonly reason?: string | undefined;
  readonly headers: readonly Header[];
  readonly body?: Body | undefined;
  /** Milliseconds after the request, or after the answer before. */
  readonly afterMs: number;
}

/** A request that the server sends in the dialog, once its last answer was accepted. */
export interface OwnRequest {
  readonly send: string;
  readonly headers: readonly Header[];
  readonly body?: Body | undefined;
  readonly afterMs: number;
}

/** What comes of one request. */
export type Service =
  /** Provisional answers and, at last, a final one. */
  | { readonly kind: 'answers'; readonly answers: readonly Answer[]; readonly then?: readonly OwnRequest[] }
  | { readonly kind: 'silence' }
  /** Text that is no response, sent as it is. */
  | { readonly kind: 'noise'; readonly text: string; readonly afterMs: number }
  | {
      readonly kind: 'forward';
      readonly to: string | undefined;
      readonly recordRoute: boolean;
      readonly afterMs: number;
    };

/** The moment of a request, and chance. */
export interface Moment {
  /** Milliseconds since the start of the simulation. */
  readonly now: number;
  readonly random: () => number;
  /** Foreseeable text for nonces and tags. */
  readonly token: () => string;
}

/** How a server behaves. It remembers what it needs to. */
export interface Serving {
  /** @throws ScenarioFault when the scenario does not say what comes next. */
  serve(request: SipRequest, moment: Moment): Service;
  /** Whether it cannot keep up at this moment. Absent: it always can. */
  isOverloaded?(now: number): boolean;
  /** Whether it has said what becomes of a BYE. Absent or false: the BYE is accepted. */
  answersBye?(request: SipRequest): boolean;
  /** Whether it passes on what is not for itself: requests, and the ACK of a 2xx. */
  readonly isProxy?: boolean;
  /** It was down: what was only in its memory is lost. */
  restart?(): void;
}

/** A refusal, or any other single final answer. */
export function answerWith(status: number, headers: readonly Header[] = [], afterMs = 0): Service {
  return { kind: 'answers', answers: [{ status, headers, afterMs }] };
}

/** The service with its first answer so much later. */
export function delayed(service: Service, ms: number): Service {
  switch (service.kind) {
    case 'answers': {
      const [first, ...others] = service.answers;
      if (first === undefined || ms === 0) return service;
      return { ...service, answers: [{ ...first, afterMs: first.afterMs + ms }, ...others] };
    }
    case 'silence':
      return service;
    case 'noise':
    case 'forward':
      return { ...service, afterMs: service.afterMs + ms };
  }
}

/** What the chart of the server hears of it. */
export function eventOf(service: Service): Extract<UasEvent, { type: `request.${string}` }>['type'] {
  switch (service.kind) {
    case 'silence':
    case 'noise':
      return 'request.ignored';
    case 'forward':
      return 'request.forwarded';
    case 'answers':
      return (service.answers.at(-1)?.status ?? 0) < 300 ? 'request.answered' : 'request.refused';
  }
}
