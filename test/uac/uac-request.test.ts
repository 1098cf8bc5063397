import { describe, expect, it, vi } from 'vitest';
import { SipRetryError } from '../../src/sip/sip-retry-error.js';
import type { Answer } from '../../src/request/materials.js';
import type { SipRequest } from '../../src/sip/message.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { createUacCore } from '../../src/uac/uac-core.js';
import { createUacRequest } from '../../src/uac/uac-request.js';
import { challenge, invite, register } from '../machines/requests.js';
import { coreInTest, credentials, follow, later, numbered, responseOf, rowsOf, running } from './running.js';

describe('createUacRequest', () => {
  it('sends within start() and within receive() when nothing holds the request', async () => {
    const { core } = coreInTest({ credentials });
    const request = running(core, register);
    expect(request.types()).toEqual(['send']);
    expect(request.sent()[0]).toBe(register);
    request.respond(401, [challenge]);
    expect(request.types()).toEqual(['send', 'decision', 'send']);
    expect(rowsOf(request.sent()[1], 'Authorization')[0]).toContain('username="alice"');
    const accepted = responseOf(200);
    request.uac.receive(accepted);
    expect(await request.outcome).toEqual({ type: 'accepted', status: 200, attempts: 2, response: accepted });
  });

  it('tells the last final response also when it gives up', async () => {
    const { core } = coreInTest();
    const request = running(core, invite);
    const declined = responseOf(603);
    request.uac.receive(declined);
    expect(await request.outcome).toMatchObject({ type: 'gaveUp', status: 603, response: declined });
    const silent = running(core, numbered(invite, 2));
    silent.uac.timeout();
    expect(await silent.outcome).not.toHaveProperty('response');
  });

  it('hears nothing while no attempt is in flight', () => {
    const { core } = coreInTest();
    const request = running(core, register);
    request.respond(503, [['Retry-After', '60']]);
    const before = request.types();
    request.respond(200);
    request.uac.timeout();
    request.uac.transportError(new Error('late'));
    expect(request.types()).toEqual(before);
    expect(request.uac.state).toBe('recovering.waiting');
  });

  it('drops a response whose status code is none, and what comes after the end', async () => {
    const { core } = coreInTest();
    const request = running(core, register);
    for (const status of [0, 99, 700, 200.5, NaN]) request.respond(status);
    expect(request.types()).toEqual(['send']);
    request.respond(200);
    request.respond(200);
    request.uac.cancel();
    expect(request.types()).toEqual(['send', 'decision', 'done']);
    expect(await request.uac.start()).toMatchObject({ type: 'accepted' });
  });

  it('drops a 401 that comes twice: the password stays good for all requests (RFC 3261 §8.2.6.2)', async () => {
    const { core } = coreInTest({ credentials });
    const request = running(core, register);
    const twice = [challenge, ['CSeq', '1 REGISTER']] as const;
    request.respond(401, twice);
    request.respond(401, twice);
    expect(request.types()).toEqual(['send', 'decision', 'send']);
    request.respond(200, [['CSeq', '2 REGISTER']]);
    expect(await request.outcome).toMatchObject({ type: 'accepted', attempts: 2 });
    const other = running(core, numbered(invite, 2));
    other.respond(401, [challenge]);
    expect(other.sent()).toHaveLength(2);
  });

  it('never tries a URI twice, also one that beforeSend has put in (RFC 3261 §8.1.3.4)', () => {
    const { core, clock } = coreInTest();
    const two = 'sip:two@example.com';
    const asking: SipRequest = { ...invite, method: 'OPTIONS', headers: [['CSeq', '1 OPTIONS']] };
    const request = running(core, asking, { beforeSend: (one) => ({ ...one, uri: two }) });
    request.respond(500, [['Retry-After', '1']]);
    clock.advance(3_000);
    request.respond(302, [['Contact', '<sip:three@example.com>']]);
    request.respond(302, [['Contact', `<${two}>`]]);
    expect(request.sent().map(({ uri }) => uri)).toEqual([asking.uri, two, 'sip:three@example.com']);
    expect(request.uac.state).toBe('gaveUp');
  });

  it('has an answer that is none told where it is given', () => {
    const { core } = coreInTest();
    const uac = createUacRequest({ ...invite, uri: 'tel:+4930123' }, { core });
    uac.on('ask', () => undefined);
    const request = follow(uac);
    request.respond(484);
    expect(() => uac.answer({ digits: 3 } as unknown as Answer)).toThrow('answer.digits must be a text.');
    uac.answer({ digits: '4' });
    expect(request.sent()).toHaveLength(2);
  });

  it.each([
    ['receive', (uac: ReturnType<typeof createUacRequest>) => uac.receive(responseOf(200))],
    ['timeout', (uac: ReturnType<typeof createUacRequest>) => uac.timeout()],
    ['transportError', (uac: ReturnType<typeof createUacRequest>) => uac.transportError()],
    ['cancel', (uac: ReturnType<typeof createUacRequest>) => uac.cancel()],
    ['persist', (uac: ReturnType<typeof createUacRequest>) => uac.persist()],
  ])('says that %s comes before start()', (_name, call) => {
    const { core } = coreInTest();
    expect(() => call(createUacRequest(register, { core }))).toThrow(SipRetryError);
  });

  it('asks the application only where it listens or gave an answer', async () => {
    const { core } = coreInTest();
    const dialled: SipRequest = { ...invite, uri: 'tel:+4930123' };
    const alone = running(core, dialled);
    alone.respond(484);
    expect(await alone.outcome).toMatchObject({ reason: 'cannotCorrect' });
    const uac = createUacRequest(numbered(dialled, 2), { core });
    uac.on('ask', () => uac.answer({ digits: '4' }));
    const asked = follow(uac);
    asked.respond(484);
    expect(asked.sent()[1]?.uri).toContain('49301234');
    const open = createUacRequest(numbered(dialled, 3), { core });
    open.on('ask', () => undefined);
    const refused = follow(open);
    refused.respond(484);
    open.refuse();
    expect(await refused.outcome).toMatchObject({ type: 'gaveUp' });
  });

  it('rejects when a condition of the policy throws, and frees its line', async () => {
    const { core, clock } = coreInTest();
    const { rfcPolicy } = await import('../../src/policy/table/index.js');
    const broken = (): boolean => {
      throw new Error('broken condition');
    };
    const request = running(core, register, { policy: { ...rfcPolicy, conditions: { challengeRejects: broken } } });
    const second = running(core, numbered(register, 2));
    request.respond(401, [challenge]);
    await expect(request.outcome).rejects.toThrow('broken condition');
    clock.advance(0);
    expect(second.types()).toEqual(['hold', 'send']);
  });

  describe('cancelling', () => {
    it('ends a held request without ever sending it; an INVITE that was never sent needs no CANCEL (RFC 3261 §9.1)', async () => {
      const { core, clock } = coreInTest();
      core.health.noteUnavailable('example.com', 60_000);
      const request = running(core, invite);
      expect(request.holds()).toEqual(['quarantine']);
      request.uac.timeout();
      request.uac.cancel();
      expect(await request.outcome).toEqual({ type: 'cancelled', attempts: 0, because: 'cancelled' });
      clock.advance(7_200_000);
      expect(request.types()).toEqual(['hold', 'done']);
      expect(clock.pending).toBe(0);
    });

    it('sends CANCEL once an INVITE has a provisional response, and hangs up on a 2xx that crosses it', async () => {
      const { core } = coreInTest();
      const request = running(core, invite);
      request.uac.cancel();
      request.respond(180);
      request.respond(200);
      expect(request.types()).toEqual(['send', 'cancel', 'hangUp', 'done']);
      expect(await request.outcome).toEqual({ type: 'cancelled', attempts: 1, because: 'cancelled' });
    });

    it('follows an AbortSignal, at once where it is aborted already', async () => {
      const { core } = coreInTest();
      const controller = new AbortController();
      const request = running(core, register, { signal: controller.signal });
      controller.abort();
      expect(await request.outcome).toEqual({ type: 'cancelled', attempts: 1, because: 'aborted' });
      const late = running(core, numbered(invite, 2), { signal: controller.signal });
      expect(await late.outcome).toEqual({ type: 'cancelled', attempts: 0, because: 'aborted' });
      expect(late.types()).toEqual(['done']);
    });

    it('takes its listener off the signal when it ends', () => {
      const { core } = coreInTest();
      const { signal } = new AbortController();
      const removed = vi.spyOn(signal, 'removeEventListener');
      running(core, register, { signal }).respond(200);
      expect(removed).toHaveBeenCalledTimes(1);
    });
  });

  describe('ringing', () => {
    it('is limited to three minutes from the first provisional response, then the INVITE is cancelled', async () => {
      const { core, clock } = coreInTest();
      const request = running(core, invite);
      clock.advance(10_000);
      request.respond(100);
      clock.advance(60_000);
      request.respond(180);
      clock.advance(119_999);
      expect(request.types()).toEqual(['send']);
      clock.advance(1);
      expect(request.types()).toEqual(['send', 'cancel']);
      request.respond(487);
      expect(await request.outcome).toEqual({ type: 'cancelled', attempts: 1, because: 'ringTimeout' });
      expect(clock.pending).toBe(0);
    });

    it('may be limited otherwise, ends with the attempt, and is no matter of other methods', () => {
      const { core, clock } = coreInTest();
      const short = running(core, invite, { ringMs: 5_000 });
      short.respond(180);
      clock.advance(5_000);
      expect(short.types()).toEqual(['send', 'cancel']);
      const answered = running(core, numbered(invite, 2));
      answered.respond(180);
      answered.respond(486);
      const other = running(core, register);
      other.respond(100);
      clock.advance(600_000);
      expect(other.types()).toEqual(['send']);
      expect(answered.types()).not.toContain('cancel');
    });
  });

  describe('time', () => {
    it('does not end a wait early when the date jumps, nor wait for the date to come back', () => {
      for (const jump of [-86_400_000, 86_400_000]) {
        const clock = new JumpingClock();
        const core = createUacCore({ environment: { clock, random: () => 0.5, token: () => 'abcdefghijklmnop' } });
        const request = running(core, register);
        request.respond(503, [['Retry-After', '60']]);
        clock.jump = jump;
        clock.advance(59_999);
        expect(request.sent()).toHaveLength(1);
        clock.advance(10_000);
        expect(request.sent()).toHaveLength(2);
      }
    });

    it('waits for longer than a timer of the platform can hold', () => {
      const days = 30 * 86_400;
      const { core, clock } = coreInTest({ limits: { maxWaitMs: 2 * days * 1_000 } });
      const request = running(core, register);
      request.respond(503, [['Retry-After', String(days)]]);
      clock.advance(days * 1_000 - 1);
      expect(days * 1_000).toBeGreaterThan(2 ** 31);
      expect(request.sent()).toHaveLength(1);
      clock.advance(60_000);
      expect(request.sent()).toHaveLength(2);
    });
  });

  it('lets the exception of a listener out of the call that caused it, once everything is settled', () => {
    const { core, clock } = coreInTest({ credentials });
    const request = running(core, register);
    request.uac.on('send', () => {
      throw new Error('of a listener');
    });
    expect(() => request.respond(401, [challenge])).toThrow('of a listener');
    expect(request.sent()).toHaveLength(2);
    request.respond(503, [['Retry-After', '5']]);
    expect(() => clock.advance(10_000)).toThrow('of a listener');
    request.respond(200);
    expect(request.types().at(-1)).toBe('done');
  });

  it('settles each event before the next when a listener answers from within', async () => {
    const { core } = coreInTest({ credentials });
    const uac = createUacRequest(register, { core });
    const seen: string[] = [];
    uac.on('send', ({ attempt }) => {
      seen.push(`send ${attempt}`);
      uac.receive(attempt === 1 ? responseOf(401, [challenge]) : responseOf(200));
    });
    uac.on('decision', ({ decision }) => seen.push(decision.action.type));
    uac.on('done', ({ outcome }) => seen.push(outcome.type));
    await uac.start();
    expect(seen).toEqual(['send 1', 'authenticate', 'send 2', 'accept', 'accepted']);
    await later();
  });
});

/** A clock whose date can be set, as a person or a time server does. */
class JumpingClock extends VirtualClock {
  jump = 0;
  override date(): number {
    return super.date() + this.jump;
  }
}
