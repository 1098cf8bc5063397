// 412, 481, 482, 483: the state that the request speaks of is not there, or the request went in a circle.
import type { StatusEntry } from '../rule.js';
import { giveUp, giveUpWhen, when } from './row.js';

export const dialog = {
  412: {
    // Conditional Request Failed (RFC 3903 §11.2.1)
    impact: 'transaction',
    rules: [
      when(['isConditionalPublish', 'isRemoval'], 'accept', 'local: nothing is left to remove'),
      when(['isConditionalPublish'], 'republish', 'RFC 3903 §5'),
      giveUp('refused', 'RFC 3261 §21.4'),
    ],
  },
  481: {
    // Call/Transaction Does Not Exist (RFC 3261 §21.4.19)
    impact: 'usage',
    rules: [giveUpWhen(['endsUsage'], 'usageEnded', 'RFC 3261 §12.2.1.2'), giveUp('refused', 'RFC 3261 §21.4')],
  },
  // It matches no reliable provisional response that waits: often only because the final response was faster.
  'PRACK 481': {
    // Call/Transaction Does Not Exist
    definedIn: 'RFC 3262 §3',
    impact: 'transaction',
    rules: [giveUp('refused', 'RFC 3262 §3')],
  },
  482: {
    // Loop Detected (RFC 3261 §21.4.20)
    impact: 'dialog',
    rules: [giveUpWhen(['endsUsage'], 'usageEnded', 'RFC 5057 §5.1'), giveUp('loopDetected', 'RFC 3261 §21.4.20')],
  },
  483: {
    // Too Many Hops (RFC 3261 §21.4.21)
    impact: 'dialog',
    rules: [
      when(['maxForwardsLow'], 'raiseMaxForwards', 'RFC 3261 §20.22'),
      giveUpWhen(['endsUsage'], 'usageEnded', 'RFC 5057 §5.1'),
      giveUp('loopDetected', 'RFC 3261 §21.4.21'),
    ],
  },
} as const satisfies Record<string, StatusEntry>;
