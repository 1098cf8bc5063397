// The messages and the stack that the README's examples import.
import { createSocket } from 'node:dgram';
import { EventEmitter, once } from 'node:events';
import { readMessage } from '../../src/sip/read-message.js';
import type { SipRequest, SipResponse } from '../../src/sip/message.js';
import { writeMessage } from '../../src/sip/write-message.js';

function read<K extends 'request' | 'response'>(kind: K, text: string): K extends 'request' ? SipRequest : SipResponse;
function read(kind: 'request' | 'response', text: string): SipRequest | SipResponse {
  const message = readMessage(text.replaceAll('\n', '\r\n'));
  if (message.kind === 'request' && kind === 'request') return message.request;
  if (message.kind === 'response' && kind === 'response') return message.response;
  throw new Error(`not a ${kind}`);
}

export const request = read(
  'request',
  `REGISTER sip:example.com SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1
Max-Forwards: 70
To: <sip:alice@example.com>
From: <sip:alice@example.com>;tag=1928301774
Call-ID: a84b4c76e66710@192.0.2.1
CSeq: 1 REGISTER
Contact: <sip:alice@192.0.2.1:5060>
Expires: 600

`,
);

const answer = (status: string, more: string): SipResponse =>
  read(
    'response',
    `SIP/2.0 ${status}
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1
To: <sip:alice@example.com>;tag=registrar
From: <sip:alice@example.com>;tag=1928301774
Call-ID: a84b4c76e66710@192.0.2.1
CSeq: 1 REGISTER
${more}
`,
  );

export const response = answer('423 Interval Too Brief', 'Min-Expires: 3600\n');

/** A stack that answers: first with a challenge, then with 200. */
class Transactions extends EventEmitter<{ response: [SipResponse] }> {
  #started = 0;

  start(...[request]: readonly [SipRequest, string | undefined]): void {
    if (request.method === 'REGISTER') this.#started += 1;
    const challenge = 'WWW-Authenticate: Digest realm="example.com", nonce="7e2bcb4c", qop="auth"\n';
    const response = this.#started === 1 ? answer('401 Unauthorized', challenge) : answer('200 OK', '');
    queueMicrotask(() => this.emit('response', response));
  }
}

export const transactions = new Transactions();

/** A stack that sends a request and resolves with its final response. */
export const stack = {
  transact: (request: SipRequest): Promise<SipResponse> =>
    new Promise((resolve) => {
      transactions.once('response', resolve);
      transactions.start(request, undefined);
    }),
};

/** The URI of a registrar on this machine: it asks for credentials, and does not look at them closely. */
export async function startRegistrar(): Promise<string> {
  const socket = createSocket('udp4');
  socket.on('message', (octets, { port, address }) => {
    const message = readMessage(octets);
    if (message.kind !== 'request') return;
    const { headers } = message.request;
    const isAnswered = headers.some(([name]) => name === 'Authorization');
    const echoed = headers.filter(([name]) => /^(?:Via|From|To|Call-ID|CSeq|Contact)$/.test(name));
    const challenge = ['WWW-Authenticate', 'Digest realm="example.com", nonce="7e2bcb4c", qop="auth"'] as const;
    const response: SipResponse = isAnswered
      ? { status: 200, reason: 'OK', headers: echoed, body: '' }
      : { status: 401, reason: 'Unauthorized', headers: [...echoed, challenge], body: '' };
    socket.send(writeMessage(response), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  socket.unref();
  return `sip:127.0.0.1:${socket.address().port};transport=udp`;
}
