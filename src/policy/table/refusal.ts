// 400, 402, 403, 425, 440, 470: said no; repeating cannot help.
import type { StatusEntry } from '../rule.js';
import { giveUp, giveUpWhen } from './row.js';

export const refusal = {
  400: {
    phrase: 'Bad Request',
    definedIn: 'RFC 3261 §21.4.1',
    impact: 'transaction',
    rules: [giveUp('refused', 'RFC 3261 §21.4')],
  },
  402: {
    phrase: 'Payment Required',
    definedIn: 'RFC 3261 §21.4.3',
    impact: 'transaction',
    rules: [giveUp('refused', 'RFC 3261 §21.4')],
  },
  403: {
    phrase: 'Forbidden',
    definedIn: 'RFC 3261 §21.4.4',
    impact: 'transaction',
    rules: [
      // A server may answer 403 instead of a second challenge.
      giveUpWhen(['credentialsUnproven'], 'credentialsRejected', 'RFC 3261 §22.1'),
      giveUp('forbidden', 'RFC 3261 §21.4.4'),
    ],
  },
  425: {
    phrase: 'Bad Alert Message',
    definedIn: 'RFC 8876 §5.1',
    impact: 'transaction',
    rules: [giveUp('cannotCorrect', 'RFC 8876 §5.1')],
  },
  440: {
    phrase: 'Max-Breadth Exceeded',
    definedIn: 'RFC 5393 §6.2',
    impact: 'transaction',
    rules: [giveUp('loopDetected', 'RFC 5393 §5.1')],
  },
  470: {
    phrase: 'Consent Needed',
    definedIn: 'RFC 5360 §5.9.2',
    impact: 'transaction',
    rules: [giveUp('refused', 'RFC 5360 §5.9.2')],
  },
} as const satisfies Record<string, StatusEntry>;
