// The next moment of a registration: what is drawn, and how often.
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { RegistrationPlan } from '../../src/uac/registration-plan.js';

const MINUTE = 60_000;

/** A plan on a computer that can sleep: `now()` stands still meanwhile, and `date()` goes on. Chance is 0.5. */
function sleeper() {
  const awake = new VirtualClock();
  let asleep = 0;
  const clock = {
    now: () => awake.now(),
    date: () => awake.date() + asleep,
    at: (moment: number, fn: () => void) => awake.at(moment, fn),
  };
  const gone: number[] = [];
  const plan = new RegistrationPlan({ clock, random: () => 0.5, token: () => '' }, () => gone.push(awake.now()));
  return { plan, clock, awake, gone, setForward: (ms: number) => (asleep += ms) };
}

/** When a plan goes on after each of some failures that ask for `leastMs` in turn; chance is 0.5. */
function probesOf(failures: readonly { readonly leastMs: number; readonly isBackOff?: boolean }[]) {
  const clock = new VirtualClock();
  let draws = 0;
  const random = (): number => {
    draws += 1;
    return 0.5;
  };
  const plan = new RegistrationPlan({ clock, random, token: () => '' }, () => undefined);
  const waits = failures.map(({ leastMs, isBackOff }) => plan.probe(leastMs, isBackOff) - clock.date());
  return { waits, draws };
}

describe('the plan of a registration', () => {
  it('draws the wait after a failure by itself (RFC 5626 §4.5)', () => {
    expect(probesOf([{ leastMs: 0 }])).toEqual({ waits: [45_000], draws: 1 });
  });

  it('takes the first back-off of a request as it is: another draw could only make it longer', () => {
    expect(probesOf([{ leastMs: 31_000, isBackOff: true }])).toEqual({ waits: [31_000], draws: 0 });
  });

  it('goes on from there by its own count: a request knows of no failure before it', () => {
    const backOff = { leastMs: 31_000, isBackOff: true };
    expect(probesOf([backOff, backOff, backOff])).toEqual({ waits: [31_000, 90_000, 180_000], draws: 2 });
  });

  it('never waits less than a server asked for', () => {
    expect(probesOf([{ leastMs: 50_000 }])).toEqual({ waits: [50_000], draws: 1 });
    expect(probesOf([{ leastMs: 5_000_000, isBackOff: true }, { leastMs: 5_000_000 }]).waits).toEqual([
      5_000_000, 5_000_000,
    ]);
  });
});

describe('the refresh after a sleep of the computer (RFC 3261 §10.2.4: "before the expiration interval has elapsed")', () => {
  it('goes within a minute of waking up when its date has passed', () => {
    const { plan, awake, gone, setForward } = sleeper();
    plan.refresh(3_600, 0);
    awake.advance(5 * MINUTE);
    setForward(120 * MINUTE);
    expect(gone).toEqual([]);
    awake.advance(MINUTE);
    expect(gone).toHaveLength(1);
    awake.advance(120 * MINUTE);
    expect(gone).toHaveLength(1);
    expect(awake.pending).toBe(0);
  });

  it('keeps to its date after a short one', () => {
    const { plan, clock, awake, gone, setForward } = sleeper();
    const date = plan.refresh(3_600, 0);
    awake.advance(5 * MINUTE);
    setForward(10 * MINUTE);
    awake.advance(date - clock.date() - 1);
    expect(gone).toEqual([]);
    awake.advance(MINUTE);
    expect(gone).toHaveLength(1);
  });

  it('goes as planned without one, with one timer, also when the date is set back', () => {
    for (const ms of [0, -120 * MINUTE]) {
      const { plan, awake, gone, setForward } = sleeper();
      const wait = plan.refresh(3_600, 0) - awake.date();
      setForward(ms);
      for (let minute = 1; minute * MINUTE < wait; minute += 1) {
        awake.advance(MINUTE);
        expect(awake.pending).toBe(1);
      }
      awake.advance(MINUTE);
      expect(gone).toEqual([wait]);
    }
  });

  it('is no earlier than ten seconds after the REGISTER before it, whatever the date does', () => {
    for (let seconds = 20; seconds < 400; seconds += 1) {
      const { plan, awake, gone, setForward } = sleeper();
      plan.refresh(seconds, 0);
      setForward(120 * MINUTE);
      awake.advance(MINUTE);
      expect(gone).toHaveLength(1);
      expect(gone[0]).toBeGreaterThanOrEqual(10_000);
    }
  });

  it('of many clients comes spread over a minute: they do not look together', () => {
    const looks = Array.from({ length: 100 }, (_, index) => {
      const { clock, awake, gone, setForward } = sleeper();
      const plan = new RegistrationPlan({ clock, random: () => index / 100, token: () => '' }, () =>
        gone.push(awake.now()),
      );
      plan.refresh(3_600, 0);
      setForward(120 * MINUTE);
      awake.advance(2 * MINUTE);
      return Math.floor((gone[0] ?? 0) / 1_000);
    });
    const busiest = Math.max(...looks.map((second) => looks.filter((other) => other === second).length));
    expect(busiest).toBeLessThanOrEqual(10);
  });

  it('holds for a refresh that another process has planned', () => {
    const { plan, awake, gone, setForward } = sleeper();
    plan.refresh(3_600, 0);
    const later = sleeper();
    later.plan.resume({ ...plan.persist(undefined), state: 'registered' });
    later.setForward(120 * MINUTE);
    later.awake.advance(MINUTE);
    expect(later.gone).toHaveLength(1);
    expect([gone, setForward(0), awake.pending]).toEqual([[], 0, 1]);
  });

  it('does not make any other wait shorter: never earlier than a server asked (RFC 3261 §20.33)', () => {
    const { plan, awake, gone, setForward } = sleeper();
    const probe = plan.probe(600_000) - awake.date();
    setForward(120 * MINUTE);
    awake.advance(probe - 1);
    expect(gone).toEqual([]);
    awake.advance(1);
    expect(gone).toHaveLength(1);
    const later = sleeper();
    plan.probe(600_000);
    later.plan.resume({ ...plan.persist(undefined), state: 'probing' });
    later.setForward(120 * MINUTE);
    later.awake.advance(599_999);
    expect(later.gone).toEqual([]);
  });
});
