// 600, 603, 604, 606, 607, 608: definitive everywhere; no other server and no other target is tried (RFC 3261 §21.6).
import type { StatusEntry } from '../rule.js';
import { giveUp, giveUpWhen, when } from './row.js';

export const globalFailure = {
  600: {
    phrase: 'Busy Everywhere',
    definedIn: 'RFC 3261 §21.6.1',
    impact: 'transaction',
    rules: [when(['redialWanted', 'hasRetryAfter'], 'wait', 'RFC 3261 §21.6.1'), giveUp('busy', 'RFC 3261 §21.6.1')],
  },
  603: {
    phrase: 'Decline',
    definedIn: 'RFC 3261 §21.6.2',
    impact: 'transaction',
    rules: [
      when(['redialWanted', 'hasRetryAfter'], 'wait', 'RFC 3261 §21.6.2'),
      giveUp('declined', 'RFC 3261 §21.6.2'),
    ],
  },
  604: {
    phrase: 'Does Not Exist Anywhere',
    definedIn: 'RFC 3261 §21.6.3',
    impact: 'dialog',
    rules: [giveUpWhen(['endsUsage'], 'usageEnded', 'RFC 5057 §5.1'), giveUp('notFound', 'RFC 3261 §21.6.3')],
  },
  606: {
    phrase: 'Not Acceptable',
    definedIn: 'RFC 3261 §21.6.4',
    impact: 'transaction',
    rules: [giveUp('cannotCorrect', 'RFC 3261 §21.6.4')],
  },
  607: {
    phrase: 'Unwanted',
    definedIn: 'RFC 8197 §4',
    impact: 'transaction',
    rules: [giveUp('declined', 'RFC 8197 §4')],
  },
  608: {
    phrase: 'Rejected',
    definedIn: 'RFC 8688 §3.1',
    impact: 'transaction',
    rules: [giveUp('declined', 'RFC 8688 §3.3')],
  },
} as const satisfies Record<string, StatusEntry>;
