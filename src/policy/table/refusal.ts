// 400, 402, 403, 425, 440, 470: said no; repeating cannot help.
import type { StatusEntry } from '../rule.js';
import { giveUp, giveUpWhen } from './row.js';

export const refusal = {
  400: {
    // Bad Request (RFC 3261 §21.4.1)
    impact: 'transaction',
    rules: [giveUp('refused', 'RFC 3261 §21.4')],
  },
  402: {
    // Payment Required (RFC 3261 §21.4.3)
    impact: 'transaction',
    rules: [giveUp('refused', 'RFC 3261 §21.4')],
  },
  403: {
    // Forbidden (RFC 3261 §21.4.4)
    impact: 'transaction',
    rules: [
      // A server may answer 403 instead of a second challenge.
      giveUpWhen(['credentialsUnproven'], 'credentialsRejected', 'RFC 3261 §22.1'),
      giveUp('forbidden', 'RFC 3261 §21.4.4'),
    ],
  },
  425: {
    // Bad Alert Message (RFC 8876 §5.1)
    impact: 'transaction',
    rules: [giveUp('cannotCorrect', 'RFC 8876 §5.1')],
  },
  440: {
    // Max-Breadth Exceeded (RFC 5393 §5.1)
    impact: 'transaction',
    rules: [giveUp('loopDetected', 'RFC 5393 §5.1')],
  },
  470: {
    // Consent Needed (RFC 5360 §5.9.2)
    impact: 'transaction',
    rules: [giveUp('refused', 'RFC 5360 §5.9.2')],
  },
} as const satisfies Record<string, StatusEntry>;
