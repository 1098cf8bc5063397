// 412, 481, 482, 483: the state that the request speaks of is not there, or the request went in a circle.
import type { StatusEntry } from '../rule.js';

export const dialog = {
  412: {
    phrase: 'Conditional Request Failed',
    definedIn: 'RFC 3903 §11.2.1',
    impact: 'transaction',
    rules: [
      { when: ['isConditionalPublish', 'isRemoval'], do: 'accept', cite: 'local: nothing is left to remove' },
      { when: ['isConditionalPublish'], do: 'republish', cite: 'RFC 3903 §5' },
      { do: 'giveUp', because: 'refused', cite: 'RFC 3261 §21.4' },
    ],
  },
  481: {
    phrase: 'Call/Transaction Does Not Exist',
    definedIn: 'RFC 3261 §21.4.19',
    impact: 'usage',
    rules: [
      { when: ['endsUsage'], do: 'giveUp', because: 'usageEnded', cite: 'RFC 3261 §12.2.1.2' },
      { do: 'giveUp', because: 'refused', cite: 'RFC 3261 §21.4' },
    ],
  },
  // It matches no reliable provisional response that waits: often only because the final response was faster.
  'PRACK 481': {
    phrase: 'Call/Transaction Does Not Exist',
    definedIn: 'RFC 3262 §3',
    impact: 'transaction',
    rules: [{ do: 'giveUp', because: 'refused', cite: 'RFC 3262 §3' }],
  },
  482: {
    phrase: 'Loop Detected',
    definedIn: 'RFC 3261 §21.4.20',
    impact: 'dialog',
    rules: [
      { when: ['endsUsage'], do: 'giveUp', because: 'usageEnded', cite: 'RFC 5057 §5.1' },
      { do: 'giveUp', because: 'loopDetected', cite: 'RFC 3261 §21.4.20' },
    ],
  },
  483: {
    phrase: 'Too Many Hops',
    definedIn: 'RFC 3261 §21.4.21',
    impact: 'dialog',
    rules: [
      { when: ['maxForwardsLow'], do: 'raiseMaxForwards', cite: 'RFC 3261 §20.22' },
      { when: ['endsUsage'], do: 'giveUp', because: 'usageEnded', cite: 'RFC 5057 §5.1' },
      { do: 'giveUp', because: 'loopDetected', cite: 'RFC 3261 §21.4.21' },
    ],
  },
} as const satisfies Record<string, StatusEntry>;
