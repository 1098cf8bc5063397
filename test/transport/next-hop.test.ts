import { describe, expect, it } from 'vitest';
import type { Header, SipRequest } from '../../src/sip/message.js';
import { nextHopOf } from '../../src/transport/next-hop.js';

function request(...routes: readonly string[]): SipRequest {
  return {
    method: 'BYE',
    uri: 'sip:bob@192.0.2.4',
    headers: routes.map((route): Header => ['Route', route]),
    body: '',
  };
}

describe('nextHopOf', () => {
  it('is the Request-URI when there is no Route (RFC 3261 §8.1.2)', () => {
    expect(nextHopOf(request())).toBe('sip:bob@192.0.2.4');
  });

  it('is the topmost Route when that is a loose router', () => {
    expect(nextHopOf(request('"P, 1" <sip:p1.example.com;lr>, <sip:p2.example.com;lr>'))).toBe('sip:p1.example.com;lr');
    expect(nextHopOf(request('<sip:p1.example.com;LR=on>', '<sip:p2.example.com>'))).toBe('sip:p1.example.com;LR=on');
  });

  it('is the Request-URI when the route set begins with a strict router (RFC 3261 §8.1.2, §12.2.1.1)', () => {
    expect(nextHopOf(request('<sip:p1.example.com>, <sip:p2.example.com;lr>'))).toBe('sip:bob@192.0.2.4');
    expect(nextHopOf(request('<sip:p2.example.com;lr>'), { strictRoute: true })).toBe('sip:bob@192.0.2.4');
  });

  it('is the outbound proxy when there is one', () => {
    const outboundProxy = 'sip:proxy.example.com;transport=tcp';
    expect(nextHopOf(request('<sip:p1.example.com;lr>'), { outboundProxy })).toBe(outboundProxy);
  });

  it('passes over a Route that nobody can read', () => {
    expect(nextHopOf(request('<>'))).toBe('sip:bob@192.0.2.4');
  });
});
