// 422, 423: the interval is too brief, so it is raised. Shrinking it would be refused for ever.
import type { StatusEntry } from '../rule.js';
import { giveUp, giveUpWhen, when } from './row.js';

export const interval = {
  422: {
    // Session Interval Too Small (RFC 4028 §6)
    impact: 'transaction',
    rules: [
      when(
        ['sessionIntervalApplies', 'sessionIntervalBelowMinimum', 'minimumAcceptable'],
        'raiseInterval',
        'RFC 4028 §7.4',
      ),
      when(['sessionIntervalApplies', 'noMinSe', 'notYetRaised'], 'raiseInterval', 'local: one guess without Min-SE'),
      when(
        ['sessionIntervalApplies', 'noMinSe', 'sessionIntervalSent'],
        'dropExtensions',
        'local: no session timer rather than no call',
      ),
      giveUpWhen(['sessionIntervalApplies'], 'intervalRefused', 'RFC 4028 §7.3'),
      giveUp('refused', 'RFC 3261 §21.4'),
    ],
  },
  423: {
    // Interval Too Brief (RFC 3261 §21.4.17)
    impact: 'transaction',
    rules: [
      when(['intervalApplies', 'intervalBelowMinimum', 'minimumAcceptable'], 'raiseInterval', 'RFC 3261 §10.2.8'),
      when(
        ['intervalApplies', 'noUsableMinExpires', 'notYetRaised', 'askedBelowOneHour'],
        'raiseInterval',
        'local: one guess at 3600',
      ),
      giveUpWhen(['intervalApplies'], 'intervalRefused', 'RFC 3261 §21.4.17'),
      // An interval of 0 cannot be too brief, and other methods have none (RFC 3261 §10.3 step 7).
      giveUp('refused', 'RFC 3261 §21.4'),
    ],
  },
} as const satisfies Record<string, StatusEntry>;
