// The classes of status codes (RFC 3261 §7.2), and the events that responses are.
import { SipRetryError } from './sip-retry-error.js';

/** The class of a status code, its first digit. */
export type StatusClass = '1xx' | '2xx' | '3xx' | '4xx' | '5xx' | '6xx';

/**
 * The class of a status code.
 *
 * @throws SipRetryError `badRequest` for anything but an integer from 100 to 699 (RFC 3261 §7.2).
 */
export function classOf(status: number): StatusClass {
  const statusClass = Number.isInteger(status) ? CLASSES[Math.floor(status / 100) - 1] : undefined;
  if (statusClass === undefined) {
    throw new SipRetryError('badRequest', `A status code is an integer from 100 to 699, and ${status} is none.`);
  }
  return statusClass;
}

/**
 * The type of the event that a response with this status code is: `response.4xx.401`.
 *
 * @throws SipRetryError `badRequest` for anything but an integer from 100 to 699 (RFC 3261 §7.2).
 */
export function eventTypeOf(status: number): `response.${StatusClass}.${number}` {
  return `response.${classOf(status)}.${status}`;
}

const CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx', '6xx'] as const;
