// 300, 301, 302, 305, 380: the called party is somewhere else (RFC 3261 §8.1.3.4).
import type { StatusEntry } from '../rule.js';
import { giveUp, when } from './row.js';

export const redirection = {
  300: {
    // Multiple Choices (RFC 3261 §21.3.1)
    impact: 'transaction',
    rules: [when(['hasChoices'], 'chooseTarget', 'RFC 3261 §21.3.1'), giveUp('noTargetLeft', 'RFC 3261 §8.1.3.4')],
  },
  301: {
    // Moved Permanently (RFC 3261 §21.3.2)
    impact: 'transaction',
    rules: [when(['targetLeft'], 'tryOtherTarget', 'RFC 3261 §8.1.3.4'), giveUp('noTargetLeft', 'RFC 3261 §8.1.3.4')],
  },
  302: {
    // Moved Temporarily (RFC 3261 §21.3.3)
    impact: 'transaction',
    rules: [when(['targetLeft'], 'tryOtherTarget', 'RFC 3261 §8.1.3.4'), giveUp('noTargetLeft', 'RFC 3261 §8.1.3.4')],
  },
  305: {
    // Use Proxy (RFC 3261 §21.3.4)
    impact: 'transaction',
    rules: [when(['targetLeft'], 'tryOtherTarget', 'RFC 3261 §21.3.4'), giveUp('noTargetLeft', 'RFC 3261 §8.1.3.4')],
  },
  380: {
    // Alternative Service (RFC 3261 §21.3.5)
    impact: 'transaction',
    rules: [giveUp('cannotCorrect', 'RFC 3261 §21.3.5')],
  },
} as const satisfies Record<string, StatusEntry>;
