// 401, 407: credentials (RFC 3261 §22). 494: a security agreement (RFC 3329).
import type { GuardedRule, FinalRule, StatusEntry } from '../rule.js';
import { giveUp, giveUpWhen, when } from './row.js';

/** RFC 3261 §22.2 and §22.3 read the same for a user agent and for a proxy: the header types tell them apart. */
const answerChallenge = (section: '22.2' | '22.3'): readonly [...GuardedRule[], FinalRule] => [
  giveUpWhen(['challengeRejects'], 'credentialsRejected', 'RFC 3261 §22.1'),
  when(['challengeAnswerable'], 'authenticate', `RFC 3261 §${section}`),
  giveUpWhen(['hasUsableChallenge'], 'noCredentials', `RFC 3261 §${section}`),
  giveUpWhen(['hasChallenge'], 'noUsableChallenge', 'RFC 8760 §2.4'),
  giveUp('malformedResponse', `RFC 3261 §${section}`),
];

export const authentication = {
  401: {
    // Unauthorized (RFC 3261 §21.4.2)
    impact: 'transaction',
    rules: answerChallenge('22.2'),
  },
  407: {
    // Proxy Authentication Required (RFC 3261 §21.4.8)
    impact: 'transaction',
    rules: answerChallenge('22.3'),
  },
  494: {
    // Security Agreement Required (RFC 3329 §2.3)
    impact: 'transaction',
    rules: [
      giveUpWhen(['securityListChanged'], 'downgradeRefused', 'RFC 3329 §3'),
      when(['securityAgreeable'], 'agreeSecurity', 'RFC 3329 §2.3.1'),
      giveUpWhen(['challengeRejects'], 'credentialsRejected', 'RFC 3261 §22.1'),
      giveUpWhen(['hasUsableChallenge'], 'cannotCorrect', 'RFC 3329 §2.3.1'),
      giveUpWhen(['hasChallenge'], 'noUsableChallenge', 'RFC 8760 §2.4'),
      giveUp('cannotCorrect', 'RFC 3329 §2.3.1'),
    ],
  },
} as const satisfies Record<string, StatusEntry>;
