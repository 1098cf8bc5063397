// 405, 420, 421, 469, 489: methods, extensions and packages that one side lacks.
import type { StatusEntry } from '../rule.js';
import { giveUp, giveUpWhen, when } from './row.js';

export const extension = {
  405: {
    // Method Not Allowed (RFC 3261 §21.4.6)
    impact: 'usage',
    rules: [giveUpWhen(['endsUsage'], 'usageEnded', 'RFC 5057 §5.1'), giveUp('refused', 'RFC 3261 §21.4.6')],
  },
  420: {
    // Bad Extension (RFC 3261 §21.4.15)
    impact: 'transaction',
    rules: [
      when(['requiredTagListed'], 'dropExtensions', 'RFC 3261 §8.1.3.5'),
      when(['pathMissing'], 'addExtensions', 'RFC 3327 §5.3'),
      when(['supportedTagListed'], 'dropExtensions', 'local: the tag was only offered'),
      when(['unlistedTagDroppable'], 'dropExtensions', 'local: one guess without Unsupported'),
      when(['proxyTagListed', 'serverLeft', 'nobodyRinging'], 'tryOtherServer', 'RFC 3261 §21.4'),
      giveUp('cannotCorrect', 'RFC 3261 §21.4.15'),
    ],
  },
  421: {
    // Extension Required (RFC 3261 §21.4.16)
    impact: 'transaction',
    rules: [
      giveUpWhen(['securityListChanged'], 'downgradeRefused', 'RFC 3329 §3'),
      when(['securityAgreeable'], 'agreeSecurity', 'RFC 3329 §2.3.1'),
      when(['extensionsRequirable'], 'addExtensions', 'RFC 7614 §6'),
      when(['extensionsAddable'], 'addExtensions', 'RFC 3261 §21.4.16'),
      when(['serverLeft', 'nobodyRinging'], 'tryOtherServer', 'RFC 3261 §21.4'),
      giveUp('cannotCorrect', 'RFC 3261 §21.4.16'),
    ],
  },
  469: {
    // Bad Info Package (RFC 6086 §4.2.2)
    impact: 'transaction',
    rules: [giveUp('refused', 'RFC 6086 §4.2.2')],
  },
  489: {
    // Bad Event (RFC 6665 §8.3.2)
    impact: 'usage',
    rules: [giveUpWhen(['endsUsage'], 'usageEnded', 'RFC 6665 §4.1.2.2'), giveUp('refused', 'RFC 6665 §8.3.2')],
  },
} as const satisfies Record<string, StatusEntry>;
