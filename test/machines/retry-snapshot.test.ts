import { describe, expect, it } from 'vitest';
import { driveRetry, type DriveRetryOptions } from '../../machines/drive-retry.js';
import { readSnapshot, stateNames, type RetrySnapshot } from '../../machines/retry-snapshot.js';
import { SipRetryError } from '../../src/sip/sip-retry-error.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { credentials, driven, rowsOf } from './driven.js';
import { challenge, invite, register } from './requests.js';

const throughJson = (snapshot: RetrySnapshot): RetrySnapshot => readSnapshot(JSON.parse(JSON.stringify(snapshot)));

describe('a persisted request', () => {
  it('keeps the end of its wait when it is restored in the middle (#91)', () => {
    const request = driven({ request: register });
    request.respond(503, [['Retry-After', '60']]);
    const until = request.told.flatMap((event) => (event.type === 'wait' ? [event.until] : []))[0] ?? 0;
    request.clock.advance(20_000);
    const snapshot = throughJson(request.uac.persist());
    expect(snapshot).toMatchObject({ v: 1, state: 'recovering.waiting', savedAt: request.clock.date() });

    // Ten seconds without a process.
    const clock = new VirtualClock({ date: request.clock.date() + 10_000 });
    const restored = driven({ snapshot }, clock);
    expect(restored.types()).toEqual([]);
    clock.advance(until - clock.date() - 1);
    expect(restored.sent()).toHaveLength(0);
    clock.advance(1);
    expect(rowsOf(restored.sent()[0], 'CSeq')).toEqual(['2 REGISTER']);
  });

  it('sends at once when the wait ended while no process ran: late is fine, early is not', () => {
    const request = driven({ request: register });
    request.respond(503, [['Retry-After', '60']]);
    const clock = new VirtualClock({ date: request.clock.date() + 86_400_000 });
    const restored = driven({ snapshot: request.uac.persist() }, clock);
    clock.runAll(1);
    expect(restored.sent()).toHaveLength(1);
  });

  it('never waits longer than was left when the date was set back meanwhile (#92)', () => {
    const request = driven({ request: register });
    request.respond(503, [['Retry-After', '60']]);
    request.clock.advance(20_000);
    const clock = new VirtualClock({ date: request.clock.date() - 86_400_000 });
    const restored = driven({ snapshot: throughJson(request.uac.persist()) }, clock);
    clock.advance(50_000);
    expect(restored.sent()).toHaveLength(1);
  });

  it('that was in flight is sent again only when that does no harm: a restart forgets the answer', async () => {
    const registering = driven({ request: register });
    const again = driven({ snapshot: throughJson(registering.uac.persist()) });
    expect(again.uac.state).toBe('recovering.waiting');
    again.clock.runAll(1);
    expect(rowsOf(again.sent()[0], 'CSeq')).toEqual(['2 REGISTER']);

    const calling = driven({ request: invite });
    const lost = driven({ snapshot: throughJson(calling.uac.persist()) });
    expect(await lost.outcome).toMatchObject({ type: 'gaveUp', reason: 'outcomeUnknown' });
  });

  it('that was being cancelled is over', async () => {
    const request = driven({ request: invite });
    request.respond(180);
    request.uac.cancel();
    const restored = driven({ snapshot: throughJson(request.uac.persist()) });
    expect(await restored.outcome).toEqual({ type: 'cancelled', attempts: 1 });
  });

  it('asks its open question again, until the same moment', async () => {
    const request = driven({ request: { ...invite, uri: 'tel:+4930123' } });
    request.uac.on('ask', () => undefined);
    request.respond(484);
    request.clock.advance(40_000);
    const clock = new VirtualClock({ date: request.clock.date() });
    const restored = driveRetry({
      snapshot: throughJson(request.uac.persist()),
      environment: { clock, random: () => 0.5, token: () => 'abcdefghijklmnop' },
    });
    const asked: number[] = [];
    restored.on('ask', ({ until }) => asked.push(until));
    const outcome = restored.start();
    expect(asked).toEqual([clock.date() + 20_000]);
    clock.advance(20_000);
    expect(await outcome).toMatchObject({ reason: 'cannotCorrect' });
  });

  it('looks for its credentials again, and computes them when it sends', () => {
    const request = driven({ request: register, credentials: () => Promise.resolve(undefined) });
    request.respond(401, [challenge]);
    const restored = driven({ snapshot: throughJson(request.uac.persist()), credentials });
    expect(rowsOf(restored.sent()[0], 'Authorization')).toHaveLength(1);
  });

  it('asks a slow provider before a retry with credentials goes out', async () => {
    const request = driven({ request: register, credentials });
    request.respond(401, [challenge]);
    request.respond(503, [['Retry-After', '60']]);
    const restored = driven({
      snapshot: throughJson(request.uac.persist()),
      credentials: () => Promise.resolve(credentials[0]),
    });
    restored.clock.runAll(1);
    expect(restored.uac.state).toBe('pending');
    expect(restored.sent()).toHaveLength(0);
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    expect(rowsOf(restored.sent()[0], 'Authorization')).toHaveLength(1);
  });

  it('never goes out when it is cancelled while credentials are looked for', async () => {
    const request = driven({ request: invite, credentials });
    request.respond(401, [challenge]);
    request.respond(503, [['Retry-After', '60']]);
    const restored = driven({
      snapshot: throughJson(request.uac.persist()),
      credentials: () => Promise.resolve(credentials[0]),
    });
    restored.clock.runAll(1);
    restored.uac.cancel();
    expect(await restored.outcome).toEqual({ type: 'cancelled', attempts: 3 });
    expect(restored.sent()).toHaveLength(0);
  });

  it('that is over says its outcome again', async () => {
    const request = driven({ request: register });
    request.respond(403);
    const restored = driven({ snapshot: throughJson(request.uac.persist()) });
    expect(await restored.outcome).toEqual(await request.outcome);
    expect(restored.types()).toEqual(['done']);
  });

  it('has the same future wherever it is saved', async () => {
    const answers: readonly (readonly [number, readonly (readonly [string, string])[]])[] = [
      [401, [challenge]],
      [423, [['Min-Expires', '3600']]],
      [503, [['Retry-After', '30']]],
      [200, []],
    ];
    const options: DriveRetryOptions = { request: register, credentials };
    const whole = driven(options);
    for (const [status, headers] of answers) {
      whole.respond(status, headers);
      whole.clock.runAll(1);
    }
    const split = driven(options);
    split.respond(401, [challenge]);
    split.respond(423, [['Min-Expires', '3600']]);
    split.respond(503, [['Retry-After', '30']]);
    const restored = driven({ snapshot: throughJson(split.uac.persist()), credentials }, split.clock);
    split.uac.cancel();
    restored.clock.runAll(1);
    restored.respond(200);
    expect(await restored.outcome).toEqual(await whole.outcome);
    expect(restored.sent().map((request) => rowsOf(request, 'Expires'))).toEqual([['3600']]);
    expect(rowsOf(restored.sent()[0], 'CSeq')).toEqual(rowsOf(whole.sent().at(-1), 'CSeq'));
  });
});

describe('readSnapshot', () => {
  it.each([
    undefined,
    null,
    'pending',
    {},
    { v: 2 },
    { v: 1, state: 'elsewhere', record: {} },
    { v: 1, state: 'pending', record: {} },
    { v: 1, state: 'pending', record: null },
  ])('refuses %j with a sentence', (value) => {
    expect(() => readSnapshot(value)).toThrow(SipRetryError);
  });

  it('knows every state by its path', () => {
    const snapshot = driven({ request: register }).uac.persist();
    for (const state of stateNames) expect(readSnapshot({ ...snapshot, state }).state).toBe(state);
  });
});
