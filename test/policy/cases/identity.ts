// 417, 424, 428, 429, 433, 436, 437, 438: who is calling, from where, how urgently.
import { type Case, type Cases, giveUp } from './case.js';
import { got, sent, sentInDialog } from './message-text.js';

const signature = 'Identity: eyJhbGciOiJFUzI1NiJ9..sig;info=<https://cert.example.org/c.cer>;alg=ES256';

const signing = (status: string): readonly Case[] => [
  {
    says: 'signs anew, where this client is its own authentication service (RFC 8224 §6.1.1)',
    sent: sent('INVITE', signature),
    got: got(status),
    client: { canSign: true },
    rule: `${status.slice(0, 3)}#1`,
    then: { type: 'addIdentity' },
  },
  {
    says: 'signs anew once (RFC 8224 §6.1.1)',
    sent: sent('INVITE', signature),
    got: got(status),
    client: { canSign: true },
    history: { attempts: 2, taken: { addIdentity: 1 } },
    rule: `${status.slice(0, 3)}#3`,
    then: giveUp('cannotCorrect'),
  },
  {
    says: 'leaves it to the authentication service, where that is a proxy (RFC 8224 §6.2.2)',
    sent: sentInDialog('INVITE', signature),
    got: got(status),
    rule: `${status.slice(0, 3)}#3`,
    then: giveUp('cannotCorrect'),
  },
];

export const identity: Cases = {
  417: [
    {
      says: 'asks whether another priority will do (RFC 4412 §4.6.2)',
      sent: sent('INVITE', 'Require: resource-priority', 'Resource-Priority: dsn.flash'),
      got: got('417 Unknown Resource-Priority', 'Accept-Resource-Priority: q735.0, q735.1'),
      rule: '417#1',
      then: { type: 'changePriority', accept: ['q735.0', 'q735.1'] },
    },
    {
      says: 'asks without a list, too (RFC 4412 §4.6.2)',
      sent: sent('INVITE', 'Resource-Priority: dsn.flash'),
      got: got('417 Unknown Resource-Priority'),
      rule: '417#1',
      then: { type: 'changePriority', accept: [] },
    },
    {
      says: 'asks nothing where only what was sent is accepted (§21.4)',
      sent: sent('INVITE', 'Resource-Priority: dsn.flash'),
      got: got('417 Unknown Resource-Priority', 'Accept-Resource-Priority: dsn.flash'),
      rule: '417#3',
      then: giveUp('cannotCorrect'),
    },
    {
      says: 'asks once (§21.4)',
      sent: sent('INVITE', 'Resource-Priority: dsn.flash'),
      got: got('417 Unknown Resource-Priority'),
      history: { attempts: 2, taken: { changePriority: 1 } },
      rule: '417#3',
      then: giveUp('cannotCorrect'),
    },
    {
      says: 'has no priority to change where none was asked for, and keeps the call (RFC 5057 §5.1)',
      sent: sentInDialog('INVITE'),
      got: got('417 Unknown Resource-Priority'),
      rule: '417#3',
      then: giveUp('cannotCorrect'),
    },
  ],
  424: [
    {
      says: 'asks for a better location (RFC 6442 §4.3)',
      sent: sent('INVITE', 'Geolocation: <cid:target123@example.com>'),
      got: got('424 Bad Location Information', 'Geolocation-Error: 300 ;code="Dereference Failure"'),
      rule: '424#1',
      then: { type: 'changeLocation', code: 300 },
    },
    {
      says: 'asks where the error does not say what (RFC 6442 §4.3)',
      sent: sent('INVITE', 'Geolocation: <cid:target123@example.com>'),
      got: got('424 Bad Location Information'),
      history: { attempts: 3, taken: { changeLocation: 2 } },
      rule: '424#1',
      then: { type: 'changeLocation' },
    },
    {
      says: 'gives a better location three times at most (RFC 6442 §4.4)',
      sent: sent('INVITE', 'Geolocation: <cid:target123@example.com>'),
      got: got('424 Bad Location Information', 'Geolocation-Error: 100'),
      history: { attempts: 4, taken: { changeLocation: 3 } },
      rule: '424#3',
      then: giveUp('cannotCorrect'),
    },
    {
      says: 'grants no permission to pass the location on (RFC 6442 §4.3)',
      sent: sent('INVITE', 'Geolocation: <cid:target123@example.com>'),
      got: got('424 Bad Location Information', 'Geolocation-Error: 201 ;code="Permission To Retransmit"'),
      rule: '424#3',
      then: giveUp('cannotCorrect'),
    },
    {
      says: 'has no location to mend where none was sent, and keeps the dialog (RFC 6442 §4.3)',
      sent: sentInDialog('INVITE'),
      got: got('424 Bad Location Information', 'Geolocation-Error: 100'),
      rule: '424#3',
      then: giveUp('cannotCorrect'),
    },
  ],
  428: [
    {
      says: 'signs, where this client is its own authentication service (RFC 8224 §6.1.1)',
      sent: sent('INVITE'),
      got: got('428 Use Identity Header'),
      client: { canSign: true },
      rule: '428#1',
      then: { type: 'addIdentity' },
    },
    {
      says: 'leaves it to the authentication service, where that is a proxy (RFC 8224 §6.2.2)',
      sent: sentInDialog('INVITE'),
      got: got('428 Use Identity Header'),
      rule: '428#3',
      then: giveUp('cannotCorrect'),
    },
    {
      says: 'does not sign what is signed (RFC 8224 §6.2.2)',
      sent: sent('INVITE', signature),
      got: got('428 Use Identity Header'),
      client: { canSign: true },
      rule: '428#3',
      then: giveUp('cannotCorrect'),
    },
    {
      says: 'signs once (§21.4)',
      sent: sent('INVITE'),
      got: got('428 Use Identity Header'),
      client: { canSign: true },
      history: { attempts: 2, taken: { addIdentity: 1 } },
      rule: '428#3',
      then: giveUp('cannotCorrect'),
    },
  ],
  429: [
    {
      says: 'asks for a token of the referrer (RFC 3892 §5)',
      sent: sent('REFER'),
      got: got('429 Provide Referrer Identity'),
      rule: '429#1',
      then: { type: 'addReferredBy' },
    },
    {
      says: 'asks once (§21.4)',
      sent: sentInDialog('REFER'),
      got: got('429 Provide Referrer Identity'),
      history: { attempts: 2, taken: { addReferredBy: 1 } },
      rule: '429#3',
      then: giveUp('cannotCorrect'),
    },
    {
      says: 'is about REFER only (RFC 5057 §5.1 note 6)',
      sent: sent('INVITE'),
      got: got('429 Too Many Requests'),
      rule: '429#3',
      then: giveUp('cannotCorrect'),
    },
  ],
  433: [
    {
      says: 'asks before it says who calls (RFC 5079 §4)',
      sent: sent('INVITE', 'Privacy: id'),
      got: got('433 Anonymity Disallowed'),
      rule: '433#1',
      then: { type: 'revealIdentity' },
    },
    {
      says: 'knows an anonymous From (RFC 3323 §4.1)',
      sent: sent('INVITE').replace('<sip:alice@example.com>', '<sip:anonymous@anonymous.invalid>'),
      got: got('433 Anonymity Disallowed'),
      rule: '433#1',
      then: { type: 'revealIdentity' },
    },
    {
      says: 'asks once (RFC 5079 §4)',
      sent: sentInDialog('INVITE', 'Privacy: user;critical'),
      got: got('433 Anonymity Disallowed'),
      history: { attempts: 2, taken: { revealIdentity: 1 } },
      rule: '433#3',
      then: giveUp('refused'),
    },
    {
      says: 'has nothing to reveal where nothing was hidden (RFC 5079 §4)',
      sent: sent('INVITE', 'Privacy: none'),
      got: got('433 Anonymity Disallowed'),
      rule: '433#3',
      then: giveUp('refused'),
    },
  ],
  436: signing('436 Bad Identity Info'),
  437: signing('437 Unsupported Credential'),
  438: signing('438 Invalid Identity Header'),
};
