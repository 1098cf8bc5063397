// What a request of the UAC core tells its application.
import { driverEventNames, type DriverEvents } from '../../machines/driver-event.js';
import type { EventNames } from '../../machines/listeners.js';
import type { UacOutcome } from './uac-outcome.js';

/** What a request can be held for before it goes out. */
export type HoldReason = 'line' | 'quarantine' | 'ceiling' | 'overload';

/** The request is not sent yet. It is not in flight: nothing can time out. */
export interface Hold {
  readonly for: HoldReason;
  /** Epoch milliseconds, where the moment is known; it may turn out later, never earlier. */
  readonly until?: number;
  readonly server: string | undefined;
  readonly attempt: number;
}

/** The store failed; the request goes on, or ends when `onStoreFailure` is `end`. */
export interface StoreFailure {
  readonly doing: 'save' | 'remove';
  readonly id: string;
  /** What the store threw, or rejected with. */
  readonly cause: unknown;
}

/** `beforeSend` failed: nobody knows whether it wanted a veto, so the attempt is not sent and the request ends. */
export interface BeforeSendFailure {
  readonly attempt: number;
  /** What it threw or rejected with; a SipRetryError `badRequest` for what is no request, or another one. */
  readonly cause: unknown;
}

/** What a request of the UAC core tells its application, by name. */
export interface UacEvents extends Omit<DriverEvents, 'done'> {
  readonly hold: Hold;
  /** The request ends as cancelled, then `start` rejects with the cause. */
  readonly beforeSendFailure: BeforeSendFailure;
  readonly storeFailure: StoreFailure;
  readonly done: { readonly outcome: UacOutcome };
}

export const uacEventNames: EventNames<UacEvents> = {
  ...driverEventNames,
  hold: true,
  beforeSendFailure: true,
  storeFailure: true,
};
