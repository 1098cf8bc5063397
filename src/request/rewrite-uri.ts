// Another Request-URI: 3xx and 305 (RFC 3261 §8.1.3.4, §21.3.4), 414, 416, 484, 485. Only more digits change the To.
import type { Action, ActionOf } from '../policy/action.js';
import { uriOf, withoutTag, withUri } from '../sip/address.js';
import { allHeaders, firstHeader, replaceHeaders, setHeader } from '../sip/header-list.js';
import type { SipRequest } from '../sip/message.js';
import { parseUri, uriTest, userPart, withUser } from '../sip/uri.js';
import type { Materials } from './materials.js';

/** The URI that is shorter, or of a scheme that the server knows. */
export function changeUri(request: SipRequest, { uri }: ActionOf<'changeUri'>): SipRequest {
  return withRequestUri(request, uri);
}

/**
 * The address that somebody chose from those that were listed. Another one is not sent: the list holds none that was
 * tried (RFC 3261 §8.1.3.4) and none that would leave SIPS (RFC 5630 §5.1.1).
 */
export function chooseTarget(
  request: SipRequest,
  { choices }: ActionOf<'chooseTarget'>,
  { target, proxyRoute }: Materials,
): SipRequest {
  const chosen = target === undefined ? undefined : choices.find(uriTest(requestUriOf(bareUri(target))));
  return chosen === undefined ? request : withRequestUri(withoutProxyRoute(request, proxyRoute), chosen);
}

// RFC 3261 §21.3.4: "The requested resource MUST be accessed through the proxy given by the Contact field."
export function tryOtherTarget(
  request: SipRequest,
  { uri, as }: ActionOf<'tryOtherTarget'>,
  { proxyRoute }: Materials,
): SipRequest {
  const direct = withoutProxyRoute(request, proxyRoute);
  return as === 'requestUri' ? withRequestUri(direct, uri) : withRoutes(direct, [routeTo(uri), ...routesOf(direct)]);
}

/**
 * The Route that a 305 has put first, once this action is carried out. It belongs to one target: "The recipient is
 * expected to repeat this single request via the proxy" (RFC 3261 §21.3.4), so it goes where another target is tried.
 */
export function proxyRouteAfter(action: Action, before: string | undefined): string | undefined {
  if (action.type === 'chooseTarget') return undefined;
  if (action.type !== 'tryOtherTarget') return before;
  return action.as === 'requestUri' ? undefined : routeTo(action.uri);
}

/** RFC 3578 §3.2: all digits in the Request-URI and in To, which has no tag again. A preloaded Route stays. */
export function extendDigits(request: SipRequest, _: ActionOf<'extendDigits'>, { digits = '' }: Materials): SipRequest {
  const dialled = digits.replace(/[^0-9*#a-d]/gi, '');
  const uri = withMoreDigits(request.uri, dialled);
  if (uri === request.uri) return request;
  const to = firstHeader(request.headers, 'To');
  if (to === undefined) return { ...request, uri };
  const longer = withoutTag(withUri(to, withMoreDigits(uriOf(to), dialled)));
  return { ...request, uri, headers: setHeader(request.headers, 'To', longer) };
}

/** Whether two Request-URIs name different hosts, so that credentials for the one are none of the other's business. */
export function isAnotherHost(uri: string, other: string): boolean {
  const [one, two] = [parseUri(uri), parseUri(other)];
  return one === undefined || two === undefined || one.host.toLowerCase() !== two.host.toLowerCase();
}

/** The Routes that the program gave stay, and so does everything once the program has put another one first. */
function withoutProxyRoute(request: SipRequest, proxyRoute: string | undefined): SipRequest {
  const [first, ...others] = routesOf(request);
  return proxyRoute === undefined || first !== proxyRoute ? request : withRoutes(request, others);
}

function routeTo(uri: string): string {
  const proxy = requestUriOf(uri);
  const isLoose = parseUri(proxy)?.params.some(([name]) => name.toLowerCase() === 'lr') === true;
  return isLoose ? `<${proxy}>` : `<${proxy};lr>`;
}

function routesOf({ headers }: SipRequest): readonly string[] {
  return allHeaders(headers, 'Route');
}

function withRoutes(request: SipRequest, routes: readonly string[]): SipRequest {
  return { ...request, headers: replaceHeaders(request.headers, 'Route', routes) };
}

function withRequestUri(request: SipRequest, uri: string): SipRequest {
  return { ...request, uri: requestUriOf(uri) };
}

/** Without angle brackets, parameters are those of a header field, but somebody who types an address means the URI. */
function bareUri(address: string): string {
  return address.includes('<') ? uriOf(address) : address.trim();
}

/** Neither `method` nor `headers` may stand in a Request-URI (RFC 3261 §8.1.3.4, §19.1.1). */
function requestUriOf(uri: string): string {
  const host = uri.indexOf('@') + 1;
  return uri.slice(0, host) + uri.slice(host).replace(/;\s*method\s*=[^;?]*|\?[^]*$/gi, '');
}

/** The digits go behind the number, before its parameters (`+1212;phone-context=x`); what is no number stays. */
function withMoreDigits(uri: string, digits: string): string {
  const user = /^tel:([^]*)$/i.exec(uri)?.[1] ?? userPart(uri) ?? '';
  const [number = ''] = user.split(';');
  if (!/^\+?(?:[0-9*#a-d().-]|%23)+$/i.test(number) || !/[0-9*#]/.test(number)) return uri;
  const longer = number + digits + user.slice(number.length);
  return /^tel:/i.test(uri) ? uri.slice(0, 'tel:'.length) + longer : withUser(uri, longer);
}
