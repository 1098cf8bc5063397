// The end of a subscription by NOTIFY (RFC 6665 §4.1.3).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/policy/limits.js';
import { decideOnTermination, type TerminationOptions } from '../../src/policy/subscription-termination.js';
import { readSubscriptionState } from '../../src/sip/subscription-state.js';

const on = (value: string, options?: TerminationOptions) => decideOnTermination(readSubscriptionState(value)!, options);
const waits = (delayMs: number, basis: string) => ({ type: 'wait', delayMs, basis, reorigination: 'fresh' });

describe('#79 the end of a subscription', () => {
  it('decides nothing while the subscription is active or pending (RFC 6665 §4.1.3)', () => {
    expect(on('active;expires=60')).toBeUndefined();
    expect(on('pending;retry-after=5;reason=rejected')).toBeUndefined();
  });

  it('subscribes anew at once after deactivated and timeout, whatever their retry-after says', () => {
    for (const reason of ['deactivated', 'timeout']) {
      expect(on(`terminated;reason=${reason};retry-after=500`)?.action).toEqual(waits(1050, 'backoff'));
    }
  });

  it('backs off when new subscriptions are deactivated again and again', () => {
    const delays = [0, 1, 2, 3, 9].map((failures) => on('terminated;reason=deactivated', { failures, random: 0 }));
    expect(delays.map((decision) => decision?.action)).toEqual(
      [1000, 2000, 4000, 8000, 16_000].map((delayMs) => waits(delayMs, 'backoff')),
    );
  });

  it('waits at least retry-after on probation, giveup, an unknown reason and none', () => {
    for (const reason of [';reason=probation', ';reason=giveup', ';reason=later', '']) {
      expect(on(`terminated${reason};retry-after=60`, { random: 0 })?.action).toEqual(waits(60_000, 'retryAfter'));
      expect(on(`terminated${reason};retry-after=60`, { random: 1 })?.action).toEqual(waits(66_000, 'retryAfter'));
      expect(on(`terminated${reason};retry-after=0`, { random: 0 })?.action).toEqual(waits(1000, 'retryAfter'));
      expect(on(`terminated${reason}`, { random: 0 })?.action).toEqual(waits(2000, 'backoff'));
      expect(on(`terminated${reason}`, { failures: 2, random: 0 })?.action).toEqual(waits(8000, 'backoff'));
    }
  });

  it('never subscribes again after rejected, noresource and invariant', () => {
    const reasons = ['rejected', 'noresource', 'invariant'].map(
      (reason) => on(`terminated;reason=${reason};retry-after=1`)?.action,
    );
    expect(reasons).toEqual([
      { type: 'giveUp', reason: 'forbidden' },
      { type: 'giveUp', reason: 'gone' },
      { type: 'giveUp', reason: 'usageEnded' },
    ]);
  });

  it('gives up with the numbers on a wait that is longer than the limit', () => {
    expect(on('terminated;reason=probation;retry-after=7200', { random: 0 })?.action).toEqual({
      type: 'giveUp',
      reason: 'retryAfterTooLong',
      detail: { wanted: 'wait', limit: 'maxWaitMs', value: 3_600_000, found: 7_200_000 },
    });
    expect(on('terminated', { limits: { ...defaultLimits, maxWaitMs: 500 } })?.action).toMatchObject({
      reason: 'deadlinePassed',
    });
  });

  it('never subscribes earlier than a retry-after that counts, whatever else is written', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('probation', 'giveup', 'x', ''),
        fc.nat(),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (reason, seconds, random) => {
          const action = on(`terminated;reason=${reason};retry-after=${seconds}`, { random })?.action;
          expect(action?.type === 'giveUp' || (action?.delayMs ?? 0) >= seconds * 1000).toBe(true);
        },
      ),
    );
  });

  it('cites its section', () => {
    expect(on('terminated;reason=rejected')?.cite).toEqual(['RFC 6665 §4.1.3']);
    expect(on('terminated')?.cite).toEqual(['RFC 6665 §4.1.3']);
  });
});
