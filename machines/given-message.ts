// A message that the application gives: whether it has the parts that everything relies on. What they say is not looked at.
import type { SipRequest, SipResponse } from '../src/sip/message.js';
import { SipRetryError } from '../src/sip/sip-retry-error.js';

/** The request itself. @throws SipRetryError `badRequest` for what is none. */
export function requireRequest(request: SipRequest): SipRequest {
  if (isRequest(request)) return request;
  throw new SipRetryError(
    'badRequest',
    'This is no request; give method, uri and body as texts, and headers as a list of [name, value].',
  );
}

/** The response itself. @throws SipRetryError `badRequest` for what is none. */
export function requireResponse(response: SipResponse): SipResponse {
  if (isResponse(response)) return response;
  throw new SipRetryError(
    'badRequest',
    'This is no response; give status as a number, body as a text, and headers as a list of [name, value].',
  );
}

/** Whether this is a response, of whatever status. */
export function isResponse(value: unknown): boolean {
  return hasParts(value) && 'status' in value && typeof value.status === 'number';
}

function isRequest(value: unknown): boolean {
  return hasParts(value) && 'method' in value && 'uri' in value && isText(value.method) && isText(value.uri);
}

function hasParts(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    'headers' in value &&
    'body' in value &&
    isText(value.body) &&
    Array.isArray(value.headers) &&
    value.headers.every(isRow)
  );
}

function isRow(row: unknown): boolean {
  return Array.isArray(row) && isText(row[0]) && isText(row[1]);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
