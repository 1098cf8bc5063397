// The promise door: for a stack with a function that sends a request and resolves with its final response.
import type { SipRequest, SipResponse } from '../sip/message.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import type { UacOutcome } from './uac-outcome.js';
import { createUacRequest, type UacRequestOptions } from './uac-request.js';

/** What a transaction is told besides its request. */
export interface TransactAbout {
  /** Where to, when a server set is known; absent: where the Request-URI and Route lead. */
  readonly server: string | undefined;
  readonly attempt: number;
  /** Aborted when nobody wants the answer any more: an INVITE gets its CANCEL as RFC 3261 §9.1 allows, all others end. */
  readonly signal: AbortSignal;
  /** Call it with each provisional response: ringing forbids fail-over (RFC 3263 §4.3), and lets the ring time-out begin. */
  readonly onProvisional: (response: SipResponse) => void;
}

/**
 * One client transaction: resolves with the final response. A rejection is a transport error, or timer B or F (RFC 3261
 * §17.1) when its reason has the name `TimeoutError` or the code `ETIMEDOUT`.
 */
export type Transact = (request: SipRequest, about: TransactAbout) => Promise<SipResponse>;

/** How it ended. */
export interface SendResult {
  readonly outcome: UacOutcome;
  /** The last final response. A 2xx with the outcome `cancelled` has crossed the CANCEL: send ACK and BYE (RFC 3261 §15). */
  readonly response?: SipResponse;
  readonly attempts: number;
}

/**
 * Sends a request until it is accepted, given up, or cancelled by `options.signal`. What a peer does never rejects.
 *
 * @throws SipRetryError `badOptions`, `badCredentials`, `badLimits`; and `badRequest`, as a rejection, when `transact`
 * resolves with what is no final response.
 */
export function sendWithRetry(
  request: SipRequest,
  transact: Transact,
  options: UacRequestOptions = {},
): Promise<SendResult> {
  const uac = createUacRequest(request, options);
  return new Promise((resolve, reject) => {
    let response: SipResponse | undefined;
    let current = new AbortController();
    const abort = (): void => current.abort();
    options.signal?.addEventListener('abort', abort);
    uac.on('cancel', abort);
    uac.on('send', ({ request: sent, server, attempt }) => {
      const controller = new AbortController();
      current = controller;
      const onProvisional = (provisional: SipResponse): void => {
        if (current === controller && provisional.status < 200) uac.receive(provisional);
      };
      const about = { server, attempt, signal: controller.signal, onProvisional };
      void attempted(() => transact(sent, about)).then((end) => {
        // The request has gone on without this transaction.
        if (current !== controller) return;
        current = new AbortController();
        response = 'response' in end ? end.response : undefined;
        if (response === undefined) {
          if ('isTimeout' in end && end.isTimeout) uac.timeout();
          else uac.transportError();
        } else if (response.status >= 200 && response.status <= 699) {
          uac.receive(response);
        } else {
          reject(
            new SipRetryError(
              'badRequest',
              'transact must resolve with a final response; tell others to onProvisional.',
            ),
          );
          uac.cancel();
          uac.transportError();
        }
      });
    });
    uac.start().then((outcome) => {
      options.signal?.removeEventListener('abort', abort);
      current.abort();
      resolve({ outcome, ...(response && { response }), attempts: outcome.attempts });
    }, reject);
  });
}

type AttemptEnd = { readonly response: SipResponse } | { readonly isTimeout: boolean };

/** A stack that throws at once has failed like one that rejects. */
async function attempted(transact: () => Promise<SipResponse>): Promise<AttemptEnd> {
  try {
    return { response: await transact() };
  } catch (reason) {
    return { isTimeout: isTimeout(reason) };
  }
}

function isTimeout(reason: unknown): boolean {
  if (typeof reason !== 'object' || reason === null) return false;
  return ('name' in reason && reason.name === 'TimeoutError') || ('code' in reason && reason.code === 'ETIMEDOUT');
}
