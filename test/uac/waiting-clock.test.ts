// A wait against clocks that are set, and against processes that sleep: late is fine, early is not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom, seededToken } from '../../src/timing/random.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { memoryStore } from '../../src/uac/request-store.js';
import { resumeStored } from '../../src/uac/resume-stored.js';
import { createUacCore } from '../../src/uac/uac-core.js';
import { resumeUacRequest } from '../../src/uac/uac-request.js';
import { register } from '../machines/requests.js';
import { follow, running } from './running.js';

const WAIT_MS = 600_000;

/** A clock whose date can be set; `now` goes on as if nothing had happened. */
function settable(date = 946_684_800_000) {
  const clock = new VirtualClock({ date });
  const state = { offset: 0 };
  const date_ = (): number => clock.date() + state.offset;
  const environment = {
    clock: { now: () => clock.now(), date: date_, at: (moment: number, fn: () => void) => clock.at(moment, fn) },
    random: seededRandom(1),
    token: seededToken(1),
  };
  return { clock, environment, date: date_, set: (ms: number) => (state.offset += ms) };
}

/** A REGISTER that waits for its Retry-After of ten minutes. */
function waiting(time: ReturnType<typeof settable>, options: Parameters<typeof running>[2] = {}) {
  const request = running(createUacCore({ environment: time.environment }), register, options);
  request.respond(503, [['Retry-After', String(WAIT_MS / 1_000)]]);
  return request;
}

const jump = fc.integer({ min: -100_000_000, max: 100_000_000 });
const part = fc.integer({ min: 0, max: WAIT_MS - 1 });

describe('a wait', () => {
  it('ends neither early nor much later, whenever and however the date is set', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(part, jump), { maxLength: 4 }), (jumps) => {
        const time = settable();
        const request = waiting(time);
        for (const [at, ms] of jumps) time.clock.at(at, () => time.set(ms));
        time.clock.advance(WAIT_MS - 1);
        expect(request.sent()).toHaveLength(1);
        // The spread of the wait, and of those who wait for a server.
        time.clock.advance(70_000);
        expect(request.sent()).toHaveLength(2);
      }),
    );
  });

  it('that is restored ends neither early nor much later, though the date was set forward before it was saved', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 100_000_000 }),
        part,
        fc.integer({ min: 0, max: WAIT_MS * 2 }),
        (ms, before, between) => {
          const time = settable();
          const request = waiting(time);
          time.clock.advance(before);
          time.set(ms);
          const snapshot = request.uac.persist();
          const later = settable(time.date() + between);
          const restored = follow(
            resumeUacRequest(snapshot, { core: createUacCore({ environment: later.environment }) }),
          );
          const left = WAIT_MS - before - between;
          if (left > 0) later.clock.advance(left - 1);
          if (left > 0) expect(restored.sent()).toHaveLength(0);
          later.clock.advance(130_000);
          expect(restored.sent()).toHaveLength(1);
        },
      ),
    );
  });

  it('that is restored is never longer than what was left, though the date was set back before or between', () => {
    const back = fc.integer({ min: -100_000_000, max: 0 });
    fc.assert(
      fc.property(back, back, part, (first, second, before) => {
        const time = settable();
        const request = waiting(time);
        time.clock.advance(before);
        time.set(first);
        const later = settable(time.date() + second);
        const core = createUacCore({ environment: later.environment });
        const restored = follow(resumeUacRequest(request.uac.persist(), { core }));
        later.clock.advance(WAIT_MS - before - 1);
        expect(restored.sent()).toHaveLength(0);
        later.clock.advance(130_000);
        expect(restored.sent()).toHaveLength(1);
      }),
    );
  });

  it('goes on to its first end through any number of restarts', async () => {
    const first = settable();
    const store = memoryStore();
    waiting(first, { store });
    let date = first.date();
    for (let restart = 0; restart < 100; restart += 1) {
      const time = settable((date += 5_000));
      const { requests } = await resumeStored(store, { environment: time.environment });
      const request = follow(requests[0]!);
      time.clock.advance(900);
      expect(request.sent()).toHaveLength(0);
      date = time.date();
    }
    // Nine minutes and fifty seconds are over; of ten minutes with their spread at most forty seconds are left.
    const last = settable(date);
    const { requests } = await resumeStored(store, { environment: last.environment });
    const request = follow(requests[0]!);
    last.clock.advance(9_000);
    expect(request.sent()).toHaveLength(0);
    last.clock.advance(100_000);
    expect(request.sent()).toHaveLength(1);
  });
});
