// The course of a registration where something comes in between: a change, a removal, an end, a provider that is silent.
import { describe, expect, it } from 'vitest';
import { secret } from '../../src/digest/secret.js';
import { firstHeader } from '../../src/sip/header-list.js';
import type { Header, SipRequest } from '../../src/sip/message.js';
import { macrotask } from '../../src/timing/macrotask.js';
import type { VirtualClock } from '../../src/timing/virtual-clock.js';
import { readRegistrationSnapshot } from '../../src/uac/registration-snapshot.js';
import { register } from '../machines/requests.js';
import { granted, HOUR, kept, PASSWORD, respond, type Registrar } from './registrar.js';
import { coreInTest } from './running.js';

const grants: Registrar = (request) => granted(request);

function withContact(contact: string, ...more: readonly Header[]): SipRequest {
  const headers = register.headers.map(([name, value]): Header => [name, name === 'Contact' ? contact : value]);
  return { ...register, headers: [...headers, ...more] };
}

const before = withContact('<sip:alice@192.0.2.1>;expires=60');
const after = withContact('<sip:alice@198.51.100.7>;expires=60');

/** Grants intervals of 600 s and more (RFC 3261 §10.2.8). */
const strict: Registrar = (request) =>
  Number(/expires=(\d+)/.exec(firstHeader(request.headers, 'Contact') ?? '')?.[1]) < 600
    ? respond(423, [['Min-Expires', '600']])
    : granted(request);

/** Promises settle between the moments of virtual time. */
async function pass(clock: VirtualClock, ms: number): Promise<void> {
  const end = clock.now() + ms;
  await macrotask();
  for (let next = clock.nextMoment(); next !== undefined && next <= end; next = clock.nextMoment()) {
    clock.runNext();
    await macrotask();
  }
  clock.advance(end - clock.now());
}

describe('a change while a REGISTER is in flight (RFC 3261 §10.2)', () => {
  it('registers the new contact, although the old one was corrected on the way (§10.2.8)', () => {
    const { registration, clock, sent, of } = kept(strict, { request: before });
    registration.start();
    clock.advance(30);
    expect(sent).toHaveLength(2);
    registration.changed({ request: after });
    clock.advance(1_000);
    expect(registration.state).toBe('registered');
    const contacts = sent.map(({ request }) => firstHeader(request.headers, 'Contact'));
    expect(contacts.slice(2)).not.toEqual([]);
    expect(contacts.slice(2).filter((contact) => contact?.includes('198.51.100.7') !== true)).toEqual([]);
    expect(of('registered').at(-1)?.contact).toBe('sip:alice@198.51.100.7');
    expect(firstHeader(registration.persist().request.headers, 'Contact')).toContain('198.51.100.7');
  });

  it.each<[string, Registrar]>([
    ['a 423', strict],
    [
      'a 503 with Retry-After',
      (request, number) => (number === 1 ? respond(503, [['Retry-After', '10']]) : granted(request)),
    ],
    ['a timeout', (request, number) => (number === 1 ? 'timeout' : granted(request))],
  ])('sends the old contact no more once %s has come', (_, registrar) => {
    const { registration, clock, sent, cseqs } = kept(registrar, { request: before });
    registration.start();
    registration.changed({ request: after });
    clock.advance(100_000);
    expect(registration.state).toBe('registered');
    const contacts = sent.map(({ request }) => firstHeader(request.headers, 'Contact'));
    expect(contacts[0]).toContain('192.0.2.1');
    expect(contacts.slice(1).filter((contact) => contact?.includes('198.51.100.7') !== true)).toEqual([]);
    expect(cseqs()).toEqual(sent.map((__, index) => index + 1));
  });

  it.each<[string, Registrar]>([
    ['refused for good', (request, number) => (number === 1 ? respond(403) : granted(request))],
    ['not granted', (request, number) => (number === 1 ? respond(200) : granted(request))],
  ])('registers the new contact at once when the old one is %s', (_, registrar) => {
    const { registration, clock, sent, of } = kept(registrar, { request: before });
    registration.start();
    registration.changed({ request: after });
    clock.advance(1_000);
    expect(of('stopped')).toEqual([]);
    expect(sent.map(({ request }) => firstHeader(request.headers, 'Contact'))).toEqual([
      '<sip:alice@192.0.2.1>;expires=60',
      '<sip:alice@198.51.100.7>;expires=60',
    ]);
    expect(registration.state).toBe('registered');
  });

  it('leaves the registrar alone for as long as the refusal of the old one asked (RFC 3261 §20.33)', () => {
    for (const status of [500, 503]) {
      const { registration, clock, sent } = kept((request, number) =>
        number === 1 ? respond(status, [['Retry-After', '18000']]) : granted(request),
      );
      registration.start();
      registration.changed();
      clock.advance(18_000_019);
      expect(sent).toHaveLength(1);
      clock.advance(HOUR);
      expect(registration.state).toBe('registered');
    }
  });
});

describe('a proxy that a 305 names (RFC 3261 §21.3.4: "repeat this single request via the proxy")', () => {
  const redirects: Registrar = (request, number) =>
    number === 1 ? respond(305, [['Contact', '<sip:proxy.example.net>']]) : granted(request);

  it('has that one REGISTER, and no refresh, removal or later process', () => {
    const { registration, clock, sent, of } = kept(redirects);
    registration.start();
    clock.advance(HOUR);
    registration.unregister();
    clock.advance(1_000);
    expect(of('stopped')).toMatchObject([{ because: 'unregistered' }]);
    const routes = sent.map(({ request }) => firstHeader(request.headers, 'Route'));
    expect(routes[1]).toContain('proxy.example.net');
    expect(routes.length).toBeGreaterThan(7);
    expect(routes.filter((route) => route !== undefined)).toHaveLength(1);
    const { request, server } = registration.persist();
    expect(firstHeader(request.headers, 'Route')).toBeUndefined();
    expect(server).toBeNull();
  });

  it('takes no Route away that the application gave', () => {
    const route: Header = ['Route', '<sip:edge.example.com;lr>'];
    const { registration, clock, sent } = kept(redirects, {
      request: { ...register, headers: [...register.headers, route] },
    });
    registration.start();
    clock.advance(HOUR);
    const routes = sent.map(({ request }) => firstHeader(request.headers, 'Route'));
    expect(routes.length).toBeGreaterThan(7);
    expect(new Set(routes.toSpliced(1, 1))).toEqual(new Set([route[1]]));
    expect(firstHeader(registration.persist().request.headers, 'Route')).toBe(route[1]);
  });
});

describe('a removal', () => {
  it.each([500, 503])('waits for the Retry-After of a %i, also over a restart (RFC 3261 §21.5.4, §20.33)', (status) => {
    const { registration, clock, sent, of } = kept((request, number) =>
      number === 2 ? respond(status, [['Retry-After', '3000']]) : granted(request),
    );
    registration.start();
    clock.advance(HOUR / 6);
    const refused = (sent[1]?.at ?? 0) + 20;
    registration.unregister();
    const snapshot = readRegistrationSnapshot(JSON.parse(JSON.stringify(registration.persist())));
    const restored = kept(grants, { snapshot });
    restored.registration.start();
    const left = refused + 3_000_000 - clock.now();
    for (const one of [clock, restored.clock]) one.advance(left - 1);
    expect([sent.length, restored.sent.length]).toEqual([2, 0]);
    for (const one of [clock, restored.clock]) one.advance(100_000);
    expect(of('stopped')).toMatchObject([{ because: 'unregistered', outcome: { type: 'accepted' } }]);
    expect(firstHeader(restored.sent[0]?.request.headers ?? [], 'Expires')).toBe('0');
  });

  it.each([3_000, 18_000])('waits for a Retry-After of %i s that comes while it waits for an answer', (seconds) => {
    const { registration, clock, sent } = kept((request, number) =>
      number === 1 ? respond(500, [['Retry-After', String(seconds)]]) : granted(request),
    );
    registration.start();
    registration.unregister();
    clock.advance(seconds * 1_000 + 19);
    expect(sent).toHaveLength(1);
    clock.advance(HOUR);
    expect(firstHeader(sent[1]?.request.headers ?? [], 'Expires')).toBe('0');
    expect(registration.state).toBe('stopped');
  });
});

describe('an end while a REGISTER is in flight', () => {
  it('frees the line when the transaction must be over, also when nobody tells how it ended (RFC 3261 §10.2)', () => {
    const { core, clock } = coreInTest();
    const closed = kept(() => 'timeout', { core, clock });
    const next = kept(grants, { core, clock });
    // The transport is gone with everything that it would have told.
    closed.registration.timeout = () => undefined;
    closed.registration.start();
    closed.registration.stop();
    next.registration.start();
    clock.advance(31_999);
    expect(next.of('hold')).toMatchObject([{ for: 'line' }]);
    expect(next.sent).toEqual([]);
    clock.advance(1);
    expect(next.sent).toHaveLength(1);
    expect(closed.registration.state).toBe('stopped');
  });

  it('frees the line when the answer comes, and tells nothing more', () => {
    const { core, clock } = coreInTest();
    const stopped = kept(grants, { core, clock });
    const other = kept(grants, { core, clock });
    stopped.registration.start();
    stopped.registration.stop();
    other.registration.start();
    clock.advance(19);
    expect(other.sent).toEqual([]);
    clock.advance(1);
    expect(other.sent).toHaveLength(1);
    expect(stopped.told.map(({ type }) => type)).toEqual(['stopped']);
  });

  it('lets the same registration begin again once it is answered, and not before', () => {
    const { registration, clock, sent, cseqs } = kept(grants);
    registration.start();
    registration.stop();
    registration.start();
    clock.advance(19);
    expect(sent).toHaveLength(1);
    clock.advance(1_000);
    expect(cseqs()).toEqual([1, 2]);
    expect(registration.state).toBe('registered');
  });
});

describe('a provider of credentials that never answers a refresh', () => {
  /** Answers when it is asked for the first time. */
  function forgetful() {
    let asked = 0;
    return () => {
      asked += 1;
      return asked === 1
        ? Promise.resolve({ username: 'alice', password: secret(PASSWORD) })
        : new Promise<undefined>(() => undefined);
    };
  }

  const challenges: Registrar = (request, number) =>
    number === 1
      ? respond(401, [['WWW-Authenticate', 'Digest realm="example.com", nonce="n1", qop="auth"']])
      : granted(request);

  it('does not keep the refresh from going: without credentials, until the server asks (RFC 3261 §22.2)', async () => {
    const { registration, clock, sent, of } = kept(challenges, { credentials: forgetful() });
    registration.start();
    await pass(clock, 2 * HOUR);
    const isAuthorized = sent.map(({ request }) => firstHeader(request.headers, 'Authorization') !== undefined);
    expect(isAuthorized.slice(0, 4)).toEqual([false, true, false, false]);
    expect(sent.length).toBeGreaterThan(15);
    expect(registration.state).toBe('registered');
    for (const [index, { on }] of of('registered').slice(1).entries()) {
      expect(on - (of('registered')[index]?.on ?? 0)).toBeLessThan(600_000);
    }
  });

  it('does not keep the removal from going', async () => {
    const { registration, clock, sent, of } = kept(challenges, { credentials: forgetful() });
    registration.start();
    await pass(clock, 1_000);
    registration.unregister();
    await pass(clock, 10_000);
    expect(firstHeader(sent.at(-1)?.request.headers ?? [], 'Expires')).toBe('0');
    expect(of('stopped')).toMatchObject([{ because: 'unregistered' }]);
    expect(clock.pending).toBe(0);
  });
});
