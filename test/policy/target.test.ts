import { describe, expect, it } from 'vitest';
import { planDigits, planServer, planTarget, planUri, redialWanted, targetLeft } from '../../src/policy/target.js';
import { factsWith } from './arbitrary-facts.js';

describe('planTarget', () => {
  it('takes no address from an answer that is no redirection', () => {
    const facts = factsWith({ status: 404, response: { choices: ['sip:a@h'] } });
    expect(targetLeft(facts)).toBe(false);
    expect(planTarget(facts)).toBeUndefined();
  });

  it('passes over a target that was tried since (RFC 3261 §8.1.3.4)', () => {
    const history = { targetsLeft: ['sip:here@h', 'sip:a@h', 'sip:b@h'], targetsTried: ['sip:a@h'] };
    expect(planTarget(factsWith({ status: 404, history, request: { uri: 'sip:here@h' } }))).toEqual({
      type: 'tryOtherTarget',
      uri: 'sip:b@h',
      as: 'requestUri',
    });
  });
});

describe('planServer', () => {
  const client = { servers: ['sip:a', 'sip:b', 'sip:c'] };

  it.each([
    ['timer', 408, 'failover'],
    ['transport', 503, 'failover'],
    ['wire', 503, 'failover'],
    ['wire', 500, 'retry'],
    ['wire', 408, 'retry'],
  ] as const)('after %s %i sends a %s (RFC 3263 §4.3)', (origin, status, reorigination) => {
    expect(planServer(factsWith({ origin, status, client }))).toEqual({
      type: 'tryOtherServer',
      server: 'sip:b',
      reorigination,
    });
  });

  it('takes the first that is neither in use nor tried', () => {
    const history = { server: 'sip:b', serversTried: ['sip:a'] };
    expect(planServer(factsWith({ client, history }))?.server).toBe('sip:c');
    expect(
      planServer(factsWith({ client, history: { ...history, serversTried: ['sip:a', 'sip:c'] } })),
    ).toBeUndefined();
    expect(planServer(factsWith())).toBeUndefined();
  });
});

describe('planServer for a SIPS URI', () => {
  const servers = ['sip:a', 'sip:b;transport=udp', 'sip:c;lr; Transport=WS', 'sip:d;transport=tls'];

  it('passes over servers that are reached without TLS (RFC 3261 §26.2.2)', () => {
    const { request } = factsWith();
    const secure = { ...request, uri: 'sips:bob@biloxi.example' };
    expect(planServer(factsWith({ request: secure, client: { servers } }))?.server).toBe('sip:d;transport=tls');
    expect(planServer(factsWith({ client: { servers } }))?.server).toBe('sip:b;transport=udp');
  });
});

describe('planUri, planDigits', () => {
  it('has nothing to plan where nothing can be changed', () => {
    expect(planUri(factsWith({ status: 416 }))).toBeUndefined();
    expect(planUri(factsWith({ status: 414 }))).toBeUndefined();
    expect(planDigits(factsWith({ status: 484 }))).toBeUndefined();
  });
});

describe('redialWanted', () => {
  it.each([
    [true, 'INVITE', true],
    ['sameCallId', 'MESSAGE', true],
    [false, 'INVITE', false],
    [true, 'OPTIONS', false],
    [true, 'REGISTER', false],
  ] as const)('with redial %s for a %s is %s', (redial, method, wanted) => {
    expect(redialWanted(factsWith({ client: { redial }, request: { method } }))).toBe(wanted);
  });
});
