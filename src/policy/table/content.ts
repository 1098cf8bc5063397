// 406, 413, 415, 488, 493: another content.
import type { StatusEntry } from '../rule.js';
import { giveUp, giveUpWhen, when } from './row.js';

export const content = {
  406: {
    // Not Acceptable (RFC 3261 §21.4.7)
    impact: 'transaction',
    rules: [
      when(['acceptCanWiden'], 'changeContent', 'RFC 6665 §4.1.2.1'),
      giveUp('cannotCorrect', 'RFC 3261 §21.4.7'),
    ],
  },
  413: {
    // Request Entity Too Large (RFC 3261 §21.4.11)
    impact: 'transaction',
    rules: [
      // With Retry-After the condition is temporary: waited for, and nothing shrinks.
      when(['hasRetryAfter'], 'wait', 'RFC 3261 §21.4.11'),
      when(['bodyCanShrink'], 'shrinkBody', 'RFC 3261 §8.1.3.5'),
      giveUpWhen(['hasBody'], 'cannotCorrect', 'RFC 3261 §21.4.11'),
      giveUp('refused', 'RFC 3261 §21.4'),
    ],
  },
  415: {
    // Unsupported Media Type (RFC 3261 §21.4.13)
    impact: 'transaction',
    rules: [
      when(['acceptableContentLeft'], 'changeContent', 'RFC 3261 §8.1.3.5'),
      when(['nothingAcceptable', 'bodyOmissible'], 'shrinkBody', 'RFC 3261 §20.1'),
      giveUpWhen(['hasBody'], 'cannotCorrect', 'RFC 3261 §21.4.13'),
      giveUp('refused', 'RFC 3261 §21.4'),
    ],
  },
  488: {
    // Not Acceptable Here (RFC 3261 §21.4.26)
    impact: 'transaction',
    rules: [when(['offerCanChange'], 'changeOffer', 'RFC 3261 §21.4.26'), giveUp('cannotCorrect', 'RFC 3261 §21.4.26')],
  },
  493: {
    // Undecipherable (RFC 3261 §21.4.28)
    impact: 'transaction',
    rules: [
      when(['certificateOffered'], 'changeContent', 'RFC 3261 §23.2'),
      // Without encryption it would be readable on the way: not ours to decide.
      giveUp('downgradeRefused', 'RFC 3261 §23.2'),
    ],
  },
} as const satisfies Record<string, StatusEntry>;
