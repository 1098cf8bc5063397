// The promise door: for a stack with a function that sends a request and resolves with its final response.
import { belongsTo } from '../../machines/belonging.js';
import { Ending } from '../../machines/ending.js';
import { requireKind } from '../../machines/given.js';
import { isResponse, requireResponse } from '../../machines/given-message.js';
import { removeHeader } from '../sip/header-list.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import type { UacOutcome } from './uac-outcome.js';
import { createUacRequest, type UacRequestOptions } from './uac-request.js';
import { requireSendOptions } from './uac-shape.js';

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
 * §17.1) when its reason has the name `TimeoutError` or the code `ETIMEDOUT`. That holds for a bug in it, too: what
 * it rejected with is told by `onTransportError` and in the `SendResult`. One with a `SipRetryError` is no transport error: it rejects.
 */
export type Transact = (request: SipRequest, about: TransactAbout) => Promise<SipResponse>;

/** What is said of a request whose transactions are functions; everything has a default. */
export interface SendWithRetryOptions extends UacRequestOptions {
  /** Is told what `transact` has rejected with, each time, before anything follows from it; that may be a long wait. */
  readonly onTransportError?: (cause: unknown, attempt: number) => void;
}

/** How it ended. */
export interface SendResult {
  readonly outcome: UacOutcome;
  /** The last final response. A 2xx with the outcome `cancelled` has crossed the CANCEL: send ACK and BYE (RFC 3261 §15). */
  readonly response?: SipResponse;
  readonly attempts: number;
  /** What `transact` has rejected with at the last attempt; absent when that had a response. */
  readonly cause?: unknown;
}

/**
 * Sends a request until it is accepted, given up, or cancelled by `options.signal`. What a peer does never rejects.
 *
 * It rejects with what a provider of credentials, `answer`, `beforeSend` or `onTransportError` has failed with, and with a
 * SipRetryError `badRequest` when `transact` resolves with what is no final response. Then nothing is sent any more. What
 * `inspect` throws harms nothing.
 *
 * @throws SipRetryError `badRequest`, `badOptions`, `badCredentials`, `badLimits`
 */
export function sendWithRetry(
  request: SipRequest,
  transact: Transact,
  options: SendWithRetryOptions = {},
): Promise<SendResult> {
  requireSendOptions(options);
  requireKind(transact, 'function', 'transact');
  const { onTransportError, inspect, ...others } = options;
  // There is no call that what an inspector throws could leave by.
  const uac = createUacRequest(request, inspect === undefined ? others : { ...others, inspect: harmless(inspect) });
  const ending = new Ending<SendResult>();
  const result = ending.open();
  let last: AttemptEnd | undefined;
  let current = new AbortController();
  const abort = (): void => current.abort();
  // Nobody waits for the request any more, so that nothing is sent any more. A transaction in flight ends by its signal.
  const fail = (cause: unknown): void => {
    ending.reject(cause);
    uac.cancel();
    uac.transportError();
  };
  options.signal?.addEventListener('abort', abort);
  uac.on('cancel', abort);
  uac.on('send', ({ request: sent, server, attempt }) => {
    const controller = new AbortController();
    current = controller;
    const onProvisional = (response: SipResponse): void => {
      if (requireResponse(response).status < 200 && current === controller) uac.receive(echoing(sent, response));
    };
    const about = { server, attempt, signal: controller.signal, onProvisional };
    const conclude = (end: AttemptEnd): void => {
      // The request has gone on without this transaction.
      if (current !== controller) return;
      current = new AbortController();
      last = end;
      if ('cause' in end) onTransportError?.(end.cause, attempt);
      if ('response' in end) uac.receive(echoing(sent, end.response));
      else if (isTimeout(end.cause)) uac.timeout();
      else uac.transportError(end.cause);
    };
    attempted(() => transact(sent, about))
      .then(conclude)
      .catch(fail);
  });
  uac
    .start()
    .then((outcome) => ending.resolve({ outcome: asReceived(outcome, last), ...last, attempts: outcome.attempts }))
    .catch((cause: unknown) => ending.reject(cause))
    .finally(() => {
      options.signal?.removeEventListener('abort', abort);
      current.abort();
    });
  return result;
}

type AttemptEnd = { readonly response: SipResponse } | { readonly cause: unknown };

/** A stack that throws at once has failed like one that rejects. */
async function attempted(transact: () => Promise<SipResponse>): Promise<AttemptEnd> {
  try {
    const response = await transact();
    return isFinal(response) ? { response } : { cause: noFinalResponse() };
  } catch (cause) {
    return { cause };
  }
}

/** A stack may count CSeq on its own: what comes out of the transaction belongs to its request all the same. */
function echoing(sent: SipRequest, response: SipResponse): SipResponse {
  if (belongsTo(sent, response)) return response;
  return { ...response, headers: removeHeader(response.headers, 'CSeq') };
}

/** The outcome with the response as the transaction gave it. */
function asReceived(outcome: UacOutcome, last: AttemptEnd | undefined): UacOutcome {
  if (last === undefined || !('response' in last) || !('response' in outcome)) return outcome;
  return { ...outcome, response: last.response };
}

function harmless<Event>(inspect: (event: Event) => void): (event: Event) => void {
  return (event) => {
    try {
      inspect(event);
    } catch {
      // What an inspector throws harms nothing.
    }
  };
}

function isFinal(response: SipResponse): boolean {
  return isResponse(response) && response.status >= 200 && response.status <= 699;
}

function noFinalResponse(): SipRetryError {
  return new SipRetryError(
    'badRequest',
    'transact must resolve with a final response, complete with status, headers and body; tell others to onProvisional.',
  );
}

function isTimeout(reason: unknown): boolean {
  if (typeof reason !== 'object' || reason === null) return false;
  return ('name' in reason && reason.name === 'TimeoutError') || ('code' in reason && reason.code === 'ETIMEDOUT');
}
