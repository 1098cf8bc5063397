// 405, 420, 421, 469, 489: methods, extensions and packages that one side lacks.
import type { StatusEntry } from '../rule.js';

export const extension = {
  405: {
    phrase: 'Method Not Allowed',
    definedIn: 'RFC 3261 §21.4.6',
    impact: 'usage',
    rules: [
      { when: ['endsUsage'], do: 'giveUp', because: 'usageEnded', cite: 'RFC 5057 §5.1' },
      { do: 'giveUp', because: 'refused', cite: 'RFC 3261 §21.4.6' },
    ],
  },
  420: {
    phrase: 'Bad Extension',
    definedIn: 'RFC 3261 §21.4.15',
    impact: 'transaction',
    rules: [
      { when: ['requiredTagListed'], do: 'dropExtensions', cite: 'RFC 3261 §8.1.3.5' },
      { when: ['pathMissing'], do: 'addExtensions', cite: 'RFC 3327 §5.3' },
      { when: ['supportedTagListed'], do: 'dropExtensions', cite: 'local: the tag was only offered' },
      { when: ['unlistedTagDroppable'], do: 'dropExtensions', cite: 'local: one guess without Unsupported' },
      { when: ['proxyTagListed', 'serverLeft', 'nobodyRinging'], do: 'tryOtherServer', cite: 'RFC 3261 §21.4' },
      { do: 'giveUp', because: 'cannotCorrect', cite: 'RFC 3261 §21.4.15' },
    ],
  },
  421: {
    phrase: 'Extension Required',
    definedIn: 'RFC 3261 §21.4.16',
    impact: 'transaction',
    rules: [
      { when: ['securityListChanged'], do: 'giveUp', because: 'downgradeRefused', cite: 'RFC 3329 §3' },
      { when: ['securityAgreeable'], do: 'agreeSecurity', cite: 'RFC 3329 §2.3.1' },
      { when: ['extensionsRequirable'], do: 'addExtensions', cite: 'RFC 7614 §6' },
      { when: ['extensionsAddable'], do: 'addExtensions', cite: 'RFC 3261 §21.4.16' },
      { when: ['serverLeft', 'nobodyRinging'], do: 'tryOtherServer', cite: 'RFC 3261 §21.4' },
      { do: 'giveUp', because: 'cannotCorrect', cite: 'RFC 3261 §21.4.16' },
    ],
  },
  469: {
    phrase: 'Bad Info Package',
    definedIn: 'RFC 6086 §4.2.2',
    impact: 'transaction',
    rules: [{ do: 'giveUp', because: 'refused', cite: 'RFC 6086 §4.2.2' }],
  },
  489: {
    phrase: 'Bad Event',
    definedIn: 'RFC 6665 §8.3.2',
    impact: 'usage',
    rules: [
      { when: ['endsUsage'], do: 'giveUp', because: 'usageEnded', cite: 'RFC 6665 §4.1.2.2' },
      { do: 'giveUp', because: 'refused', cite: 'RFC 6665 §8.3.2' },
    ],
  },
} as const satisfies Record<string, StatusEntry>;
