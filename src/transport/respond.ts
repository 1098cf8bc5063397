// Responses to requests that came in (RFC 3261 §18.2): back to where they came from, and to no other address.
import { allHeaders, replaceHeaders } from '../sip/header-list.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import { octetsOf } from '../sip/octets.js';
import { splitOutside } from '../sip/split-outside.js';
import { topVia } from '../sip/via.js';
import { writeMessage } from '../sip/write-message.js';
import type { Source } from './inbox.js';
import type { Responded } from './sent.js';
import type { StreamConnection } from './stream-connection.js';
import type { UdpSockets } from './udp.js';

/**
 * The request with the source in its topmost Via: "the server MUST add a "received" parameter" where sent-by is a name
 * or another address (RFC 3261 §18.2.1), and fill in an `rport` that asks for it (RFC 3581 §4).
 */
export function withSource(request: SipRequest, { host, port }: Source): SipRequest {
  const [first = '', ...others] = allHeaders(request.headers, 'Via');
  const [top = ''] = splitOutside(first, ',');
  const [head = '', ...params] = splitOutside(top, ';').map((piece) => piece.trim());
  const asksForPort = params.some((param) => /^rport\s*=?\s*$/i.test(param));
  const sentByHost = topVia(request.headers)
    ?.sentBy.replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '');
  if (sentByHost === undefined || (!asksForPort && sentByHost === host)) return request;
  const kept = params.filter((param) => param !== '' && !/^(?:received|rport)\b/i.test(param));
  const marked = [head, ...kept, `received=${host}`, ...(asksForPort ? [`rport=${port}`] : [])].join(';');
  const headers = replaceHeaders(request.headers, 'Via', [marked + first.slice(top.length), ...others]);
  return { ...request, headers };
}

/**
 * Sends a response. "If the "sent-protocol" is a reliable transport protocol …, the response MUST be sent using the
 * existing connection"; over UDP it goes to the source address, and to the port of sent-by unless `rport` was asked for
 * (RFC 3261 §18.2.2, RFC 3581 §4). A `maddr` is not obeyed: it would let anybody aim our responses.
 */
export async function respondTo(
  response: SipResponse,
  source: Source,
  ways: { readonly udp: UdpSockets; readonly connection: StreamConnection | undefined },
): Promise<Responded> {
  const text = writeMessage(response);
  const octets = octetsOf(text);
  if (source.transport === 'UDP') {
    const failure = await ways.udp.send(octets, { host: source.host, port: portOf(response, source) });
    return failure === undefined ? { kind: 'sent', text } : { kind: 'failed', failure };
  }
  const failure =
    ways.connection === undefined
      ? ({ code: 'connectionLost', why: 'The connection of the request is not known; pass its source on.' } as const)
      : await ways.connection.write(octets);
  return failure === undefined ? { kind: 'sent', text } : { kind: 'failed', failure };
}

function portOf(response: SipResponse, source: Source): number {
  const via = topVia(response.headers);
  const asked = via?.params.some(([name]) => name.toLowerCase() === 'rport') === true;
  const written = Number(/:(\d+)$/.exec(via?.sentBy ?? '')?.[1] ?? 5060);
  return asked || written < 1 || written > 65_535 ? source.port : written;
}
