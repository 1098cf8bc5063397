// Subscription-State: what a NOTIFY says of its subscription (RFC 6665 §8.2.3).
import { describe, expect, it } from 'vitest';
import { readSubscriptionState } from '../../src/sip/subscription-state.js';

describe('readSubscriptionState', () => {
  it('reads the state, its reason and its times, in any case (RFC 6665 §8.2.3)', () => {
    expect(readSubscriptionState('Terminated ; Reason=Probation;retry-after=30;expires=7')).toEqual({
      state: 'terminated',
      reason: 'probation',
      retryAfter: 30,
      expires: 7,
    });
    expect(readSubscriptionState('active;expires=3600')).toEqual({ state: 'active', expires: 3600 });
    expect(readSubscriptionState('pending')).toEqual({ state: 'pending' });
  });

  it('counts malformed times and an empty reason as absent', () => {
    expect(readSubscriptionState('terminated;reason=;retry-after=-5;expires=soon')).toEqual({ state: 'terminated' });
    expect(readSubscriptionState('terminated;reason;retry-after')).toEqual({ state: 'terminated' });
  });

  it('reads nothing from a value without a state', () => {
    expect(readSubscriptionState('  ')).toBeUndefined();
    expect(readSubscriptionState(';reason=timeout')).toBeUndefined();
  });
});
