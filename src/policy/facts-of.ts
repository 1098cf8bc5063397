// From messages to facts: parsed once, so that conditions only look.
import type { SipRequest, SipResponse } from '../sip/message.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import type { Client, Facts, Origin, RequestFacts, ResponseFacts } from './facts.js';
import { emptyHistory, type History } from './history.js';
import { defaultLimits, type Limits } from './limits.js';
import { readRequestFacts } from './request-facts.js';
import { RequestReader } from './request-reader.js';
import { type ReadingContext, readResponseFacts, ResponseReader, silence } from './response-facts.js';

/** An end of the attempt that no response brought. */
export type LocalOutcome = 'timeout' | 'transportError' | 'restart';

/** What the application knows besides the two messages. */
export interface FactsOptions {
  readonly client?: Client;
  readonly limits?: Limits;
  /** Milliseconds since the first attempt; 0 by default. */
  readonly elapsedMs?: number;
  /** From 0 up to 1, for spreads and timers; 0.5 by default, so that a decision without chance is the middle one. */
  readonly random?: number;
  /** Epoch milliseconds; only for a Retry-After that is a date. */
  readonly now?: number;
  readonly budgetBalance?: number;
  readonly ceilingLeft?: number;
}

/**
 * Everything that a decision may look at, from the request that was sent and what came back.
 *
 * A timeout is treated as 408 and a fatal transport error as 503 (RFC 3261 §8.1.3.1). Total: whatever a peer sent is
 * read as far as it can be, and the rest counts as absent.
 * @throws SipRetryError `badRequest` for what is no message, and for a provisional response: nothing is decided on it.
 */
export function factsOf(
  request: SipRequest,
  response: SipResponse | LocalOutcome,
  history: History = emptyHistory,
  options: FactsOptions = {},
): Facts {
  return gather(request, response, history, options, readRequestFacts, readResponseFacts);
}

/**
 * The same facts, but those of the two messages are read when they are looked at, and are no plain data: for a decision
 * that is made at once, which looks at a few of them.
 */
export function factsOnDemand(
  request: SipRequest,
  response: SipResponse | LocalOutcome,
  history: History,
  options: FactsOptions,
): Facts {
  return gather(request, response, history, options, readerOfRequest, readerOfResponse);
}

function readerOfRequest(request: SipRequest, client: Client): RequestFacts {
  return new RequestReader(request, client);
}

function readerOfResponse(response: SipResponse, context: ReadingContext): ResponseFacts {
  return new ResponseReader(response, context);
}

function gather(
  request: SipRequest,
  response: SipResponse | LocalOutcome,
  history: History,
  options: FactsOptions,
  readRequest: typeof readRequestFacts,
  readResponse: typeof readResponseFacts,
): Facts {
  const { client = {}, limits = defaultLimits, elapsedMs = 0, random = 0.5, now } = options;
  const mistake = mistakeIn(request, response);
  if (mistake !== undefined) throw new SipRetryError('badRequest', mistake);
  const local = typeof response === 'string';
  return {
    status: local ? localOutcomes[response].status : response.status,
    origin: local ? localOutcomes[response].origin : 'wire',
    response: local ? silence : readResponse(response, { history, client, limits, now, uri: request.uri }),
    request: readRequest(request, client),
    history,
    client,
    limits,
    elapsedMs,
    random,
    budgetBalance: options.budgetBalance,
    ceilingLeft: options.ceilingLeft,
  };
}

/** What is wrong with the arguments of a program that nothing has checked. */
function mistakeIn(request: SipRequest, response: SipResponse | LocalOutcome): string | undefined {
  if (!Array.isArray(request?.headers))
    return 'The request must have a method, a uri, headers and a body: see readMessage.';
  if (typeof response === 'string') {
    return Object.hasOwn(localOutcomes, response)
      ? undefined
      : `Use ${Object.keys(localOutcomes).join(', ')} or a response.`;
  }
  if (!Array.isArray(response?.headers))
    return 'The response must have a status, a reason, headers and a body: see readMessage.';
  if (response.status >= 200) return undefined;
  return `Nothing is decided on ${response.status}: it is no final response. Use noteProvisional for a provisional one.`;
}

const localOutcomes: { readonly [K in LocalOutcome]: { readonly status: number; readonly origin: Origin } } = {
  timeout: { status: 408, origin: 'timer' },
  transportError: { status: 503, origin: 'transport' },
  restart: { status: 408, origin: 'restart' },
};
