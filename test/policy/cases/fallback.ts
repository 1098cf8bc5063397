// 2xx: the request succeeded.
import type { Cases } from './case.js';
import { got, sent, sentInDialog } from './message-text.js';

export const fallback: Cases = {
  '2xx': [
    {
      says: 'is accepted (§21.2)',
      sent: sent('INVITE'),
      got: got('200 OK'),
      rule: '2xx#1',
      then: { type: 'accept' },
    },
    {
      says: 'is accepted whatever its number, to a BYE as well (§8.1.3.2)',
      sent: sentInDialog('BYE'),
      got: got('299 Odd', 'Retry-After: 60'),
      rule: '2xx#1',
      then: { type: 'accept' },
    },
    {
      says: 'is accepted for a CANCEL, too (§9.1)',
      sent: sentInDialog('CANCEL'),
      got: got('200 OK'),
      rule: '2xx#1',
      then: { type: 'accept' },
    },
  ],
};
