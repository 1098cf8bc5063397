// 417, 424, 428, 429, 433, 436, 437, 438: who is calling, from where, and how urgently.
import type { StatusEntry } from '../rule.js';
import { giveUp, when } from './row.js';

export const identity = {
  417: {
    // Unknown Resource-Priority (RFC 4412 §4.6.2)
    impact: 'transaction',
    rules: [
      // An emergency call must not be demoted silently: the person confirms.
      when(['priorityChangeable'], 'changePriority', 'RFC 4412 §4.6.2'),
      giveUp('cannotCorrect', 'RFC 4412 §4.6.2'),
    ],
  },
  424: {
    // Bad Location Information (RFC 6442 §4.3)
    impact: 'transaction',
    rules: [when(['locationCorrectable'], 'changeLocation', 'RFC 6442 §4.3'), giveUp('cannotCorrect', 'RFC 6442 §4.4')],
  },
  428: {
    // Use Identity Header (RFC 8224 §6.2.2)
    impact: 'transaction',
    rules: [
      when(['canSign', 'isUnsigned', 'notYetSigned'], 'addIdentity', 'RFC 8224 §6.1.1'),
      giveUp('cannotCorrect', 'RFC 8224 §6.2.2'),
    ],
  },
  429: {
    // Provide Referrer Identity (RFC 3892 §5)
    impact: 'transaction',
    rules: [when(['referrerMissing'], 'addReferredBy', 'RFC 3892 §5'), giveUp('cannotCorrect', 'RFC 3892 §5')],
  },
  433: {
    // Anonymity Disallowed (RFC 5079 §5)
    impact: 'transaction',
    rules: [
      // MUST NOT retry without anonymity unless the user confirmed.
      when(['isAnonymous'], 'revealIdentity', 'RFC 5079 §4'),
      giveUp('refused', 'RFC 5079 §4'),
    ],
  },
  436: {
    // Bad Identity Info (RFC 8224 §6.2.2)
    impact: 'transaction',
    rules: [
      when(['canSign', 'notYetSigned'], 'addIdentity', 'RFC 8224 §6.2.2'),
      giveUp('cannotCorrect', 'RFC 8224 §6.2.2'),
    ],
  },
  437: {
    // Unsupported Credential (RFC 8224 §6.2.2)
    impact: 'transaction',
    rules: [
      when(['canSign', 'notYetSigned'], 'addIdentity', 'RFC 8224 §6.2.2'),
      giveUp('cannotCorrect', 'RFC 8224 §6.2.2'),
    ],
  },
  438: {
    // Invalid Identity Header (RFC 8224 §6.2.2)
    impact: 'transaction',
    rules: [
      // SHOULD NOT be retried more than once.
      when(['canSign', 'notYetSigned'], 'addIdentity', 'RFC 8224 §6.1.1'),
      giveUp('cannotCorrect', 'RFC 8224 §6.2.2'),
    ],
  },
} as const satisfies Record<string, StatusEntry>;
