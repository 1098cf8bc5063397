// 430, 439: flows and outbound registration (RFC 5626).
import type { StatusEntry } from '../rule.js';
import { giveUp, when } from './row.js';

export const outbound = {
  // "Endpoints should never receive a 430 response": treated as 400.
  430: {
    // Flow Failed (RFC 5626 §11.5)
    impact: 'transaction',
    rules: [giveUp('refused', 'RFC 5626 §11.5')],
  },
  439: {
    // First Hop Lacks Outbound Support (RFC 5626 §11.6)
    impact: 'transaction',
    rules: [
      when(['sentOutbound'], 'dropExtensions', 'RFC 5626 §4.2.1'),
      when(['serverLeft', 'nobodyRinging'], 'tryOtherServer', 'RFC 5626 §4.2.1'),
      giveUp('refused', 'RFC 3261 §21.4'),
    ],
  },
} as const satisfies Record<string, StatusEntry>;
