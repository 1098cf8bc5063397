import { describe, expect, it } from 'vitest';
import { firstHeader, setHeader } from '../../src/sip/header-list.js';
import type { SipRequest } from '../../src/sip/message.js';
import { octetLength } from '../../src/sip/octets.js';
import { writeMessage } from '../../src/sip/write-message.js';
import { options, requestOf, viaOf } from './messages.js';
import { next, peersAtOnePort, transportsOf, udpPeer, type UdpPeer } from './peers.js';

const CREDENTIALS = `Digest username="alice", realm="example.com", nonce="${'n'.repeat(150)}", uri="sip:b", response="${'0'.repeat(32)}"`;

/** The request with credentials, and with a body that gives it so many octets as it goes out over UDP. */
function requestOfSize(octets: number, via: string): SipRequest {
  const request = options();
  const headers = setHeader(setHeader(request.headers, 'Authorization', CREDENTIALS), 'Via', via);
  const bare = octetLength(writeMessage({ ...request, headers, body: 'x'.repeat(100) }));
  return { ...request, headers, body: 'x'.repeat(100 + octets - bare) };
}

async function setUp(
  udp: UdpPeer,
  pathMtu?: number,
): Promise<{
  transports: ReturnType<typeof transportsOf>;
  to: { transport: 'UDP'; host: string; port: number };
  sized: (octets: number) => SipRequest;
}> {
  const transports = transportsOf(pathMtu === undefined ? {} : { pathMtu });
  const to = { transport: 'UDP', host: '127.0.0.1', port: udp.port } as const;
  const local = await transports.localAddress(to);
  const port = local.kind === 'local' ? local.port : 0;
  return {
    transports,
    to,
    sized: (octets) => requestOfSize(octets, `SIP/2.0/UDP 127.0.0.1:${port};rport;branch=z9hG4bKa1`),
  };
}

describe('edge case 90: a request that is too large for UDP with its credentials (RFC 3261 §18.1.1)', () => {
  it('90: sends 1300 octets over UDP and 1301 over TCP to the same port, with TCP in the Via', async () => {
    const { udp, tcp } = await peersAtOnePort();
    const { transports, to, sized } = await setUp(udp);
    const small = await transports.send(sized(1300), to);
    expect(small).toMatchObject({ kind: 'sent', transport: 'UDP', reliable: false });
    expect(octetLength(small.kind === 'sent' ? small.text : '')).toBe(1300);

    const withoutCredentials = await transports.send({ ...sized(1301), headers: options().headers }, to);
    expect(withoutCredentials).toMatchObject({ transport: 'UDP' });

    const large = await transports.send(sized(1301), to);
    expect(large).toMatchObject({ kind: 'sent', transport: 'TCP', reliable: true, remote: { port: udp.port } });
    const arrived = await tcp.arrival(1301);
    expect(viaOf(arrived)).toMatch(/^SIP\/2\.0\/TCP 127\.0\.0\.1:\d+;rport;branch=z9hG4bKa1$/);
    expect(firstHeader(requestOf(arrived).headers, 'Authorization')).toBe(CREDENTIALS);
  });

  it('90: is bound by the path MTU less 200 octets where that is known', async () => {
    const { udp } = await peersAtOnePort();
    const { transports, to, sized } = await setUp(udp, 1000);
    expect(await transports.send(sized(800), to)).toMatchObject({ transport: 'UDP' });
    expect(await transports.send(sized(801), to)).toMatchObject({ transport: 'TCP' });
  });

  it('90: goes back to UDP when TCP is refused, with UDP in the Via', async () => {
    const udp = await udpPeer();
    const { transports, to, sized } = await setUp(udp);
    const message = next(transports, 'message');
    expect(await transports.send(sized(3000), to)).toMatchObject({ kind: 'sent', transport: 'UDP', reliable: false });
    expect(await message).toMatchObject({ kind: 'response' });
    expect(viaOf(udp.received[0]!)).toMatch(/^SIP\/2\.0\/UDP /);
  });

  it('90: stays with UDP where somebody has named it', async () => {
    const { udp, tcp } = await peersAtOnePort();
    const { transports, to, sized } = await setUp(udp);
    expect(await transports.send(sized(3000), { ...to, fixed: true })).toMatchObject({ transport: 'UDP' });
    await udp.arrival(1);
    expect(tcp.sockets).toEqual([]);
  });

  it('fails with `tooLarge` what no datagram can hold', async () => {
    const { transports, to, sized } = await setUp(await udpPeer());
    expect(await transports.send(sized(65_508), to)).toMatchObject({ kind: 'failed', failure: { code: 'tooLarge' } });
  });
});
