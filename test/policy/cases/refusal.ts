// 400, 402, 403, 425, 440, 470, and every 4xx that nobody has registered.
import { type Cases, giveUp } from './case.js';
import { got, sent, sentInDialog } from './message-text.js';

const unproven = { kind: 'user', realm: 'a.example', nonces: ['n0'], rounds: 1, stale: 0, accepted: false } as const;

export const refusal: Cases = {
  400: [
    {
      says: 'repeats nothing that the server could not read (§21.4.1)',
      sent: sent('INVITE'),
      got: got('400 Missing Call-ID header field'),
      rule: '400#2',
      then: giveUp('refused'),
    },
    {
      says: 'reports until when, where the server says so all the same (§20.33)',
      sent: sent('REGISTER'),
      got: got('400 Bad Request', 'Retry-After: 60', 'Allow: INVITE'),
      rule: '400#2',
      then: giveUp('refused', { notBefore: 60_000 }),
    },
  ],
  402: [
    {
      says: 'is as good as a 400 (RFC 5057 §5.1 note 1)',
      sent: sentInDialog('INVITE'),
      got: got('402 Payment Required'),
      rule: '402#2',
      then: giveUp('refused'),
    },
  ],
  403: [
    {
      says: 'says that credentials will not help (§21.4.4)',
      sent: sent('INVITE'),
      got: got('403 Forbidden', 'WWW-Authenticate: Basic realm="a.example"'),
      rule: '403#3',
      then: giveUp('forbidden'),
    },
    {
      says: 'means refused credentials where some were sent and not yet accepted (§22.1)',
      sent: sent('REGISTER'),
      got: got('403 Forbidden'),
      history: { attempts: 2, answered: [unproven] },
      rule: '403#1',
      then: giveUp('credentialsRejected', { named: ['a.example'] }),
    },
    {
      says: 'stops for refused credentials wherever else the request could go (§22.1)',
      sent: sent('INVITE'),
      got: got('403 Forbidden'),
      history: { attempts: 2, answered: [unproven], targetsLeft: ['sip:bob@there.example'] },
      rule: '403#1',
      then: giveUp('credentialsRejected', { named: ['a.example'] }),
    },
    {
      says: 'is about the request where the credentials had been accepted (§21.4.4)',
      sent: sent('REGISTER'),
      got: got('403 Forbidden'),
      history: { attempts: 2, answered: [{ ...unproven, accepted: true }] },
      rule: '403#3',
      then: giveUp('forbidden'),
    },
    {
      says: 'is about the request where an earlier one had them accepted (§21.4.4)',
      sent: sent('REGISTER'),
      got: got('403 Forbidden'),
      history: { attempts: 2, answered: [unproven] },
      client: { acceptedRealms: [{ kind: 'user', realm: 'a.example' }] },
      rule: '403#3',
      then: giveUp('forbidden'),
    },
  ],
  425: [
    {
      says: 'cannot mend an alert, and keeps the dialog (RFC 8876 §5.1)',
      sent: sentInDialog('MESSAGE'),
      got: got('425 Bad Alert Message', 'AlertMsg-Error: 100 ;message="Cannot process the alert payload"'),
      rule: '425#2',
      then: giveUp('cannotCorrect'),
    },
  ],
  440: [
    {
      says: 'is like 483: the search was too broad (RFC 5393 §5.1)',
      sent: sent('INVITE'),
      got: got('440 Max-Breadth Exceeded'),
      rule: '440#2',
      then: giveUp('loopDetected'),
    },
  ],
  470: [
    {
      says: 'asks nobody for permission by itself (RFC 5360 §5.9.2)',
      sent: sent('MESSAGE'),
      got: got('470 Consent Needed', 'Permission-Missing: sip:c@example.com'),
      rule: '470#2',
      then: giveUp('refused'),
    },
  ],
  '4xx': [
    {
      says: 'is treated as 400 (§8.1.3.2)',
      sent: sentInDialog('INVITE'),
      got: got('431 Odd', 'Retry-After: 10'),
      rule: '4xx#2',
      then: giveUp('refused', { notBefore: 10_000 }),
    },
  ],
};
