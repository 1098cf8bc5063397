import { describe, expect, it, vi } from 'vitest';
import { setHeader } from '../../src/sip/header-list.js';
import { SipRetryError } from '../../src/sip/sip-retry-error.js';
import type { SipRequest } from '../../src/sip/message.js';
import { createUacRequest } from '../../src/uac/uac-request.js';
import { challenge, invite, register } from '../machines/requests.js';
import { coreInTest, credentials, follow, later, numbered, rowsOf, running } from './running.js';

const options: SipRequest = { ...invite, method: 'OPTIONS', headers: setHeader(invite.headers, 'CSeq', '1 OPTIONS') };
const bye: SipRequest = {
  ...invite,
  method: 'BYE',
  headers: setHeader(setHeader(invite.headers, 'CSeq', '1 BYE'), 'To', '<sip:bob@example.com>;tag=peer'),
};
const busy = [['Retry-After', '60']] as const;

describe('the gate', () => {
  describe('of a server in quarantine (RFC 3261 §21.5.4)', () => {
    it('holds what others would send, tells until when, and lets one probe go first', () => {
      const { core, clock } = coreInTest();
      running(core, invite).respond(503, [...busy]);
      const held = [2, 3, 4].map((number) => running(core, numbered(invite, number)));
      for (const one of held) expect(one.told).toMatchObject([{ type: 'hold', for: 'quarantine', attempt: 1 }]);
      clock.advance(59_999);
      expect(held.flatMap((one) => one.sent())).toEqual([]);
      clock.advance(10_000);
      const probe = held.find((one) => one.sent().length === 1)!;
      expect(held.flatMap((one) => one.sent())).toHaveLength(1);
      clock.advance(5_000);
      expect(held.flatMap((one) => one.sent())).toHaveLength(1);
      probe.respond(200);
      clock.advance(1_000);
      expect(held.flatMap((one) => one.sent())).toHaveLength(3);
    });

    it('does not hold BYE, other requests inside a dialog, nor emergency calls', () => {
      const { core } = coreInTest();
      core.health.noteUnavailable('example.com', 60_000);
      core.health.noteUnavailable('urn:service:sos', 60_000);
      expect(running(core, bye).types()).toEqual(['send']);
      expect(running(core, { ...numbered(invite, 2), uri: 'urn:service:sos' }).types()).toEqual(['send']);
      expect(running(core, options).types()).toEqual(['hold']);
    });

    it('begins with a server that may be asked, and decides on none that may not', () => {
      const { core } = coreInTest();
      const client = { servers: ['sip:a.example.com', 'sip:b.example.com', 'sip:c.example.com'] };
      core.health.noteUnavailable('sip:a.example.com', 60_000);
      const request = running(core, options, { client });
      core.health.noteUnavailable('sip:c.example.com', 60_000);
      request.uac.transportError();
      expect(request.told.flatMap((event) => (event.type === 'send' ? [event.server] : []))).toEqual([
        'sip:b.example.com',
      ]);
      expect(request.uac.state).not.toBe('pending');
    });

    it('begins, where all servers are in quarantine, with the one that may be asked first', () => {
      const { core, clock } = coreInTest();
      core.health.noteUnavailable('sip:a.example.com', 60_000);
      core.health.noteUnavailable('sip:b.example.com', 10_000);
      const request = running(core, options, { client: { servers: ['sip:a.example.com', 'sip:b.example.com'] } });
      clock.advance(15_000);
      expect(request.told).toMatchObject([{ type: 'hold' }, { type: 'send', server: 'sip:b.example.com' }]);
    });

    it('is told of timeouts and transport errors, of a single server or a named one', () => {
      const { core } = coreInTest();
      for (let number = 1; number <= 3; number += 1) running(core, numbered(options, number)).uac.timeout();
      expect(core.health.isAvailable('example.com')).toBe(false);
      const client = { servers: ['sip:a.example.com'] };
      for (let number = 4; number <= 6; number += 1)
        running(core, numbered(options, number), { client }).uac.transportError();
      expect(core.health.isAvailable('sip:a.example.com')).toBe(false);
    });
  });

  describe('under the ceiling', () => {
    it('lets a REGISTER above it wait, and not fail', () => {
      const { core, clock } = coreInTest({ limits: { ceilingPerMinute: 3 } });
      const moments: number[] = [];
      for (let number = 1; number <= 10; number += 1) {
        const one = createUacRequest(numbered(register, number), { core });
        one.on('send', () => {
          moments.push(clock.now());
          one.receive({ status: 200, reason: '', headers: [], body: '' });
        });
        void one.start();
      }
      clock.advance(600_000);
      expect(moments).toHaveLength(10);
      for (const [index, moment] of moments.entries()) {
        if (index >= 3) expect(moment - moments[index - 3]!).toBeGreaterThanOrEqual(60_000);
      }
    });

    it('counts of other methods only what is added to the requests of the application', () => {
      const { core } = coreInTest({ limits: { ceilingPerMinute: 2 }, credentials });
      const calls = [1, 2, 3, 4].map((number) => running(core, numbered(invite, number)));
      expect(calls.map((one) => one.types())).toEqual([['send'], ['send'], ['send'], ['send']]);
      for (const one of calls) one.respond(407, [['Proxy-Authenticate', 'Digest realm="p", nonce="n", qop="auth"']]);
      expect(calls.map((one) => one.sent().length)).toEqual([2, 2, 1, 1]);
      expect(calls[2]!.told.at(-1)).toMatchObject({ outcome: { reason: 'ceilingReached', detail: { value: 2 } } });
    });

    it('is never exceeded by many waits that end at once: first come, first served', () => {
      const { core, clock } = coreInTest({ limits: { ceilingPerMinute: 5, spread: 0 } });
      const requests = Array.from({ length: 20 }, (_, number) => running(core, numbered(bye, number)));
      const order: number[] = [];
      requests.forEach((one, number) => one.uac.on('send', () => order.push(number)));
      for (const one of requests) one.respond(500, [...busy]);
      const moments = new Map<number, number>();
      requests.forEach((one, number) => one.uac.on('send', () => moments.set(number, clock.now())));
      clock.advance(60_000 * 10);
      const sorted = [...moments.values()].sort((a, b) => a - b);
      for (const [index, moment] of sorted.entries()) {
        if (index >= 5) expect(moment - sorted[index - 5]!).toBeGreaterThanOrEqual(60_000);
      }
      expect(order).toEqual([...order].sort((a, b) => a - b));
    });

    it('gives a reserved place back when the request is cancelled, or vetoed', async () => {
      const { core } = coreInTest({ limits: { ceilingPerMinute: 1 } });
      const key = { server: 'example.com', addressOfRecord: 'alice@example.com', method: 'REGISTER' };
      const held = running(core, register);
      held.respond(200);
      const waiting = running(core, numbered(register, 2));
      expect(waiting.holds()).toEqual(['ceiling']);
      waiting.uac.cancel();
      expect(await waiting.outcome).toMatchObject({ type: 'cancelled', attempts: 0 });
      expect(core.ceilings.left(key)).toBe(0);
    });
  });

  it('holds for overload control, and asks again (RFC 7339, RFC 7415)', () => {
    const { core, clock } = coreInTest();
    const first = running(core, options);
    first.respond(200, [
      ['Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKtwo;oc=100;oc-algo="loss";oc-validity=20000;oc-seq=1.1'],
    ]);
    const held = running(core, numbered(options, 2));
    expect(held.holds()).toEqual(['overload']);
    clock.advance(21_000);
    expect(held.sent()).toHaveLength(1);
    expect(new Set(held.holds())).toEqual(new Set(['overload']));
  });

  describe('with beforeSend', () => {
    const sdp = 'v=1\n';

    it('asks before each attempt that comes after a wait or a hold, and before no other', () => {
      const { core, clock } = coreInTest({ credentials });
      const beforeSend = vi.fn((request: SipRequest) => request);
      const request = running(core, register, { beforeSend });
      request.respond(401, [challenge]);
      expect(beforeSend).not.toHaveBeenCalled();
      request.respond(503, [...busy]);
      clock.advance(70_000);
      expect(beforeSend.mock.calls).toMatchObject([[{ method: 'REGISTER' }, { attempt: 3 }]]);
      expect(rowsOf(beforeSend.mock.calls[0]![0], 'Authorization')).toEqual([]);
      expect(rowsOf(request.sent()[2], 'Authorization')).toHaveLength(1);
      const held = running(core, numbered(register, 2), { beforeSend });
      clock.advance(5_000);
      request.respond(200);
      clock.advance(0);
      expect(beforeSend.mock.calls[1]).toMatchObject([{ method: 'REGISTER' }, { attempt: 1, waitedMs: 5_000 }]);
      expect(held.types()).toEqual(['hold', 'send']);
    });

    it('sends what it gives instead, which all later attempts and snapshots are made of', async () => {
      const { core, clock } = coreInTest({ credentials });
      for (const isAsync of [false, true]) {
        const request = running(core, numbered(options, Number(isAsync)), {
          beforeSend: (one) => (isAsync ? Promise.resolve({ ...one, body: sdp }) : { ...one, body: sdp }),
        });
        request.respond(500, [['Retry-After', '5']]);
        clock.advance(10_000);
        await later();
        expect(request.sent()[1]?.body).toBe(sdp);
        expect(request.uac.persist().retry.record.request.body).toBe(sdp);
        request.respond(401, [challenge]);
        expect(request.sent()[2]?.body).toBe(sdp);
      }
    });

    it('ends the request when it vetoes, at once or later', async () => {
      for (const veto of [() => undefined, () => Promise.resolve(undefined)]) {
        const { core, clock } = coreInTest();
        const request = running(core, invite, { beforeSend: veto });
        request.respond(503, [['Retry-After', '5']]);
        clock.advance(10_000);
        expect(await request.outcome).toEqual({ type: 'cancelled', attempts: 1, because: 'vetoed' });
        expect(clock.pending).toBe(0);
      }
    });

    it.each<[string, (request: SipRequest) => SipRequest]>([
      ['CSeq', (one) => ({ ...one, headers: setHeader(one.headers, 'CSeq', '77 OPTIONS') })],
      ['Call-ID', (one) => ({ ...one, headers: setHeader(one.headers, 'Call-ID', 'other') })],
      ['branch', (one) => ({ ...one, headers: setHeader(one.headers, 'Via', 'SIP/2.0/UDP a;branch=z9hG4bKx') })],
      ['method', (one) => ({ ...one, method: 'INFO' })],
    ])('tells the programmer that the %s must stay, and sends nothing', async (name, change) => {
      for (const beforeSend of [change, async (one: SipRequest) => Promise.resolve(change(one))]) {
        const { core, clock } = coreInTest();
        const request = running(core, options, { beforeSend });
        const thrown = request.outcome.catch((error: unknown) => error);
        request.respond(500, [['Retry-After', '5']]);
        clock.advance(10_000);
        expect(await thrown).toBeInstanceOf(SipRetryError);
        expect(String(await thrown)).toContain(name);
        expect(request.sent()).toHaveLength(1);
      }
    });

    it('takes what is no request for a mistake of the program', async () => {
      const { core, clock } = coreInTest();
      const request = running(core, options, { beforeSend: () => JSON.parse('{"method":"OPTIONS"}') as SipRequest });
      const thrown = request.outcome.catch((error: unknown) => error);
      request.respond(500, [['Retry-After', '5']]);
      clock.advance(10_000);
      expect(await thrown).toMatchObject({ code: 'badRequest' });
    });

    it('is not heard when it answers after the request was cancelled', async () => {
      const { core, clock } = coreInTest();
      let answer: () => void = () => undefined;
      const request = running(core, options, {
        beforeSend: (one) => new Promise((resolve) => (answer = () => resolve(one))),
      });
      request.respond(500, [['Retry-After', '5']]);
      clock.advance(10_000);
      request.uac.timeout();
      expect(request.sent()).toHaveLength(1);
      request.uac.cancel();
      answer();
      await later();
      expect(await request.outcome).toMatchObject({ because: 'cancelled', attempts: 1 });
      expect(request.sent()).toHaveLength(1);
    });

    it('does not let a request go to a server that said meanwhile that nothing should come', async () => {
      const { core, clock } = coreInTest();
      const request = running(core, options, { beforeSend: (one) => Promise.resolve(one) });
      request.respond(500, [['Retry-After', '5']]);
      clock.advance(10_000);
      core.health.noteUnavailable('example.com', 60_000);
      await later();
      expect(request.holds()).toEqual(['quarantine']);
      clock.advance(70_000);
      await later();
      expect(request.sent()).toHaveLength(2);
    });
  });

  it('withdraws from the retry budget once for each decision that is paid for, and deposits for first attempts', () => {
    const { core } = coreInTest({ retryBudget: { minPerMinute: 1 } });
    const client = { servers: ['sip:a.example.com', 'sip:b.example.com'] };
    expect(core.retryBudget.balance()).toBe(1);
    const first = running(core, options, { client });
    expect(core.retryBudget.balance()).toBeCloseTo(1.2);
    first.uac.timeout();
    expect(core.retryBudget.balance()).toBeCloseTo(0.2);
    const second = running(core, numbered(options, 2), { client });
    second.uac.timeout();
    expect(second.told.at(-1)).toMatchObject({ outcome: { reason: 'budgetExhausted' } });
  });

  it('reports what a listener of hold throws, and holds all the same', async () => {
    const { core, clock } = coreInTest();
    core.health.noteUnavailable('example.com', 10_000);
    const uac = createUacRequest(options, { core });
    uac.on('hold', () => {
      throw new Error('of a listener');
    });
    expect(() => void uac.start()).toThrow('of a listener');
    const request = follow(uac);
    clock.advance(15_000);
    expect(request.types()).toEqual(['send']);
    request.respond(200);
    expect(await request.outcome).toMatchObject({ type: 'accepted' });
  });
});
