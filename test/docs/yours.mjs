// yours.mjs: a request, and instead of a stack and a registrar something that asks for credentials, then accepts.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readMessage, writeMessage } from 'sip-retry/request';

export const { request } = readMessage(`REGISTER sip:example.com SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1
Max-Forwards: 70
To: <sip:alice@example.com>
From: <sip:alice@example.com>;tag=1928301774
Call-ID: a84b4c76e66710@192.0.2.1
CSeq: 1 REGISTER
Contact: <sip:alice@192.0.2.1:5060>

`);

export async function transact({ headers }) {
  const echoed = headers.filter(([name]) => ['Via', 'From', 'To', 'Call-ID', 'CSeq', 'Contact'].includes(name));
  const challenge = ['WWW-Authenticate', 'Digest realm="example.com", nonce="7e2bcb4c", qop="auth"'];
  return headers.some(([name]) => name === 'Authorization')
    ? { status: 200, reason: 'OK', headers: echoed, body: '' }
    : { status: 401, reason: 'Unauthorized', headers: [...echoed, challenge], body: '' };
}

export async function startRegistrar() {
  const socket = createSocket('udp4', async (octets, { port, address }) => {
    socket.send(writeMessage(await transact(readMessage(octets).request)), port, address);
  });
  socket.bind(0, '127.0.0.1').unref();
  await once(socket, 'listening');
  return `sip:127.0.0.1:${socket.address().port};transport=udp`;
}
