// Where the next request may go: other servers (RFC 3263 §4.3), other targets (RFC 3261 §8.1.3.4), other Request-URIs.
import type { ActionOf } from './action.js';
import { isSips } from '../sip/uri.js';
import type { Facts } from './facts.js';

/** A server of the server set that this request has not been sent to. */
export function serverLeft(facts: Facts): boolean {
  return nextServer(facts) !== undefined;
}

/**
 * RFC 3263 §4.3: the copy for the next server is identical but for the Via branch when the first server never answered
 * or said 503. After any other final response it is a new request (RFC 3261 §21.4: the same request to a different
 * server might be successful).
 */
export function planServer(facts: Facts): ActionOf<'tryOtherServer'> | undefined {
  const server = nextServer(facts);
  if (server === undefined) return undefined;
  const unanswered = facts.origin !== 'wire' || facts.status === 503;
  return { type: 'tryOtherServer', server, reorigination: unanswered ? 'failover' : 'retry' };
}

/** Addresses of this response, or of an earlier redirection, that were not tried. */
export function targetLeft(facts: Facts): boolean {
  return nextTarget(facts) !== undefined;
}

export function planTarget(facts: Facts): ActionOf<'tryOtherTarget'> | undefined {
  const uri = nextTarget(facts);
  if (uri === undefined) return undefined;
  // RFC 3261 §21.3.4: the request MUST be repeated through the proxy given by the Contact field.
  return { type: 'tryOtherTarget', uri, as: facts.status === 305 && hasChoices(facts) ? 'route' : 'requestUri' };
}

/** Addresses that the response lists and that were not tried. */
export function hasChoices({ response }: Facts): boolean {
  return response.choices.length > 0;
}

export function planChoice({ response }: Facts): ActionOf<'chooseTarget'> | undefined {
  const { choices } = response;
  return choices.length === 0 ? undefined : { type: 'chooseTarget', choices };
}

/**
 * The `headers` part has no place in a Request-URI (RFC 3261 §19.1.1); more only the application can shorten. Inside a
 * dialog the Request-URI is the peer's Contact (§12.2.1.1) and not ours to change.
 */
export function uriCanShorten(facts: Facts): boolean {
  return !facts.request.inDialog && shorterUri(facts) !== undefined;
}

/** A tel URI becomes a SIP URI (RFC 3261 §19.1.6). A SIPS URI never does: RFC 5630 §5.1.1. */
export function uriConvertible({ request }: Facts): boolean {
  return request.sipUri !== undefined;
}

export function planUri(facts: Facts): ActionOf<'changeUri'> | undefined {
  const why = facts.status === 414 ? 'length' : 'scheme';
  const uri = why === 'length' ? shorterUri(facts) : facts.request.sipUri;
  return uri === undefined ? undefined : { type: 'changeUri', uri, why };
}

/** RFC 3261 §21.4.22: more digits may make the number complete. */
export function digitsExtendable({ request, client }: Facts): boolean {
  return request.dialled !== undefined && client.digitsLeft !== 0;
}

export function planDigits({ request }: Facts): ActionOf<'extendDigits'> | undefined {
  return request.dialled === undefined ? undefined : { type: 'extendDigits', dialled: request.dialled };
}

/** RFC 3261 §20.22: 70 is recommended. A low value on OPTIONS is a traceroute, and 483 its result. */
export function maxForwardsLow({ request, history }: Facts): boolean {
  if (request.method === 'OPTIONS' || history.taken.raiseMaxForwards !== undefined) return false;
  return request.maxForwards !== undefined && request.maxForwards < USUAL_MAX_FORWARDS;
}

export const USUAL_MAX_FORWARDS = 70;

/** Sending it twice leaves the same state behind: a registration, a subscription, a publication, a question. */
export function isRepeatable({ request }: Facts): boolean {
  return REPEATABLE.has(request.method);
}

/** RFC 4321 §1.1: the request may have been carried out although its answer never came. */
export function wasExecutedMaybe({ request }: Facts): boolean {
  return request.method === 'MESSAGE' || request.method === 'INFO' || request.method === 'REFER';
}

/**
 * `redial` is about calls, messages and the like. An OPTIONS has got its answer (RFC 3261 §11.2), and a registrar that
 * does not know the address-of-record is a matter of configuration (§10.3 step 5).
 */
export function redialWanted({ request, client }: Facts): boolean {
  if (request.method === 'OPTIONS' || request.method === 'REGISTER') return false;
  return client.redial === true || client.redial === 'sameCallId';
}

const REPEATABLE: ReadonlySet<string> = new Set(['REGISTER', 'SUBSCRIBE', 'PUBLISH', 'OPTIONS']);

function nextServer({ client, history, request }: Facts): string | undefined {
  const { servers } = client;
  if (servers === undefined) return undefined;
  const inUse = history.server ?? servers[0];
  const { uri } = request;
  return servers.find(
    (server) => server !== inUse && !history.serversTried.includes(server) && !(NEVER_TLS.test(server) && isSips(uri)),
  );
}

/** A server that is reached without TLS is none for a SIPS URI (RFC 3261 §26.2.2). */
const NEVER_TLS = /;\s*transport\s*=\s*(?:udp|ws)\s*(?:;|$)/i;

function nextTarget({ status, request, response, history }: Facts): string | undefined {
  const chosen = status < 400 ? response.choices[0] : undefined;
  return chosen ?? history.targetsLeft.find((uri) => uri !== request.uri && !history.targetsTried.includes(uri));
}

function shorterUri({ request, client }: Facts): string | undefined {
  const given = client.shorterUri;
  if (given !== undefined && given.length < request.uri.length) return given;
  const end = request.uri.indexOf('?');
  return end < 0 ? undefined : request.uri.slice(0, end);
}
