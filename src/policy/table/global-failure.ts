// 600, 603, 604, 606, 607, 608: definitive everywhere; no other server and no other target is tried (RFC 3261 §21.6).
import type { StatusEntry } from '../rule.js';
import { giveUp, giveUpWhen, when } from './row.js';

export const globalFailure = {
  600: {
    // Busy Everywhere (RFC 3261 §21.6.1)
    impact: 'transaction',
    rules: [when(['redialWanted', 'hasRetryAfter'], 'wait', 'RFC 3261 §21.6.1'), giveUp('busy', 'RFC 3261 §21.6.1')],
  },
  603: {
    // Decline (RFC 3261 §21.6.2)
    impact: 'transaction',
    rules: [
      when(['redialWanted', 'hasRetryAfter'], 'wait', 'RFC 3261 §21.6.2'),
      giveUp('declined', 'RFC 3261 §21.6.2'),
    ],
  },
  604: {
    // Does Not Exist Anywhere (RFC 3261 §21.6.3)
    impact: 'dialog',
    rules: [giveUpWhen(['endsUsage'], 'usageEnded', 'RFC 5057 §5.1'), giveUp('notFound', 'RFC 3261 §21.6.3')],
  },
  606: {
    // Not Acceptable (RFC 3261 §21.6.4)
    impact: 'transaction',
    rules: [giveUp('cannotCorrect', 'RFC 3261 §21.6.4')],
  },
  607: {
    // Unwanted (RFC 8197 §4)
    impact: 'transaction',
    rules: [giveUp('declined', 'RFC 8197 §4')],
  },
  608: {
    // Rejected (RFC 8688 §3.3)
    impact: 'transaction',
    rules: [giveUp('declined', 'RFC 8688 §3.3')],
  },
} as const satisfies Record<string, StatusEntry>;
