import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SipRequest } from '../../src/sip/message.js';
import { setHeader } from '../../src/sip/header-list.js';
import { seededRandom } from '../../src/timing/random.js';
import { lineOf, undoes } from '../../src/uac/line-of.js';
import { Lines } from '../../src/uac/lines.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { invite, register } from '../machines/requests.js';
import { coreInTest, numbered, running } from './running.js';

const message: SipRequest = { ...invite, method: 'MESSAGE', headers: setHeader(invite.headers, 'CSeq', '1 MESSAGE') };
const publish: SipRequest = { ...invite, method: 'PUBLISH', headers: setHeader(invite.headers, 'CSeq', '1 PUBLISH') };
const reinvite: SipRequest = { ...invite, headers: setHeader(invite.headers, 'To', '<sip:bob@example.com>;tag=peer') };
const unregister: SipRequest = { ...register, headers: setHeader(register.headers, 'Expires', '0') };

describe('the lines of requests that must not overlap', () => {
  it('are one for each registrar and address-of-record (RFC 3261 §10.2)', () => {
    const { core } = coreInTest();
    const first = running(core, register);
    const second = running(core, numbered(register, 2));
    const bob = running(core, numbered(register, 3, { To: '<sip:bob@example.com>' }));
    const elsewhere = running(core, { ...numbered(register, 4), uri: 'sip:example.net' });
    expect([first, second, bob, elsewhere].map((one) => one.types())).toEqual([['send'], ['hold'], ['send'], ['send']]);
    expect(second.told[0]).toEqual({ type: 'hold', for: 'line', server: undefined, attempt: 1 });
  });

  it('do not tell apart spellings of one host', () => {
    const other = { ...numbered(register, 2, { To: '"A" <sip:alice@EXAMPLE.com;x=y>' }), uri: 'sip:Example.COM' };
    expect(lineOf(other)).toEqual(lineOf(register));
  });

  it('are one for each URI of PUBLISH (RFC 3903 §4) and of MESSAGE (RFC 3428 §8), and none for other methods', () => {
    expect(lineOf(publish)?.key).not.toEqual(lineOf(message)?.key);
    expect(lineOf({ ...message, uri: 'sip:bob@EXAMPLE.com;transport=tcp' })).toEqual(lineOf(message));
    expect(lineOf({ ...message, uri: 'sip:carol@example.com' })).not.toEqual(lineOf(message));
    expect(lineOf({ ...message, uri: 'sip:example.com' })?.key).toContain('example.com');
    expect(lineOf({ ...message, uri: 'tel:+4930123' })?.key).toContain('tel:+4930123');
    expect(lineOf(invite)).toBeUndefined();
    expect(lineOf({ ...invite, method: 'OPTIONS' })).toBeUndefined();
  });

  it('let the next one go, in order, when the logical request has ended with all its attempts', () => {
    const { core, clock } = coreInTest();
    const requests = [1, 2, 3].map((number) => running(core, numbered(message, number)));
    requests[0]!.respond(503, [['Retry-After', '5']]);
    clock.advance(4_000);
    expect(requests[1]!.sent()).toHaveLength(0);
    clock.advance(10_000);
    requests[0]!.respond(200);
    clock.advance(0);
    expect(requests.map((one) => one.sent().length)).toEqual([2, 1, 0]);
    requests[2]!.uac.cancel();
    requests[1]!.respond(200);
    clock.advance(0);
    expect(requests[2]!.types()).toEqual(['hold', 'done']);
    expect(core.lines.size).toBe(0);
  });

  it('wait for the transaction of a request that was cancelled in flight, but not for ever', () => {
    const { core, clock } = coreInTest();
    const first = running(core, register);
    const second = running(core, numbered(register, 2));
    const third = running(core, numbered(register, 3));
    first.uac.cancel();
    clock.advance(1_000);
    expect(second.sent()).toHaveLength(0);
    first.respond(200);
    clock.advance(0);
    expect(second.sent()).toHaveLength(1);
    second.uac.cancel();
    clock.advance(31_999);
    expect(third.sent()).toHaveLength(0);
    clock.advance(1);
    expect(third.sent()).toHaveLength(1);
  });

  it('hold an INVITE while another one is in progress in its dialog, in either direction (RFC 3261 §14.1)', () => {
    const { core, clock } = coreInTest();
    const dialog = { callId: 'call-2@192.0.2.1', localTag: 'a2', remoteTag: 'peer' };
    const over = core.noteIncomingInvite(dialog);
    const ours = running(core, reinvite);
    const other = running(core, numbered(reinvite, 9));
    expect(ours.holds()).toEqual(['line']);
    expect(other.types()).toEqual(['send']);
    over();
    over();
    clock.advance(0);
    expect(ours.types()).toEqual(['hold', 'send']);
  });

  it('free the dialog at each final response of an INVITE, and are joined again for the next attempt (RFC 3261 §14.1)', () => {
    const { core, clock } = coreInTest();
    const first = running(core, reinvite, { client: { ownsCallId: true } });
    const second = running(core, reinvite);
    first.respond(491);
    clock.advance(0);
    expect(second.sent()).toHaveLength(1);
    clock.advance(10_000);
    expect(first.types()).toEqual(['send', 'decision', 'wait', 'hold']);
    second.respond(200);
    clock.advance(0);
    expect(first.sent()).toHaveLength(2);
  });

  it('come before the other reasons to hold a request', () => {
    const { core, clock } = coreInTest();
    const first = running(core, register);
    const second = running(core, numbered(register, 2));
    core.health.noteUnavailable('example.com', 60_000);
    first.respond(200);
    clock.advance(0);
    expect(second.holds()).toEqual(['line', 'quarantine']);
  });

  it('forget nobody and let nobody in twice, whatever the order of joining and leaving', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(9)), { maxLength: 60 }), (steps) => {
        const clock = new VirtualClock();
        const lines = new Lines(clock);
        const having = new Set<number>();
        const joined: number[] = [];
        const ones = Array.from({ length: 10 }, (_, number) => ({ turn: () => void having.add(number) }));
        for (const [joins, number] of steps) {
          const one = ones[number]!;
          if (joins && !joined.includes(number)) {
            joined.push(number);
            if (lines.join('a', one)) having.add(number);
          } else if (!joins && joined.includes(number)) {
            joined.splice(joined.indexOf(number), 1);
            having.delete(number);
            lines.leave('a', one);
          }
          clock.advance(0);
          expect([...having]).toEqual(joined.slice(0, 1));
        }
        for (const number of joined) lines.leave('a', ones[number]!);
        expect(lines.size).toBe(0);
      }),
      { seed: 28, numRuns: 300 },
    );
  });

  it('are kept by five hundred requests that are answered by chance: never two at once in any line', () => {
    const { core, clock } = coreInTest({ limits: { ceilingPerMinute: 10_000 } });
    const random = seededRandom(7);
    const inFlight = new Map<string, number>();
    const seen = { most: 0, sent: 0, done: 0 };
    for (let number = 0; number < 500; number += 1) {
      const base = [message, publish, register][number % 3]!;
      const user = `u${Math.floor(random() * 5)}`;
      const request = numbered(base, number, { To: `<sip:${user}@example.com>` });
      const placed = base === register ? request : { ...request, uri: `sip:${user}@example.com` };
      const key = lineOf(placed)!.key;
      const one = running(core, placed, {});
      const answer = (): void => {
        seen.sent += 1;
        inFlight.set(key, (inFlight.get(key) ?? 0) + 1);
        seen.most = Math.max(seen.most, inFlight.get(key)!);
        clock.at(clock.now() + 1 + random() * 400, () => {
          inFlight.set(key, inFlight.get(key)! - 1);
          const chance = random();
          if (chance < 0.2) one.respond(500, [['Retry-After', '1']]);
          else if (chance < 0.3) one.uac.timeout();
          else one.respond(chance < 0.4 ? 403 : 200);
        });
      };
      for (const told of one.told) if (told.type === 'send') answer();
      one.uac.on('send', answer);
      one.uac.on('done', () => (seen.done += 1));
    }
    clock.runAll(100_000);
    expect(seen.most).toBe(1);
    expect(seen.done).toBe(500);
    expect(seen.sent).toBeGreaterThan(500);
    expect(core.lines.size).toBe(0);
  });
});

describe('a removal', () => {
  it('supersedes what waits to register the same contact (RFC 3261 §10.2.2)', async () => {
    const { core, clock } = coreInTest();
    const inFlight = running(core, register);
    const waiting = running(core, numbered(register, 2));
    const other = running(core, numbered(register, 3, { Contact: '<sip:alice@192.0.2.9>' }));
    const removal = running(core, numbered(unregister, 4));
    clock.advance(0);
    expect(await waiting.outcome).toEqual({ type: 'cancelled', attempts: 0, because: 'superseded' });
    expect(other.types()).toEqual(['hold']);
    inFlight.respond(200);
    clock.advance(0);
    expect(await inFlight.outcome).toMatchObject({ type: 'accepted' });
    other.respond(200);
    clock.advance(0);
    expect(removal.types()).toEqual(['hold', 'send']);
  });

  it('ends a REGISTER that waits for Retry-After at once, and one in flight when its answer is no acceptance', async () => {
    const { core, clock } = coreInTest();
    const backingOff = running(core, register);
    backingOff.respond(500, [['Retry-After', '600']]);
    const removal = running(core, numbered(unregister, 2));
    clock.advance(0);
    expect(await backingOff.outcome).toMatchObject({ because: 'superseded', attempts: 1 });
    clock.advance(0);
    expect(removal.sent()).toHaveLength(1);
    removal.respond(200);
    const inFlight = running(core, numbered(register, 3));
    const second = running(core, numbered(unregister, 4));
    clock.advance(0);
    inFlight.respond(500, [['Retry-After', '600']]);
    clock.advance(0);
    expect(await inFlight.outcome).toMatchObject({ because: 'superseded', attempts: 1 });
    expect(second.sent()).toHaveLength(1);
  });

  it('is a REGISTER in which every binding ends, for some or for all contacts', () => {
    const star = { ...unregister, headers: setHeader(unregister.headers, 'Contact', '*') };
    const query = { ...unregister, headers: unregister.headers.filter(([name]) => name !== 'Contact') };
    const two = setHeader(register.headers, 'Contact', '<sip:alice@192.0.2.1>, <sip:alice@192.0.2.2>');
    expect(undoes(unregister, register)).toBe(true);
    expect(undoes(star, { ...register, headers: two })).toBe(true);
    expect(undoes(unregister, { ...register, headers: two })).toBe(false);
    expect(undoes(register, register)).toBe(false);
    expect(undoes(query, register)).toBe(false);
    expect(undoes(publish, publish)).toBe(false);
  });
});
