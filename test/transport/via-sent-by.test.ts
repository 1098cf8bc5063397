import { describe, expect, it } from 'vitest';
import { allHeaders } from '../../src/sip/header-list.js';
import type { Header, SipRequest } from '../../src/sip/message.js';
import { sentByKey, withSentBy } from '../../src/transport/via-sent-by.js';

const HERE = { host: '192.0.2.1', port: 5070 };

function request(...vias: readonly string[]): SipRequest {
  const headers: Header[] = [['To', 'x'], ...vias.map((via): Header => ['v', via]), ['CSeq', '1 OPTIONS']];
  return { method: 'OPTIONS', uri: 'sip:a@b', headers, body: '' };
}

function viasAfter(...vias: readonly string[]): readonly string[] {
  return allHeaders(withSentBy(request(...vias), 'TCP', HERE).headers, 'Via');
}

describe('withSentBy', () => {
  it('fills in transport, sent-by and rport, and leaves the branch (RFC 3261 §18.1.1, RFC 3581 §3)', () => {
    expect(viasAfter('SIP / 2.0 / UDP placeholder.invalid ;branch=z9hG4bK1')).toEqual([
      'SIP/2.0/TCP 192.0.2.1:5070;rport;branch=z9hG4bK1',
    ]);
  });

  it('keeps other parameters, and drops what a server once filled in', () => {
    expect(viasAfter('SIP/2.0/UDP h;oc;received=192.0.2.9;RPORT=99;branch=z9hG4bK1;oc-algo="loss,rate"')).toEqual([
      'SIP/2.0/TCP 192.0.2.1:5070;rport;oc;branch=z9hG4bK1;oc-algo="loss,rate"',
    ]);
  });

  it('changes only the topmost Via', () => {
    expect(viasAfter('SIP/2.0/UDP a;branch=z9hG4bK1, SIP/2.0/UDP b;branch=z9hG4bK2', 'SIP/2.0/UDP c')).toEqual([
      'SIP/2.0/TCP 192.0.2.1:5070;rport;branch=z9hG4bK1, SIP/2.0/UDP b;branch=z9hG4bK2',
      'SIP/2.0/UDP c',
    ]);
  });

  it('changes nothing the second time', () => {
    const once = withSentBy(request('SIP/2.0/UDP h;branch=z9hG4bK1'), 'UDP', HERE);
    expect(withSentBy(once, 'UDP', HERE)).toEqual(once);
  });

  it('puts IPv6 into brackets (RFC 3261 §25.1)', () => {
    const filled = withSentBy(request('SIP/2.0/UDP h;branch=b'), 'UDP', { host: '2001:db8::1', port: 5060 });
    expect(allHeaders(filled.headers, 'Via')).toEqual(['SIP/2.0/UDP [2001:db8::1]:5060;rport;branch=b']);
  });

  it.each([[[]], [['SIP/2.0/UDP h']], [['nonsense']]])('refuses a request with the Via values %j', (vias) => {
    expect(() => withSentBy(request(...vias), 'UDP', HERE)).toThrow(
      expect.objectContaining({ name: 'SipRetryError', code: 'badRequest' }),
    );
  });
});

describe('sentByKey', () => {
  it('adds the port that counts where none is written (RFC 3261 §18.1.1)', () => {
    expect(sentByKey('Host', 'UDP')).toBe('host:5060');
    expect(sentByKey('host', 'TLS')).toBe('host:5061');
    expect(sentByKey('[2001:DB8::1]', 'TCP')).toBe('[2001:db8::1]:5060');
    expect(sentByKey('host:5070', 'TCP')).toBe('host:5070');
  });
});
