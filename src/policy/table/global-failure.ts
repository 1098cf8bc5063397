// 600, 603, 604, 606, 607, 608: definitive everywhere; no other server and no other target is tried (RFC 3261 §21.6).
import type { StatusEntry } from '../rule.js';

export const globalFailure = {
  600: {
    phrase: 'Busy Everywhere',
    definedIn: 'RFC 3261 §21.6.1',
    impact: 'transaction',
    rules: [
      { when: ['redialWanted', 'hasRetryAfter'], do: 'wait', cite: 'RFC 3261 §21.6.1' },
      { do: 'giveUp', because: 'busy', cite: 'RFC 3261 §21.6.1' },
    ],
  },
  603: {
    phrase: 'Decline',
    definedIn: 'RFC 3261 §21.6.2',
    impact: 'transaction',
    rules: [
      { when: ['redialWanted', 'hasRetryAfter'], do: 'wait', cite: 'RFC 3261 §21.6.2' },
      { do: 'giveUp', because: 'declined', cite: 'RFC 3261 §21.6.2' },
    ],
  },
  604: {
    phrase: 'Does Not Exist Anywhere',
    definedIn: 'RFC 3261 §21.6.3',
    impact: 'dialog',
    rules: [
      { when: ['endsUsage'], do: 'giveUp', because: 'usageEnded', cite: 'RFC 5057 §5.1' },
      { do: 'giveUp', because: 'notFound', cite: 'RFC 3261 §21.6.3' },
    ],
  },
  606: {
    phrase: 'Not Acceptable',
    definedIn: 'RFC 3261 §21.6.4',
    impact: 'transaction',
    rules: [{ do: 'giveUp', because: 'cannotCorrect', cite: 'RFC 3261 §21.6.4' }],
  },
  607: {
    phrase: 'Unwanted',
    definedIn: 'RFC 8197 §4',
    impact: 'transaction',
    rules: [{ do: 'giveUp', because: 'declined', cite: 'RFC 8197 §4' }],
  },
  608: {
    phrase: 'Rejected',
    definedIn: 'RFC 8688 §3.1',
    impact: 'transaction',
    rules: [{ do: 'giveUp', because: 'declined', cite: 'RFC 8688 §3.3' }],
  },
} as const satisfies Record<string, StatusEntry>;
