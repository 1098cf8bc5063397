// Keeping an address-of-record registered: refreshes, slow probes, what ends it, and what outlives a restart.
import { describe, expect, it } from 'vitest';
import { secret } from '../../src/digest/secret.js';
import { firstHeader } from '../../src/sip/header-list.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { keepRegistered } from '../../src/uac/keep-registered.js';
import { readRegistrationSnapshot } from '../../src/uac/registration-snapshot.js';
import { register } from '../machines/requests.js';
import { challenging, DAY, granted, HOUR, kept, respond, type Registrar } from './registrar.js';

const grants: Registrar = (request) => granted(request);

describe('keepRegistered', () => {
  it('refreshes before the interval has elapsed, with the same Call-ID and a CSeq that grows by one (RFC 3261 §10.2)', () => {
    const { registration, clock, sent, cseqs, of } = kept(grants);
    registration.start();
    clock.advance(HOUR);
    expect(registration.state).toBe('registered');
    expect(new Set(sent.map(({ request }) => firstHeader(request.headers, 'Call-ID')))).toEqual(
      new Set(['call-1@192.0.2.1']),
    );
    expect(cseqs()).toEqual(sent.map((_, index) => index + 1));
    expect(new Set(sent.map(({ request }) => firstHeader(request.headers, 'Via'))).size).toBe(sent.length);
    for (const [index, { at }] of sent.slice(1).entries()) {
      const gap = at - (sent[index]?.at ?? 0);
      expect(gap).toBeGreaterThanOrEqual(300_000);
      expect(gap).toBeLessThanOrEqual(476_000);
    }
    const [first] = of('registered');
    expect(first).toMatchObject({ grantedSeconds: 600, contact: 'sip:alice@192.0.2.1', missing: [] });
    expect((first?.refreshAt ?? 0) - new VirtualClock().date()).toBe(sent[1]?.at);
  });

  it('answers one challenge and reuses its nonce with nc counted, for all refreshes (RFC 3261 §22.2)', () => {
    const { registration, clock, sent } = kept(challenging(() => 'n1', grants));
    registration.start();
    clock.advance(HOUR);
    expect(sent.length).toBeGreaterThan(7);
    const counts = sent.map(
      ({ request }) => /nc=([0-9a-f]{8})/.exec(firstHeader(request.headers, 'Authorization') ?? '')?.[1],
    );
    expect(counts[0]).toBeUndefined();
    expect(counts.slice(1).map((count) => Number.parseInt(count ?? '', 16))).toEqual(
      sent.slice(1).map((_, index) => index + 1),
    );
  });

  it('recovers from an expired nonce with one more request and goes on with the new one (RFC 7616 §3.3)', () => {
    const { registration, clock, sent, of } = kept(challenging((number) => (number < 4 ? 'n1' : 'n2'), grants));
    registration.start();
    clock.advance(HOUR);
    const statuses = of('decision').map(({ decision }) => decision.status);
    expect(statuses.slice(0, 6)).toEqual([401, 200, 200, 401, 200, 200]);
    expect(statuses.slice(6).every((status) => status === 200)).toBe(true);
    expect(firstHeader(sent[5]?.request.headers ?? [], 'Authorization')).toContain('nonce="n2"');
  });

  it('takes a new nonce without stale for an old one, because these credentials were accepted before (decision 0004)', () => {
    const registrar = (request: Parameters<Registrar>[0], number: number) => {
      const nonce = number < 4 ? 'n1' : 'n2';
      if (firstHeader(request.headers, 'Authorization')?.includes(`nonce="${nonce}"`)) return granted(request);
      return respond(401, [['WWW-Authenticate', `Digest realm="example.com", nonce="${nonce}", qop="auth"`]]);
    };
    const { registration, clock, of } = kept(registrar);
    registration.start();
    clock.advance(HOUR);
    expect(registration.state).toBe('registered');
    expect(of('decision').filter(({ decision }) => decision.status === 401)).toHaveLength(2);
  });

  it('asks without credentials once more before it believes a 403 to a nonce used twice, and never uses one twice again', () => {
    const used = new Set<string>();
    const { registration, clock, of } = kept((request, number) => {
      const nonce = /nonce="(\w+)"/.exec(firstHeader(request.headers, 'Authorization') ?? '')?.[1];
      if (nonce === undefined) {
        return respond(401, [['WWW-Authenticate', `Digest realm="example.com", nonce="n${number}", qop="auth"`]]);
      }
      if (used.has(nonce)) return respond(403);
      used.add(nonce);
      return granted(request);
    });
    registration.start();
    clock.advance(DAY);
    expect(registration.state).toBe('registered');
    expect(of('decision').filter(({ decision }) => decision.status === 403)).toHaveLength(1);
    expect(of('stopped')).toEqual([]);
  });

  it('learns from a 423 once and does not repeat it at each refresh (RFC 3261 §10.2.8)', () => {
    const { registration, clock, sent, of } = kept((request) =>
      Number(firstHeader(request.headers, 'Expires')) < 1800
        ? respond(423, [['Min-Expires', '1800']])
        : granted(request),
    );
    registration.start();
    clock.advance(DAY);
    expect(of('decision').filter(({ decision }) => decision.status === 423)).toHaveLength(1);
    expect(sent.slice(1).map(({ request }) => firstHeader(request.headers, 'Expires'))).toEqual(
      sent.slice(1).map(() => '1800'),
    );
  });

  it('knows the minimum interval also after something has changed', () => {
    const { registration, clock, of } = kept((request) =>
      Number(firstHeader(request.headers, 'Expires')) < 1800
        ? respond(423, [['Min-Expires', '1800']])
        : granted(request),
    );
    registration.start();
    clock.advance(HOUR);
    registration.changed();
    clock.advance(HOUR);
    expect(of('decision').filter(({ decision }) => decision.status === 423)).toHaveLength(1);
  });

  it('keeps the corrections that were accepted, until something changes (420)', () => {
    const request = { ...register, headers: [...register.headers, ['Require', 'gruu'] as const] };
    const { registration, clock, sent } = kept(
      (asked) =>
        firstHeader(asked.headers, 'Require') === undefined ? granted(asked) : respond(420, [['Unsupported', 'gruu']]),
      { request },
    );
    registration.start();
    clock.advance(HOUR);
    expect(
      sent
        .map((one) => firstHeader(one.request.headers, 'Require'))
        .slice(1)
        .every((tag) => tag === undefined),
    ).toBe(true);
    const before = sent.length;
    registration.changed();
    clock.advance(1_000);
    expect(sent.slice(before).map((one) => firstHeader(one.request.headers, 'Require'))).toEqual(['gruu', undefined]);
  });

  it('tries again after 30 · 2ⁿ s, at most 1800, 50 to 100 % of it, for ever (RFC 5626 §4.5)', () => {
    const { registration, clock, sent, of } = kept(() => 'timeout');
    registration.start();
    clock.advance(DAY);
    const waits = of('probing').map(({ at, on }) => (at - new VirtualClock().date() - on) / 1000);
    const most = waits.map((_, index) => Math.min(1800, 30 * 2 ** (index + 1)));
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual((most[index] ?? 0) / 2);
      expect(wait).toBeLessThanOrEqual(most[index] ?? 0);
    }
    expect(waits.length).toBeGreaterThan(50);
    expect(sent.length).toBeGreaterThanOrEqual(waits.length);
    expect(sent.length).toBeLessThanOrEqual(waits.length + 1);
  });

  it('begins its count of failures anew after a success', () => {
    const { registration, clock, of } = kept((request, number) => (number % 4 === 0 ? granted(request) : respond(500)));
    registration.start();
    clock.advance(DAY);
    const waits = of('probing').map(({ at, on }) => (at - new VirtualClock().date() - on) / 1000);
    expect(waits.length).toBeGreaterThan(20);
    expect(Math.max(...waits)).toBeLessThanOrEqual(240);
  });

  it('is never earlier than Retry-After, also when the request gave up or something changes (RFC 3261 §20.33)', () => {
    const { registration, clock, sent, of } = kept((request, number) =>
      number === 1 ? respond(503, [['Retry-After', '18000']]) : granted(request),
    );
    registration.start();
    clock.advance(60_000);
    expect(of('probing')[0]?.because).toMatchObject({ type: 'gaveUp', outcome: { reason: 'retryAfterTooLong' } });
    registration.changed();
    clock.advance(18_000_000 - 60_000 + 19);
    expect(sent).toHaveLength(1);
    clock.advance(HOUR);
    expect(registration.state).toBe('registered');
  });

  it('does not let a brief Retry-After shorten its waits once it has failed (RFC 5626 §4.5)', () => {
    const { registration, clock, sent } = kept((_, number) =>
      number === 1 ? respond(500) : respond(503, [['Retry-After', '1']]),
    );
    registration.start();
    clock.advance(HOUR);
    const gaps = sent.slice(1).map(({ at }, index) => (at - (sent[index]?.at ?? 0)) / 1000);
    for (const [index, gap] of gaps.entries()) expect(gap).toBeGreaterThanOrEqual(Math.min(1800, 60 * 2 ** index) / 2);
    expect(sent.length).toBeGreaterThan(4);
  });

  it('goes on with a wait that the registrar asked for by itself, and then sends', () => {
    const { registration, clock, sent, of } = kept((request, number) =>
      number === 1 ? respond(503, [['Retry-After', '10']]) : granted(request),
    );
    registration.start();
    clock.advance(12_000);
    expect(of('wait')).toHaveLength(1);
    expect(of('probing')).toEqual([]);
    expect(sent[1]?.at).toBeGreaterThanOrEqual(10_020);
  });

  it('uses the others of the server set in an outage, and stays with the one that accepted (RFC 3261 §10.2.4)', () => {
    const servers = ['sip:a.example.com;transport=udp', 'sip:b.example.com;transport=udp'];
    const { registration, clock, sent } = kept(
      (request, number, server) => (number > 1 && server === servers[0] ? 'timeout' : granted(request)),
      { client: { servers } },
    );
    registration.start();
    clock.advance(HOUR);
    expect(sent.map(({ server }) => server).slice(0, 3)).toEqual([servers[0], servers[0], servers[1]]);
    expect(new Set(sent.slice(3).map(({ server }) => server))).toEqual(new Set([servers[1]]));
    expect((sent[2]?.at ?? 0) - (sent[0]?.at ?? 0)).toBeLessThan(600_000);
  });

  it('guesses once with credentials that are wrong, and is silent for a month (RFC 3261 §22.1)', () => {
    const { registration, clock, sent, of } = kept((_, number) =>
      respond(401, [['WWW-Authenticate', `Digest realm="example.com", nonce="n${number}", qop="auth"`]]),
    );
    registration.start();
    clock.advance(30 * DAY);
    expect(sent.map(({ request }) => firstHeader(request.headers, 'Authorization') !== undefined)).toEqual([
      false,
      true,
    ]);
    expect(registration.state).toBe('stopped');
    expect(of('stopped')).toMatchObject([{ because: 'credentialsRejected' }]);
  });

  it('does not guess again with the same credentials when asked to, but does with new ones', () => {
    let password = 'wrong';
    let right = 0;
    const { registration, clock, sent } = kept(
      (request, number) => {
        if (firstHeader(request.headers, 'Authorization') !== undefined && password === 'right') {
          right += 1;
          return granted(request);
        }
        return respond(401, [['WWW-Authenticate', `Digest realm="example.com", nonce="n${number}", qop="auth"`]]);
      },
      { credentials: () => ({ username: 'alice', password: secret(password) }) },
    );
    registration.start();
    clock.advance(HOUR);
    registration.changed();
    clock.advance(HOUR);
    expect(sent.filter(({ request }) => firstHeader(request.headers, 'Authorization') !== undefined)).toHaveLength(1);
    expect(sent).toHaveLength(3);
    password = 'right';
    registration.changed();
    clock.advance(HOUR);
    expect(registration.state).toBe('registered');
    expect(right).toBeGreaterThan(1);
  });

  it.each([403, 404, 405, 410, 603])('stops after %i until something changes', (status) => {
    const { registration, clock, sent, of } = kept((request, number) =>
      number === 1 ? respond(status) : granted(request),
    );
    registration.start();
    clock.advance(30 * DAY);
    expect(sent).toHaveLength(1);
    expect(of('stopped')).toHaveLength(1);
    registration.changed();
    clock.advance(1_000);
    expect(registration.state).toBe('registered');
  });

  it.each([[[]], [[['Contact', '<sip:carol@192.0.2.9>;expires=600']] as const]])(
    'is not registered after a 200 without its contact, and does not loop (RFC 3261 §10.2.4)',
    (headers) => {
      const { registration, clock, sent, of } = kept(() => respond(200, headers));
      registration.start();
      clock.advance(HOUR);
      expect(registration.state).toBe('probing');
      expect(of('registered')).toEqual([]);
      expect(of('probing')[0]?.because).toEqual({ type: 'notGranted', missing: ['sip:alice@192.0.2.1'] });
      expect(sent.length).toBeLessThan(9);
    },
  );

  it.each([
    ['1', 360],
    ['0', 9],
    ['-1', 13],
    ['NaN', 13],
    ['abc', 13],
    ['4294967295', 2],
    ['99999999999999999999999', 2],
  ])('bounds a grant of %s: at most %i requests an hour', (seconds, most) => {
    const { registration, clock, sent } = kept((request) => granted(request, seconds));
    registration.start();
    clock.advance(HOUR);
    expect(sent.length).toBeLessThanOrEqual(most);
    for (const [index, { at }] of sent.slice(1).entries())
      expect(at - (sent[index]?.at ?? 0)).toBeGreaterThanOrEqual(10_000);
  });

  it('refreshes a grant of years within a day', () => {
    const { registration, clock, sent } = kept((request) => granted(request, 4_294_967_295));
    registration.start();
    clock.advance(DAY);
    expect(sent).toHaveLength(2);
  });

  it('removes its contact with an interval of 0, in place of what waits (RFC 3261 §10.2.2)', () => {
    const { registration, clock, sent, of } = kept(grants);
    registration.start();
    clock.advance(1_000);
    registration.unregister();
    clock.advance(DAY);
    expect(sent).toHaveLength(2);
    expect(firstHeader(sent[1]?.request.headers ?? [], 'Expires')).toBe('0');
    expect(of('stopped')).toMatchObject([{ because: 'unregistered', outcome: { type: 'accepted' } }]);
    registration.start();
    clock.advance(1_000);
    expect(registration.state).toBe('registered');
  });

  it('waits for the answer to a REGISTER in flight before it sends the removal (RFC 3261 §10.2)', () => {
    const { registration, clock, sent } = kept(challenging(() => 'n1', grants));
    registration.start();
    registration.unregister();
    expect(sent).toHaveLength(1);
    clock.advance(19);
    expect(sent).toHaveLength(1);
    clock.advance(1_000);
    // The challenge is not answered for the binding any more, but for the removal.
    expect(sent.map(({ request }) => firstHeader(request.headers, 'Expires'))).toEqual(['600', '0', '0']);
    expect(registration.state).toBe('stopped');
  });

  it('removes at once while a failed registration waits for its next try', () => {
    const { registration, clock, sent, of } = kept((request, number) =>
      number === 1 ? respond(500) : granted(request),
    );
    registration.start();
    clock.advance(1_000);
    registration.unregister();
    clock.advance(1_000);
    expect(sent.map(({ request }) => firstHeader(request.headers, 'Expires'))).toEqual(['600', '0']);
    expect(of('stopped')).toMatchObject([{ because: 'unregistered' }]);
  });

  it('never waits for less than the ceiling: whatever is done with it, at most 30 a minute', () => {
    const { registration, clock, sent } = kept(grants);
    registration.start();
    for (let second = 0; second < 600; second += 1) {
      clock.advance(300);
      registration.changed();
    }
    for (const { at } of sent)
      expect(sent.filter((one) => one.at >= at && one.at < at + 60_000).length).toBeLessThanOrEqual(30);
    expect(sent.length).toBeGreaterThan(60);
  });

  it('registers once more after what changes while a REGISTER is in flight, with the new contact', () => {
    const { registration, clock, sent, of } = kept(grants);
    registration.start();
    const headers = register.headers.map(
      ([name, value]) => [name, name === 'Contact' ? '<sip:alice@198.51.100.7>' : value] as const,
    );
    registration.changed({ request: { ...register, headers } });
    expect(sent).toHaveLength(1);
    clock.advance(1_000);
    expect(sent).toHaveLength(2);
    expect(firstHeader(sent[1]?.request.headers ?? [], 'CSeq')).toBe('2 REGISTER');
    expect(of('registered').map(({ contact }) => contact)).toEqual(['sip:alice@192.0.2.1', 'sip:alice@198.51.100.7']);
  });

  it('is not hurried by a connection that closes while it waits', () => {
    const { registration, clock, sent } = kept(() => respond(500));
    registration.start();
    clock.advance(1_000);
    for (let times = 0; times < 100; times += 1) registration.transportError();
    clock.advance(20_000);
    expect(sent).toHaveLength(1);
  });

  it('sends nothing more after stop, nor after its signal says so', () => {
    const abort = new AbortController();
    const stopped = kept(grants);
    const aborted = kept(grants, { signal: abort.signal });
    for (const { registration, clock } of [stopped, aborted]) {
      registration.start();
      clock.advance(1_000);
    }
    stopped.registration.stop();
    abort.abort();
    stopped.clock.advance(DAY);
    aborted.clock.advance(DAY);
    expect([stopped.sent.length, aborted.sent.length]).toEqual([1, 1]);
    expect(stopped.of('stopped')).toMatchObject([{ because: 'stopped' }]);
    expect(aborted.of('stopped')).toMatchObject([{ because: 'aborted' }]);
  });

  it('refuses what is no REGISTER with a contact to bind', () => {
    expect(() => keepRegistered({ ...register, method: 'OPTIONS' })).toThrow(/REGISTER/);
    expect(() =>
      keepRegistered({ ...register, headers: register.headers.filter(([name]) => name !== 'Contact') }),
    ).toThrow(/Contact/);
  });

  describe('persist', () => {
    it('goes on in another process at the moment of the refresh, with the next CSeq and without secrets', () => {
      const before = kept(challenging(() => 'n1', grants));
      before.registration.start();
      before.clock.advance(100_000);
      const text = JSON.stringify(before.registration.persist());
      expect(text).not.toContain('response=');
      expect(text).not.toContain('open sesame');
      const { refreshAt = 0 } = before.of('registered')[0] ?? {};
      const clock = new VirtualClock({ date: before.clock.date() + 5_000 });
      const after = kept(
        challenging(() => 'n1', grants),
        { snapshot: readRegistrationSnapshot(JSON.parse(text)), clock },
      );
      after.registration.start();
      expect(after.registration.state).toBe('registered');
      clock.advance(refreshAt - clock.date() - 1);
      expect(after.sent).toEqual([]);
      clock.advance(1_000);
      expect(after.cseqs()[0]).toBe(3);
      expect(after.registration.state).toBe('registered');
    });

    it('is never later than what was left, when the date was set back meanwhile', () => {
      const before = kept(grants);
      before.registration.start();
      before.clock.advance(100_000);
      const snapshot = before.registration.persist();
      const clock = new VirtualClock({ date: before.clock.date() - DAY });
      const after = kept(grants, { snapshot, clock });
      after.registration.start();
      clock.advance((snapshot.remainingMs ?? 0) - 1);
      expect(after.sent).toHaveLength(0);
      clock.advance(1);
      expect(after.sent).toHaveLength(1);
    });

    it('sends what was in flight again, with a higher CSeq, and not within the minute in which others like it may have begun', () => {
      const before = kept(() => 'timeout');
      before.registration.start();
      const after = kept(grants, { snapshot: before.registration.persist() });
      after.registration.start();
      after.clock.advance(59_999);
      expect(after.sent).toEqual([]);
      after.clock.advance(2_000);
      expect(after.cseqs()).toEqual([2]);
    });

    it('keeps to a wait that the registrar asked for, and to its silence after rejected credentials', () => {
      const waiting = kept(() => respond(503, [['Retry-After', '100']]));
      waiting.registration.start();
      waiting.clock.advance(1_000);
      const later = kept(grants, {
        snapshot: waiting.registration.persist(),
        clock: new VirtualClock({ date: waiting.clock.date() }),
      });
      later.registration.start();
      later.registration.changed();
      later.clock.advance(99_000);
      expect(later.sent).toEqual([]);
      later.clock.advance(20_000);
      expect(later.sent).toHaveLength(1);

      const rejected = kept((_, number) =>
        respond(401, [['WWW-Authenticate', `Digest realm="x", nonce="n${number}"`]]),
      );
      rejected.registration.start();
      rejected.clock.advance(1_000);
      const silent = kept(grants, { snapshot: rejected.registration.persist() });
      silent.registration.start();
      silent.clock.advance(30 * DAY);
      expect([silent.registration.state, silent.sent.length]).toEqual(['stopped', 0]);
      silent.registration.changed();
      silent.clock.advance(1_000);
      expect(silent.registration.state).toBe('registered');
    });
  });
});
