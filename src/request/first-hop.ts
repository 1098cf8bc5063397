// Where a request goes first (RFC 3261 §8.1.2): the URI whose server set RFC 3263 gives.
import type { Action } from '../policy/action.js';
import { uriOf } from '../sip/address.js';
import { firstHeader } from '../sip/header-list.js';
import type { SipRequest } from '../sip/message.js';
import { paramOf } from '../sip/params.js';
import { splitOutside } from '../sip/split-outside.js';
import { parseUri } from '../sip/uri.js';

/**
 * The topmost Route, else the Request-URI. "If the first element in the route set indicated a strict router, the
 * procedures MUST be applied to the Request-URI" (RFC 3261 §8.1.2): so a topmost Route without `lr` is passed over.
 */
export function firstHopOf({ uri: target, headers }: SipRequest): string {
  const [route = ''] = splitOutside(firstHeader(headers, 'Route') ?? '', ',');
  const uri = uriOf(route).trim();
  const parsed = parseUri(uri);
  return parsed !== undefined && paramOf(parsed.params, 'lr') !== undefined ? uri : target;
}

/** Whether two hops have the same server set, so that servers tried for the one count for the other. */
export function isSameHop(one: string, other: string): boolean {
  return one === other || hopKey(one) === hopKey(other);
}

/**
 * Whether an action leads to a hop with another server set. Only a redirection does: a corrected request goes to the
 * server that answered, whatever its URI is now (RFC 3261 §8.1.2, §8.1.3.5).
 */
export function leadsElsewhere({ type }: Action, before: SipRequest, next: SipRequest): boolean {
  if (type !== 'tryOtherTarget' && type !== 'chooseTarget') return false;
  return !isSameHop(firstHopOf(before), firstHopOf(next));
}

/** What RFC 3263 looks at: scheme, TARGET, port and transport; the user part plays no role. */
function hopKey(text: string): string {
  const uri = parseUri(text);
  if (uri === undefined) return text;
  const host = paramOf(uri.params, 'maddr') ?? uri.host;
  const transport = paramOf(uri.params, 'transport') ?? '';
  return [uri.scheme, uri.host, host, String(uri.port ?? ''), transport].join(' ').toLowerCase();
}
