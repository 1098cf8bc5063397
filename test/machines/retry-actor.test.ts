import fc from 'fast-check';
import { createActor } from 'xstate';
import type * as XState from 'xstate';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { driveRetry } from '../../machines/drive-retry.js';
import type { DriverMeans } from '../../machines/driver-means.js';
import { RetryActor } from '../../machines/retry-actor.js';
import { attemptEnded, progressed, type RetryEmitted, type RetryEvent } from '../../machines/retry-event.js';
import { Keyring } from '../../src/digest/keyring.js';
import { factsOf, type LocalOutcome } from '../../src/policy/facts-of.js';
import { defaultLimits } from '../../src/policy/limits.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import type { SipResponse } from '../../src/sip/message.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { driven } from './driven.js';
import { challenge, invite } from './requests.js';

vi.mock('xstate', async (importOriginal) => {
  const original = await importOriginal<typeof XState>();
  return { ...original, createActor: vi.fn(original.createActor) };
});

const means = (): DriverMeans => ({
  policy: rfcPolicy,
  client: { servers: ['sip:one.example.com', 'sip:two.example.com'] },
  limits: defaultLimits,
  environment: { clock: new VirtualClock(), random: () => 0.5, token: () => 'abcdefghijklmnop' },
  keyring: new Keyring(),
  answer: undefined,
  circumstances: undefined,
  gate: undefined,
  unsent: false,
  nextCSeq: undefined,
  inspect: undefined,
});

const materials = { token: 'abcdefghijklmnop' };
const busy: SipResponse = { status: 486, reason: '', headers: [['Retry-After', '60']], body: '' };

function end(actor: RetryActor, outcome: SipResponse | LocalOutcome, at: number): void {
  const { request, history } = actor.record;
  const { client, limits } = means();
  actor.send(attemptEnded(factsOf(request, outcome, history, { client, limits }), materials, at));
}

function emittedBy(actor: RetryActor): readonly RetryEmitted[] {
  const emitted: RetryEmitted[] = [];
  for (let event = actor.take(); event !== undefined; event = actor.take()) emitted.push(event);
  return emitted;
}

/** Anything that can happen to a request, sensible at that moment or not. */
const happening: fc.Arbitrary<RetryEvent | SipResponse | LocalOutcome> = fc.oneof(
  fc.constantFrom<RetryEvent>(
    progressed(100, 1),
    progressed(180, 2),
    { type: 'cancel', at: 3 },
    { type: 'deadline.passed', materials, at: 2e12 },
    { type: 'deadline.passed', materials, at: 0 },
    { type: 'answer.given', materials: { ...materials, digits: '7' }, at: 4 },
    { type: 'answer.refused', at: 5 },
  ),
  fc
    .constantFrom(200, 302, 401, 422, 484, 486, 491, 503, 600)
    .map((status): SipResponse => ({ status, reason: '', headers: [['Retry-After', '60'], challenge], body: '' })),
  fc.constantFrom<LocalOutcome>('timeout', 'transportError'),
);

describe('RetryActor', () => {
  it('emits the same, and comes to the same record, whether it rests after each event or never', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 12 }), (happenings) => {
        const [awake, resting] = [
          new RetryActor({ request: invite }, means()),
          new RetryActor({ request: invite }, means()),
        ];
        awake.start();
        resting.start();
        for (const [index, one] of happenings.entries()) {
          if (awake.status !== 'active') break;
          for (const actor of [awake, resting]) {
            if (typeof one === 'object' && 'type' in one) actor.send(one);
            else end(actor, one, index);
          }
          expect(emittedBy(resting)).toEqual(emittedBy(awake));
          resting.rest();
          expect([resting.state, resting.status, resting.record]).toEqual([awake.state, awake.status, awake.record]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps what it has emitted while it rests', () => {
    const actor = new RetryActor({ request: invite }, means());
    actor.start();
    actor.rest();
    expect(emittedBy(actor).map(({ type }) => type)).toEqual(['send']);
  });

  it('tells what was thrown by a condition of the policy', () => {
    const policy = {
      ...rfcPolicy,
      conditions: {
        hasRetryAfter: () => {
          throw new Error('no such header');
        },
      },
    };
    const actor = new RetryActor({ request: invite }, { ...means(), policy });
    actor.start();
    end(actor, busy, 1);
    actor.rest();
    expect(actor.status).toBe('error');
    expect(String(actor.error)).toContain('no such header');
  });
});

describe('a driven request that waits', () => {
  beforeEach(() => {
    vi.mocked(createActor).mockClear();
  });

  it('has no actor until its wait is over', () => {
    const request = driven({ request: invite });
    request.respond(486, [['Retry-After', '60']]);
    expect(createActor).toHaveBeenCalledTimes(1);
    expect(request.uac.state).toBe('recovering.waiting');
    expect(request.uac.persist().record.deadline).toMatchObject({ for: 'wait' });
    expect(createActor).toHaveBeenCalledTimes(1);
    request.clock.runAll(1);
    expect(createActor).toHaveBeenCalledTimes(2);
    expect(request.types()).toEqual(['send', 'decision', 'wait', 'send']);
  });

  it('keeps its actor when it is inspected, so that the inspector sees one', () => {
    const seen: string[] = [];
    const request = driven({ request: invite, inspect: ({ type }) => seen.push(type) });
    request.respond(486, [['Retry-After', '60']]);
    request.clock.runAll(1);
    request.respond(200);
    expect(request.types().at(-1)).toBe('done');
    expect(seen.filter((type) => type === '@xstate.actor')).toHaveLength(1);
    expect(createActor).toHaveBeenCalledTimes(1);
  });

  it('is cancelled from its rest', async () => {
    const uac = driveRetry({ request: invite, environment: means().environment });
    const outcome = uac.start();
    uac.receive(busy);
    uac.cancel();
    expect(await outcome).toEqual({ type: 'cancelled', attempts: 1 });
  });
});
