// A response that SIP.js hands on, as one of ours.
import type { Header, SipResponse } from '../../sip/message.js';
import { readMessage } from '../../sip/read-message.js';
import type { SipJsResponseMessage } from './stack.js';

/** Read from the text that came; where our reader would discard it, what SIP.js made of it. */
export function readResponse(message: SipJsResponseMessage): SipResponse {
  const read = message.data === undefined ? undefined : readMessage(message.data);
  if (read?.kind === 'response' && read.response.status === message.statusCode) return read.response;
  return {
    status: message.statusCode ?? 0,
    reason: message.reasonPhrase ?? '',
    headers: Object.entries(message.headers).flatMap(([name, rows]) => rows.map(({ raw }): Header => [name, raw])),
    body: message.body ?? '',
  };
}

/** Whether SIP.js made it after a timeout or a transport error, so that nothing came from a server (RFC 3261 §8.1.3.1). */
export function isMadeUp({ data }: SipJsResponseMessage): boolean {
  return data === undefined;
}
