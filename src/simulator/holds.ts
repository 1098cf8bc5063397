// Whether a request is as a condition of a scenario says.
import { tagOf } from '../sip/address.js';
import { readContactExpires } from '../sip/contact.js';
import { readDeltaSeconds } from '../sip/delta-seconds.js';
import { allHeaders, firstHeader, headerKey } from '../sip/header-list.js';
import type { SipRequest } from '../sip/message.js';
import { readTokenList } from '../sip/token-list.js';
import type { Condition, HeaderCondition } from './scenario.js';

/** Whether every part of the condition holds. */
export function holds(condition: Condition, request: SipRequest): boolean {
  const { method, uri, inDialog, body, contains, ...headers } = condition;
  if (method !== undefined && ![method].flat().includes(request.method)) return false;
  if (uri !== undefined && uri !== request.uri) return false;
  if (inDialog !== undefined && inDialog !== isInDialog(request)) return false;
  if (body !== undefined && body !== (request.body !== '')) return false;
  if (contains !== undefined && !request.body.includes(contains)) return false;
  return Object.entries(headers).every(([name, wanted]) => wanted === undefined || headerHolds(name, wanted, request));
}

export function isInDialog({ headers }: SipRequest): boolean {
  return tagOf(firstHeader(headers, 'To') ?? '') !== undefined;
}

/**
 * The interval that a request asks for, in seconds: the shortest that its contacts name, else Expires (RFC 3261 §10.2.1.1).
 */
export function intervalOf({ method, headers }: SipRequest): number | undefined {
  const row = readDeltaSeconds(firstHeader(headers, 'Expires') ?? '');
  if (method !== 'REGISTER') return row;
  const named = readContactExpires(allHeaders(headers, 'Contact')).filter((seconds) => seconds !== undefined);
  return named.length === 0 ? row : Math.min(...named);
}

function headerHolds(name: string, wanted: HeaderCondition, request: SipRequest): boolean {
  const values = allHeaders(request.headers, name);
  if (typeof wanted === 'boolean') return wanted === values.length > 0;
  if (typeof wanted === 'string') {
    return [...values, ...readTokenList(values)].some((value) => value.toLowerCase() === wanted.toLowerCase());
  }
  const number = headerKey(name) === 'expires' ? intervalOf(request) : numberOf(values[0]);
  if (typeof wanted === 'number') return number === wanted;
  const { atLeast, atMost, has, lacks } = wanted;
  if (has !== undefined && !values.some((value) => value.toLowerCase().includes(has.toLowerCase()))) return false;
  if (lacks !== undefined && values.some((value) => value.toLowerCase().includes(lacks.toLowerCase()))) return false;
  if (atLeast !== undefined && (number === undefined || number < atLeast)) return false;
  return atMost === undefined || (number !== undefined && number <= atMost);
}

/** The number that a value begins with: `1800;refresher=uac`. */
function numberOf(value: string | undefined): number | undefined {
  const digits = /^\s*(-?\d+(?:\.\d+)?)/.exec(value ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
