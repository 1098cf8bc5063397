// The next moment of a registration: what is drawn, and how often.
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { RegistrationPlan } from '../../src/uac/registration-plan.js';

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
