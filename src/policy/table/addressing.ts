// 404, 410, 414, 416, 484, 485: the address is wrong, incomplete or ambiguous.
import type { StatusEntry } from '../rule.js';
import { giveUp, giveUpWhen, when } from './row.js';

export const addressing = {
  404: {
    // Not Found (RFC 3261 §21.4.5)
    impact: 'dialog',
    rules: [
      giveUpWhen(['endsUsage'], 'usageEnded', 'RFC 5057 §5.1'),
      when(['redialWanted', 'hasRetryAfter'], 'wait', 'RFC 3261 §20.33'),
      giveUp('notFound', 'RFC 3261 §21.4.5'),
    ],
  },
  410: {
    // Gone (RFC 3261 §21.4.10)
    impact: 'dialog',
    rules: [giveUpWhen(['endsUsage'], 'usageEnded', 'RFC 5057 §5.1'), giveUp('gone', 'RFC 3261 §21.4.10')],
  },
  414: {
    // Request-URI Too Long (RFC 3261 §21.4.12)
    impact: 'transaction',
    rules: [
      when(['uriCanShorten'], 'changeUri', 'RFC 3261 §21.4.12'),
      when(['serverLeft', 'nobodyRinging'], 'tryOtherServer', 'RFC 3261 §21.4'),
      giveUp('cannotCorrect', 'RFC 3261 §21.4.12'),
    ],
  },
  416: {
    // Unsupported URI Scheme (RFC 3261 §21.4.14)
    impact: 'dialog',
    rules: [
      giveUpWhen(['endsUsage'], 'usageEnded', 'RFC 5057 §5.1'),
      // RFC 5630 replaces the sentence of RFC 3261 §8.1.3.5: a SIPS URI MUST NOT be retried as SIP automatically.
      giveUpWhen(['uriIsSips'], 'downgradeRefused', 'RFC 5630 §5.1.1'),
      when(['uriConvertible'], 'changeUri', 'RFC 3261 §8.1.3.5'),
      when(['serverLeft', 'nobodyRinging'], 'tryOtherServer', 'RFC 3261 §21.4'),
      giveUp('cannotCorrect', 'RFC 3261 §21.4.14'),
    ],
  },
  484: {
    // Address Incomplete (RFC 3261 §21.4.22)
    impact: 'dialog',
    rules: [
      giveUpWhen(['endsUsage'], 'usageEnded', 'RFC 5057 §5.1'),
      when(['digitsExtendable'], 'extendDigits', 'RFC 3578 §3.2'),
      giveUp('cannotCorrect', 'RFC 3261 §21.4.22'),
    ],
  },
  485: {
    // Ambiguous (RFC 3261 §21.4.23)
    impact: 'dialog',
    rules: [
      giveUpWhen(['endsUsage'], 'usageEnded', 'RFC 5057 §5.1'),
      // Never searched through automatically: "user intervention is required".
      when(['hasChoices'], 'chooseTarget', 'RFC 3261 §21.4.23'),
      giveUp('notFound', 'RFC 3261 §21.4.23'),
    ],
  },
} as const satisfies Record<string, StatusEntry>;
