// Which requests are kept when load must fall (RFC 7339 §5.10.1), and which a quarantined server is sent all the same.
import { tagOf, uriOf } from '../sip/address.js';
import { allHeaders, firstHeader } from '../sip/header-list.js';
import type { SipRequest } from '../sip/message.js';
import { readTokenList } from '../sip/token-list.js';

/** Why a request is more than an ordinary one, the strongest reason first. */
export type RequestUrgency =
  /** ACK, CANCEL, BYE: they end work that the server has begun; without them it does more. */
  | 'settling'
  /** An emergency call (RFC 5031). */
  | 'emergency'
  /** It belongs to a dialog that exists. */
  | 'inDialog'
  /** Its Resource-Priority is above the lowest of its namespace (RFC 4412). */
  | 'marked'
  | 'ordinary';

/** The urgency of a request. */
export function urgencyOf({ method, uri, headers }: SipRequest): RequestUrgency {
  if (SETTLING.has(method)) return 'settling';
  const to = firstHeader(headers, 'To') ?? '';
  // The Request-URI names the service until a proxy has found who answers for it; To keeps naming it (RFC 6881 §9.2).
  if (SOS.test(uri) || SOS.test(uriOf(to))) return 'emergency';
  if (tagOf(to) !== undefined) return 'inDialog';
  return readTokenList(allHeaders(headers, 'Resource-Priority')).some(isAboveLowest) ? 'marked' : 'ordinary';
}

/** Whether a request goes to a server in quarantine: its dialog has no other server, or a life may depend on it. */
export function isExemptFromQuarantine(request: SipRequest): boolean {
  const urgency = urgencyOf(request);
  return urgency === 'settling' || urgency === 'emergency' || urgency === 'inDialog';
}

const SETTLING: ReadonlySet<string> = new Set(['ACK', 'CANCEL', 'BYE']);

/** RFC 5031 §4.2: the service `sos` and those below it. */
const SOS = /^urn:service:sos(?:\.|$)/i;

/** RFC 4412 §10, RFC 7135: in dsn, drsn and q735 the last value is for everybody; ets, wps and esnet are for a few. */
function isAboveLowest(resourceValue: string): boolean {
  return /^(?:(?:ets|wps|esnet)\..|(?:dsn|drsn)\.(?!routine$).|q735\.(?!4$).)/i.test(resourceValue);
}
