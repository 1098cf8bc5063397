// One attempt on its way through the gate, and what the gate asks of the request that it belongs to.
import type { Departure } from '../../machines/driver-means.js';
import type { OverloadControl } from '../budget/overload-control.js';
import type { SipRequest } from '../sip/message.js';
import type { Environment } from '../timing/environment.js';
import type { BeforeSend } from './before-send.js';
import type { CeilingPlace } from './ceiling-queue.js';
import { serverOf } from './request-place.js';
import type { BeforeSendFailure } from './uac-event.js';
import type { UacListeners } from './uac-listeners.js';

/** What the gate asks of its request. */
export interface GateHost {
  readonly beforeSend: BeforeSend | undefined;
  /** What is told, and what the application throws, goes through them. */
  readonly listeners: UacListeners;
  /** The attempt is held; before that is told. */
  held(): void;
  /** Stores that this request is about to be sent; false, at once or later, ends it. */
  store(request: SipRequest): boolean | Promise<boolean>;
  /** `beforeSend` has failed. */
  beforeSendFailed(failure: BeforeSendFailure): void;
  /** The application does not want it to be sent. */
  vetoed(): void;
  /** A removal of the same registration is waiting. */
  superseded(): void;
}

/** One attempt on its way through the gate. */
export interface Passage {
  readonly departure: Departure;
  readonly go: (request: SipRequest) => void;
  /** What goes out, as `beforeSend` left it. */
  request: SipRequest;
  /** The moment at which the wait or the hold began; absent: it has not waited. */
  waitingSince: number | undefined;
  place: CeilingPlace | undefined;
  isAdmitted: boolean;
  isAsked: boolean;
  isStored: boolean;
  refusals: number;
  /** Ends the present hold. */
  stop: (() => void) | undefined;
}

export function passageOf(
  departure: Departure,
  go: (request: SipRequest) => void,
  waitingSince: number | undefined,
): Passage {
  return {
    departure,
    go,
    request: departure.request,
    waitingSince,
    place: undefined,
    isAdmitted: false,
    isAsked: false,
    isStored: false,
    refusals: 0,
    stop: undefined,
  };
}

/** The server that the attempt goes to. */
export function serverIn({ departure, request }: Passage): string {
  return departure.server ?? serverOf(request);
}

/** When overload control is asked again, on the scale of `now()`; at least a millisecond later. */
export function askAgainAt(
  refusal: Exclude<ReturnType<OverloadControl['admit']>, { admitted: true }>,
  refusals: number,
  { clock, random }: Environment,
): number {
  const now = clock.now();
  if (refusal.because === 'rate') return Math.max(refusal.at, now + 1);
  // RFC 7339 leaves it open: a back-off as for a 503 without Retry-After, not beyond the end of the restriction.
  const backoff = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (refusals - 1)) * (0.5 + random() / 2);
  return Math.max(Math.min(refusal.until, now + backoff), now + 1);
}

const FIRST_BACKOFF_MS = 4_000;
const LONGEST_BACKOFF_MS = 32_000;
