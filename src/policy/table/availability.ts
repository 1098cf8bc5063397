// 408, 480, 486, 487, 491: not now.
import type { StatusEntry } from '../rule.js';
import { giveUp, giveUpWhen, when } from './row.js';

export const availability = {
  // A timeout of our own is treated as 408 (RFC 3261 §8.1.3.1); `fromTimer` tells the two apart.
  408: {
    // Request Timeout (RFC 3261 §21.4.9)
    impact: 'usage',
    rules: [
      when(['fromTimer', 'nothingReceived', 'serverLeft'], 'tryOtherServer', 'RFC 3263 §4.3'),
      giveUpWhen(['endsUsage'], 'usageEnded', 'RFC 5057 §5.2'),
      when(['fromWire', 'serverLeft', 'nobodyRinging'], 'tryOtherServer', 'RFC 3261 §21.4'),
      // Not at once and to the same server: RFC 3261 §10.2.7.
      when(['isRepeatable'], 'wait', 'RFC 3261 §21.4.9'),
      giveUpWhen(['fromRestart'], 'outcomeUnknown', 'local: a restart forgets the answer'),
      giveUpWhen(['wasExecutedMaybe'], 'outcomeUnknown', 'RFC 4321 §1.1'),
      giveUp('noAnswer', 'RFC 3261 §21.4.9'),
    ],
  },
  480: {
    // Temporarily Unavailable (RFC 3261 §21.4.18)
    impact: 'usage',
    rules: [
      giveUpWhen(['endsUsage'], 'usageEnded', 'RFC 5057 §5.1'),
      giveUpWhen(['sipsNotAllowed'], 'downgradeRefused', 'RFC 5630 §5.1.1'),
      when(['hasRetryAfter'], 'wait', 'RFC 3261 §21.4.18'),
      giveUp('unavailable', 'RFC 3261 §21.4.18'),
    ],
  },
  'OPTIONS 480': {
    // Temporarily Unavailable
    definedIn: 'RFC 3261 §11.2',
    impact: 'transaction',
    rules: [giveUp('unavailable', 'RFC 3261 §11.2')],
  },
  486: {
    // Busy Here (RFC 3261 §21.4.24)
    impact: 'transaction',
    rules: [
      // RFC 5057 §5.1 note 11: 486 makes no sense in the middle of a usage and is treated as an unknown 4xx.
      giveUpWhen(['isInDialog'], 'refused', 'RFC 5057 §5.1'),
      when(['hasRetryAfter'], 'wait', 'RFC 3261 §21.4.24'),
      giveUp('busy', 'RFC 3261 §21.4.24'),
    ],
  },
  'OPTIONS 486': {
    // Busy Here
    definedIn: 'RFC 3261 §11.2',
    impact: 'transaction',
    rules: [giveUp('busy', 'RFC 3261 §11.2')],
  },
  487: {
    // Request Terminated (RFC 3261 §21.4.25)
    impact: 'transaction',
    rules: [giveUp('noAnswer', 'RFC 3261 §21.4.25')],
  },
  491: {
    // Request Pending (RFC 3261 §21.4.27)
    impact: 'transaction',
    rules: [when(['glareApplies'], 'wait', 'RFC 3261 §14.1'), giveUp('refused', 'RFC 3261 §21.4')],
  },
} as const satisfies Record<string, StatusEntry>;
