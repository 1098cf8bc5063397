// What the gate asks of a request, put together from what the application wants and what the request can do.
import type { SipRequest } from '../sip/message.js';
import type { GateHost } from './passage.js';
import type { UacListeners } from './uac-listeners.js';
import type { CancelReason } from './uac-outcome.js';
import type { UacRequestOptions } from './uac-request.js';

/** What the request itself does. */
export interface GatedRequest {
  /** Stores the request as it is. */
  save(): void;
  /** Stores that this request is about to be sent; false, at once or later: it ends. */
  store(request: SipRequest): boolean | Promise<boolean>;
  cancel(because: CancelReason): void;
  /** The program itself has failed: once it has ended, `start` rejects with the cause. False: it has ended already. */
  fail(cause: unknown): boolean;
  isInFlight(): boolean;
}

export function gateHostOf(
  { beforeSend }: Pick<UacRequestOptions, 'beforeSend'>,
  listeners: UacListeners,
  gated: GatedRequest,
): GateHost {
  return {
    beforeSend,
    listeners,
    held: () => gated.save(),
    // CSeq is stored before it is used: after a restart it must not be used again.
    store: (request) => gated.store(request),
    beforeSendFailed: (failure) => {
      listeners.tell('beforeSendFailure', failure);
      if (gated.fail(failure.cause)) gated.cancel('beforeSendFailure');
    },
    vetoed: () => gated.cancel('vetoed'),
    // What is in flight is waited for.
    superseded: () => {
      if (!gated.isInFlight()) gated.cancel('superseded');
    },
  };
}
