// 401, 407: credentials (RFC 3261 §22). 494: a security agreement (RFC 3329).
import type { GuardedRule, FinalRule, StatusEntry } from '../rule.js';

/** RFC 3261 §22.2 and §22.3 read the same for a user agent and for a proxy: the header types tell them apart. */
const answerChallenge = (section: '22.2' | '22.3'): readonly [...GuardedRule[], FinalRule] => [
  { when: ['challengeRejects'], do: 'giveUp', because: 'credentialsRejected', cite: 'RFC 3261 §22.1' },
  { when: ['challengeAnswerable'], do: 'authenticate', cite: `RFC 3261 §${section}` },
  { when: ['hasUsableChallenge'], do: 'giveUp', because: 'noCredentials', cite: `RFC 3261 §${section}` },
  { when: ['hasChallenge'], do: 'giveUp', because: 'noUsableChallenge', cite: 'RFC 8760 §2.4' },
  { do: 'giveUp', because: 'malformedResponse', cite: `RFC 3261 §${section}` },
];

export const authentication = {
  401: { phrase: 'Unauthorized', definedIn: 'RFC 3261 §21.4.2', impact: 'transaction', rules: answerChallenge('22.2') },
  407: {
    phrase: 'Proxy Authentication Required',
    definedIn: 'RFC 3261 §21.4.8',
    impact: 'transaction',
    rules: answerChallenge('22.3'),
  },
  494: {
    phrase: 'Security Agreement Required',
    definedIn: 'RFC 3329 §2.3.1',
    impact: 'transaction',
    rules: [
      { when: ['securityListChanged'], do: 'giveUp', because: 'downgradeRefused', cite: 'RFC 3329 §3' },
      { when: ['securityAgreeable'], do: 'agreeSecurity', cite: 'RFC 3329 §2.3.1' },
      { when: ['challengeRejects'], do: 'giveUp', because: 'credentialsRejected', cite: 'RFC 3261 §22.1' },
      { do: 'giveUp', because: 'cannotCorrect', cite: 'RFC 3329 §2.3.1' },
    ],
  },
} as const satisfies Record<string, StatusEntry>;
