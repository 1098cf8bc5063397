// What a registration tells its application: its own news, and what its request in progress tells.
import type { EventNames } from '../../machines/listeners.js';
import type { Decision } from '../policy/decide.js';
import type { GiveUpReason } from '../policy/reason.js';
import { uacEventNames, type UacEvents } from './uac-event.js';
import type { CancelReason, UacOutcome } from './uac-outcome.js';

/**
 * - `idle`: not started.
 * - `registering`: a REGISTER is on its way, or held, or waits as the registrar asked it to.
 * - `registered`: the binding stands and will be refreshed.
 * - `probing`: it failed and will be tried again.
 * - `unregistering`: the removal is on its way.
 * - `stopped`: nothing more is sent.
 */
export type RegistrationState = 'idle' | 'registering' | 'registered' | 'probing' | 'unregistering' | 'stopped';

/** Why a registration is tried again later. */
export type ProbeCause =
  | { readonly type: 'gaveUp'; readonly outcome: Extract<UacOutcome, { type: 'gaveUp' }> }
  /** The request would have waited; from the first failure on, the registration decides for how long (RFC 5626 §4.5). */
  | { readonly type: 'backOff'; readonly decision: Decision }
  /** A 2xx that does not list our contact (RFC 3261 §10.2.4). */
  | { readonly type: 'notGranted'; readonly missing: readonly string[] }
  /** Something else that shares the core has cancelled the request. */
  | { readonly type: 'cancelled'; readonly because: CancelReason };

/** Why a registration sends nothing more. Until `changed()`, or `start()` where the application ended it. */
export type StopReason = GiveUpReason | 'vetoed' | 'beforeSendFailure' | 'unregistered' | 'stopped' | 'aborted';

/**
 * What a registration tells its application, by name: its own news, and what the REGISTER in progress tells. `cancel`,
 * `hangUp` and `storeFailure` never come, because a REGISTER has no CANCEL and is not stored by itself. After an
 * `askFailure` or a `beforeSendFailure` the registration stops; `changed` goes on with it.
 */
export interface RegistrationEvents extends Omit<UacEvents, 'done'> {
  readonly registered: {
    readonly grantedSeconds: number;
    /** Epoch milliseconds. */
    readonly refreshAt: number;
    /** Our contact as the registrar lists it; the first, where there are several. */
    readonly contact: string;
    /** Contacts of ours that were not bound. */
    readonly missing: readonly string[];
  };
  /** Not registered, as far as is known; tried again then (epoch milliseconds). */
  readonly probing: { readonly at: number; readonly because: ProbeCause };
  readonly stopped: { readonly because: StopReason; readonly outcome?: UacOutcome };
}

export const registrationEventNames: EventNames<RegistrationEvents> = {
  ...uacEventNames,
  registered: true,
  probing: true,
  stopped: true,
};

/** Where news go, and whether anybody listens. */
export interface RegistrationNews {
  hears(type: keyof RegistrationEvents): boolean;
  tell<K extends keyof RegistrationEvents>(type: K, event: RegistrationEvents[K]): void;
}
