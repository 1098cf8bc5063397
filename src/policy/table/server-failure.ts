// 500 to 505, 513, 555, 580: the server failed.
import type { StatusEntry } from '../rule.js';
import { giveUp, giveUpWhen, when } from './row.js';

export const serverFailure = {
  500: {
    // Server Internal Error (RFC 3261 §21.5.1)
    impact: 'transaction',
    rules: [
      // What is longer than this client waits is no wait: then another server is asked at once.
      when(['retryAfterTooLong', 'serverLeft', 'nobodyRinging'], 'tryOtherServer', 'RFC 3261 §21.5'),
      when(['hasRetryAfter'], 'wait', 'RFC 3261 §21.5.1'),
      when(['serverLeft', 'nobodyRinging'], 'tryOtherServer', 'RFC 3261 §21.5'),
      // A UAS answers 500 to a CSeq lower than one that it has seen: the next one jumps.
      when(['cseqMayBeLow'], 'wait', 'RFC 3261 §12.2.2'),
      when(['isRepeatable'], 'wait', 'RFC 3261 §21.5.1'),
      giveUp('unavailable', 'RFC 3261 §21.5.1'),
    ],
  },
  501: {
    // Not Implemented (RFC 3261 §21.5.2)
    impact: 'usage',
    rules: [giveUpWhen(['endsUsage'], 'usageEnded', 'RFC 5057 §5.1'), giveUp('refused', 'RFC 3261 §21.5.2')],
  },
  502: {
    // Bad Gateway (RFC 3261 §21.5.3)
    impact: 'dialog',
    rules: [
      giveUpWhen(['endsUsage'], 'usageEnded', 'RFC 5057 §5.1'),
      when(['serverLeft', 'nobodyRinging'], 'tryOtherServer', 'RFC 3261 §21.5'),
      when(['isRepeatable'], 'wait', 'RFC 3261 §21.5'),
      giveUp('unavailable', 'RFC 3261 §21.5.3'),
    ],
  },
  // A transport error is treated as 503 (RFC 3261 §8.1.3.1); `fromWire` tells the two apart.
  503: {
    // Service Unavailable (RFC 3261 §21.5.4)
    impact: 'transaction',
    rules: [
      when(['serverLeft', 'nobodyRinging'], 'tryOtherServer', 'RFC 3263 §4.3'),
      when(['hasRetryAfter'], 'wait', 'RFC 3261 §21.5.4'),
      when(['isRepeatable'], 'wait', 'RFC 3261 §21.5.4'),
      giveUpWhen(['fromWire'], 'unavailable', 'RFC 3261 §21.5.4'),
      giveUp('noServerLeft', 'RFC 3263 §4.3'),
    ],
  },
  504: {
    // Server Time-out (RFC 3261 §21.5.5)
    impact: 'transaction',
    rules: [
      when(['serverLeft', 'nobodyRinging'], 'tryOtherServer', 'RFC 3261 §21.5'),
      when(['isRepeatable'], 'wait', 'RFC 3261 §21.5'),
      giveUp('unavailable', 'RFC 3261 §21.5.5'),
    ],
  },
  // The answer would need a person's consent: a re-INVITE may ask for it, an UPDATE may not.
  'UPDATE 504': {
    // Server Time-out
    definedIn: 'RFC 3311 §5.2',
    impact: 'transaction',
    rules: [giveUp('cannotCorrect', 'RFC 3311 §5.2')],
  },
  505: {
    // Version Not Supported (RFC 3261 §21.5.6)
    impact: 'transaction',
    rules: [giveUp('refused', 'RFC 3261 §21.5.6')],
  },
  513: {
    // Message Too Large (RFC 3261 §21.5.7)
    impact: 'transaction',
    rules: [when(['bodyCanShrink'], 'shrinkBody', 'RFC 3261 §21.5.7'), giveUp('cannotCorrect', 'RFC 3261 §21.5.7')],
  },
  // Only a REGISTER can draw it; to any other method it is an unknown 5xx.
  'REGISTER 555': {
    // Push Notification Service Not Supported (RFC 8599 §8.1)
    impact: 'transaction',
    rules: [when(['sentPush'], 'dropExtensions', 'RFC 8599 §4.1.1'), giveUp('refused', 'RFC 8599 §8.1')],
  },
  580: {
    // Precondition Failure (RFC 3312 §8)
    impact: 'transaction',
    rules: [giveUp('cannotCorrect', 'RFC 3312 §8')],
  },
} as const satisfies Record<string, StatusEntry>;
