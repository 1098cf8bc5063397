// 422, 423: the interval is too brief, so it is raised. Shrinking it would be refused for ever.
import type { StatusEntry } from '../rule.js';

export const interval = {
  422: {
    phrase: 'Session Interval Too Small',
    definedIn: 'RFC 4028 §6',
    impact: 'transaction',
    rules: [
      {
        when: ['sessionIntervalApplies', 'sessionIntervalBelowMinimum', 'minimumAcceptable'],
        do: 'raiseInterval',
        cite: 'RFC 4028 §7.4',
      },
      {
        when: ['sessionIntervalApplies', 'noMinSe', 'notYetRaised'],
        do: 'raiseInterval',
        cite: 'local: one guess without Min-SE',
      },
      {
        when: ['sessionIntervalApplies', 'noMinSe', 'sessionIntervalSent'],
        do: 'dropExtensions',
        cite: 'local: no session timer rather than no call',
      },
      { when: ['sessionIntervalApplies'], do: 'giveUp', because: 'intervalRefused', cite: 'RFC 4028 §7.3' },
      { do: 'giveUp', because: 'refused', cite: 'RFC 3261 §21.4' },
    ],
  },
  423: {
    phrase: 'Interval Too Brief',
    definedIn: 'RFC 3261 §21.4.17',
    impact: 'transaction',
    rules: [
      {
        when: ['intervalApplies', 'intervalBelowMinimum', 'minimumAcceptable'],
        do: 'raiseInterval',
        cite: 'RFC 3261 §10.2.8',
      },
      {
        when: ['intervalApplies', 'noUsableMinExpires', 'notYetRaised', 'askedBelowOneHour'],
        do: 'raiseInterval',
        cite: 'local: one guess at 3600',
      },
      { when: ['intervalApplies'], do: 'giveUp', because: 'intervalRefused', cite: 'RFC 3261 §21.4.17' },
      // An interval of 0 cannot be too brief, and other methods have none (RFC 3261 §10.3 step 7).
      { do: 'giveUp', because: 'refused', cite: 'RFC 3261 §21.4' },
    ],
  },
} as const satisfies Record<string, StatusEntry>;
