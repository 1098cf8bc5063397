import { describe, expect, it } from 'vitest';
import { firstHopOf, isSameHop, leadsElsewhere } from '../../src/request/first-hop.js';
import { invite } from './messages.js';

describe('firstHopOf', () => {
  it('is the Request-URI when there is no Route, and when nobody can read it (RFC 3261 §8.1.2)', () => {
    expect(firstHopOf(invite())).toBe('sip:bob@biloxi.example');
    expect(firstHopOf(invite('Route: <>'))).toBe('sip:bob@biloxi.example');
  });

  it('is the topmost Route when that is a loose router, else the Request-URI', () => {
    expect(firstHopOf(invite('Route: "P, 1" <sip:p1.example;LR>, <sip:p2.example>'))).toBe('sip:p1.example;LR');
    expect(firstHopOf(invite('Route: <sip:p1.example>, <sip:p2.example;lr>'))).toBe('sip:bob@biloxi.example');
  });
});

describe('isSameHop', () => {
  it.each([
    ['sip:alice@Example.com', 'sip:bob@example.com;user=phone', true],
    ['sip:example.com', 'sip:example.org', false],
    ['sip:example.com', 'sip:example.com:5060', false],
    ['sip:example.com', 'sips:example.com', false],
    ['sip:example.com;transport=TCP', 'sip:example.com;transport=tcp', true],
    ['sip:a.example;maddr=192.0.2.1', 'sip:a.example', false],
    ['sip:example.com;transport=tcp', 'sip:example.com;transport=udp', false],
    ['sip:example.com;transport=tcp', 'sip:example.com', false],
    ['sip:example.com:5060', 'sip:example.com:5061', false],
    ['sip:a.example;maddr=192.0.2.1', 'sip:a.example;maddr=192.0.2.2', false],
    ['no uri', 'no uri', true],
    ['no uri', 'sip:example.com', false],
  ])('%s and %s: %s', (one, other, same) => {
    expect(isSameHop(one, other)).toBe(same);
  });
});

describe('leadsElsewhere', () => {
  const before = invite();
  const next = invite('', { uri: 'sip:carol@chicago.example' });
  const redirected = { type: 'tryOtherTarget', uri: next.uri, as: 'requestUri' } as const;

  it('holds for a redirection to a hop with another server set (RFC 3261 §8.1.2)', () => {
    expect(leadsElsewhere(redirected, before, next)).toBe(true);
    expect(leadsElsewhere({ type: 'chooseTarget', choices: [next.uri] }, before, next)).toBe(true);
    expect(leadsElsewhere(redirected, before, invite('', { uri: 'sip:carol@biloxi.example' }))).toBe(false);
  });

  it('does not hold for a corrected request: it goes to the server that answered (RFC 3261 §8.1.3.5)', () => {
    expect(leadsElsewhere({ type: 'changeUri', uri: next.uri, why: 'scheme' }, before, next)).toBe(false);
  });
});
