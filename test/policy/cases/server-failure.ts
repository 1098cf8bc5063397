// 5xx: the server failed. And a transport error, which is treated as 503.
import { backOff, type Case, type Cases, giveUp, otherServer, twoServers, waitFor } from './case.js';
import { got, sdp, sent, sentInDialog } from './message-text.js';

const ringing = { provisional: 'alerting' } as const;

/** One untried server, unless somebody may be ringing. */
const elsewhere = (status: string, row: number, last: number, reorigination: 'failover' | 'retry'): readonly Case[] => [
  {
    says: 'asks another server (§21.5, RFC 3263 §4.3)',
    sent: sent('REGISTER'),
    got: got(status),
    client: twoServers,
    history: { provisional: 'trying' },
    rule: `${keyOf(status)}#${row}`,
    then: otherServer(reorigination),
  },
  {
    says: 'asks none while somebody may be ringing (RFC 3263 §4.3)',
    sent: sent('INVITE'),
    got: got(status),
    client: twoServers,
    history: ringing,
    rule: `${keyOf(status)}#${last}`,
    then: giveUp('unavailable'),
  },
  {
    says: 'asks none twice (RFC 3263 §4.3)',
    sent: sent('INVITE'),
    got: got(status),
    client: twoServers,
    history: { server: 'sip:b.example.com', serversTried: ['sip:a.example.com'] },
    rule: `${keyOf(status)}#${last}`,
    then: giveUp('unavailable'),
  },
  {
    says: 'gives up on a call without another server (§21.5)',
    sent: sent('INVITE'),
    got: got(status),
    rule: `${keyOf(status)}#${last}`,
    then: giveUp('unavailable'),
  },
];

const keyOf = (status: string) => (status.startsWith('599') ? '5xx' : status.slice(0, 3));

/** A Retry-After of five hours, where this is the limit. */
const tooLong = (value: number) =>
  giveUp('retryAfterTooLong', { wanted: 'wait', limit: 'maxWaitMs', value, found: 18_000_000, notBefore: 18_000_000 });

const like500 = (status: string): readonly Case[] => [
  {
    says: 'waits for Retry-After, other servers or not, in the same call (§21.5.1, §14.2)',
    sent: sentInDialog('INVITE'),
    got: got(status, 'Retry-After: 7'),
    client: twoServers,
    rule: `${keyOf(status)}#3`,
    then: waitFor(7_000),
  },
  {
    says: 'asks another server at once where Retry-After is longer than this client waits (§21.5)',
    sent: sent('REGISTER'),
    got: got(status, 'Retry-After: 18000'),
    client: twoServers,
    rule: `${keyOf(status)}#1`,
    then: otherServer('retry'),
  },
  {
    says: 'asks none even then while somebody may be ringing (RFC 3263 §4.3)',
    sent: sent('INVITE'),
    got: got(status, 'Retry-After: 18000'),
    client: twoServers,
    history: ringing,
    rule: `${keyOf(status)}#3`,
    then: tooLong(300_000),
  },
  {
    says: 'says that the wait is too long where no other server is left (§20.33)',
    sent: sent('REGISTER'),
    got: got(status, 'Retry-After: 18000'),
    client: twoServers,
    history: { server: 'sip:b.example.com', serversTried: ['sip:a.example.com'] },
    rule: `${keyOf(status)}#3`,
    then: tooLong(3_600_000),
  },
  ...elsewhere(status, 4, 8, 'retry'),
  {
    says: 'asks another server inside a dialog, too (§21.5)',
    sent: sentInDialog('UPDATE'),
    got: got(status),
    client: twoServers,
    rule: `${keyOf(status)}#4`,
    then: otherServer('retry'),
  },
  {
    says: 'jumps with the CSeq number, once, inside a dialog (§12.2.2)',
    sent: sentInDialog('INVITE'),
    got: got(status),
    rule: `${keyOf(status)}#5`,
    then: { ...backOff(2_000), nextCSeq: 315_159 },
  },
  {
    says: 'jumps before it only waits (§12.2.2)',
    sent: sentInDialog('SUBSCRIBE'),
    got: got(status),
    rule: `${keyOf(status)}#5`,
    then: { ...backOff(2_000), nextCSeq: 315_159 },
  },
  {
    says: 'only waits after it has jumped (§21.5.1)',
    sent: sentInDialog('SUBSCRIBE'),
    got: got(status),
    history: { waits: { retryAfter: 0, glare: 0, backoff: 1 } },
    rule: `${keyOf(status)}#7`,
    then: backOff(4_000),
  },
  {
    says: 'never jumps beyond 2**31 (§8.1.1.5)',
    sent: sentInDialog('INVITE').replace('CSeq: 314159', 'CSeq: 2147483000'),
    got: got(status),
    rule: `${keyOf(status)}#5`,
    then: backOff(2_000),
  },
  {
    says: 'gives up on a call whose CSeq has jumped, and keeps it (RFC 5057 §5.1 note 13)',
    sent: sentInDialog('INVITE'),
    got: got(status),
    history: { waits: { retryAfter: 0, glare: 0, backoff: 1 } },
    rule: `${keyOf(status)}#8`,
    then: giveUp('unavailable'),
  },
  {
    says: 'registers again after a while (§21.5.1, RFC 5626 §4.5)',
    sent: sent('REGISTER'),
    got: got(status),
    rule: `${keyOf(status)}#7`,
    then: backOff(30_000),
  },
  {
    says: 'makes nothing of it for a BYE: the call is over (RFC 5057 §5.1 note 13)',
    sent: sentInDialog('BYE'),
    got: got(status),
    rule: `${keyOf(status)}#5`,
    then: giveUp('usageEnded', { wanted: 'wait' }),
    impact: 'usage',
  },
];

const integral = (status: string): readonly Case[] => [
  {
    says: 'ends the call whose INVITE is not implemented (RFC 5057 §5.1)',
    sent: sentInDialog('INVITE'),
    got: got(status),
    rule: '501#1',
    then: giveUp('usageEnded'),
    impact: 'usage',
    aftermath: 'sendBye',
  },
  {
    says: 'keeps the call for a method that it can do without (RFC 5057 §5.1 note 3)',
    sent: sentInDialog('UPDATE'),
    got: got(status),
    rule: '501#3',
    then: giveUp('refused'),
  },
];

export const serverFailure: Cases = {
  500: like500('500 Server Internal Error'),
  501: [
    {
      says: 'gives up on the method (§21.5.2)',
      sent: sent('PUBLISH'),
      got: got('501 Not Implemented'),
      client: twoServers,
      rule: '501#3',
      then: giveUp('refused'),
    },
    ...integral('501 Not Implemented'),
  ],
  502: [
    ...elsewhere('502 Bad Gateway', 2, 5, 'retry'),
    {
      says: 'registers again after a while, not before Retry-After (§21.5)',
      sent: sent('REGISTER'),
      got: got('502 Bad Gateway', 'Retry-After: 100'),
      rule: '502#4',
      then: backOff(100_000),
    },
    {
      says: 'ends the dialog that it comes in, other servers or not (RFC 5057 §5.1 note 14)',
      sent: sentInDialog('INVITE'),
      got: got('502 Bad Gateway'),
      client: twoServers,
      rule: '502#1',
      then: giveUp('usageEnded'),
      impact: 'dialog',
      aftermath: 'sendBye',
    },
    {
      says: 'leaves a subscription alone (RFC 6665 §4.1.2.2)',
      sent: sentInDialog('SUBSCRIBE'),
      got: got('502 Bad Gateway'),
      rule: '502#4',
      then: backOff(2_000),
    },
  ],
  503: [
    ...elsewhere('503 Service Unavailable', 1, 5, 'failover'),
    {
      says: 'asks another server rather than wait (§21.5.4)',
      sent: sent('INVITE'),
      got: got('503 Service Unavailable', 'Retry-After: 3600'),
      client: twoServers,
      rule: '503#1',
      then: otherServer('failover'),
    },
    {
      says: 'waits for the only server (§21.5.4)',
      sent: sent('INVITE'),
      got: got('503 Service Unavailable', 'Retry-After: 60'),
      rule: '503#3',
      then: waitFor(60_000),
    },
    {
      says: 'does not let a caller wait for an hour (§20.33)',
      sent: sent('INVITE'),
      got: got('503 Service Unavailable', 'Retry-After: 3600'),
      rule: '503#3',
      then: giveUp('retryAfterTooLong', {
        wanted: 'wait',
        limit: 'maxWaitMs',
        value: 300_000,
        found: 3_600_000,
        notBefore: 3_600_000,
      }),
    },
    {
      says: 'registers again after a while without Retry-After (§21.5.4)',
      sent: sent('REGISTER'),
      got: got('503 Service Unavailable'),
      rule: '503#4',
      then: backOff(30_000),
    },
    {
      says: 'keeps the call that it comes in (RFC 5057 §5.1 note 15)',
      sent: sentInDialog('INVITE'),
      got: got('503 Service Unavailable'),
      rule: '503#5',
      then: giveUp('unavailable'),
    },
    {
      says: 'takes a transport error for one (§8.1.3.1, RFC 3263 §4.3)',
      sent: sent('MESSAGE'),
      got: 'transportError',
      client: twoServers,
      rule: '503#1',
      then: otherServer('failover'),
    },
    {
      says: 'registers again after a transport error (§8.1.3.1, RFC 5626 §4.5)',
      sent: sent('REGISTER'),
      got: 'transportError',
      rule: '503#4',
      then: backOff(30_000),
    },
    {
      says: 'gives up when no server can be reached (RFC 3263 §4.3)',
      sent: sent('INVITE'),
      got: 'transportError',
      rule: '503#6',
      then: giveUp('noServerLeft'),
    },
  ],
  504: [
    ...elsewhere('504 Server Time-out', 1, 4, 'retry'),
    {
      says: 'asks again later (§21.5)',
      sent: sent('SUBSCRIBE'),
      got: got('504 Server Time-out'),
      rule: '504#3',
      then: backOff(2_000),
    },
    {
      says: 'keeps the call that it comes in (RFC 5057 §5.1 note 16)',
      sent: sentInDialog('INVITE'),
      got: got('504 Server Time-out'),
      rule: '504#4',
      then: giveUp('unavailable'),
    },
  ],
  'UPDATE 504': [
    {
      says: 'would need a person, whom an UPDATE may not ask (RFC 3311 §5.2)',
      sent: sentInDialog('UPDATE'),
      got: got('504 Server Time-out'),
      client: twoServers,
      rule: 'UPDATE 504#2',
      then: giveUp('cannotCorrect'),
    },
  ],
  505: [
    {
      says: 'gives up: there is no other version (§21.5.6)',
      sent: sentInDialog('INVITE'),
      got: got('505 Version Not Supported'),
      client: twoServers,
      rule: '505#2',
      then: giveUp('refused'),
    },
  ],
  513: [
    {
      says: 'leaves the body out (§21.5.7)',
      sent: sent('INVITE', ...sdp),
      got: got('513 Message Too Large'),
      client: twoServers,
      rule: '513#1',
      then: { type: 'shrinkBody', omit: true },
    },
    {
      says: 'gives up where there is no body (§21.5.7)',
      sent: sentInDialog('INVITE'),
      got: got('513 Message Too Large'),
      rule: '513#3',
      then: giveUp('cannotCorrect'),
    },
  ],
  'REGISTER 555': [
    {
      says: 'registers without push parameters (RFC 8599 §4.1.1)',
      sent: sent('REGISTER', 'Contact: <sip:a@h;pn-provider=acme;pn-prid=ZTY4>'),
      got: got('555 Push Notification Service Not Supported'),
      rule: 'REGISTER 555#1',
      then: { type: 'dropExtensions', tags: ['pn'] },
    },
    {
      says: 'gives up where none were sent (RFC 8599 §8.1)',
      sent: sent('REGISTER'),
      got: got('555 Push Notification Service Not Supported'),
      rule: 'REGISTER 555#3',
      then: giveUp('refused'),
    },
  ],
  580: [
    {
      says: 'drops no precondition by itself (RFC 3312 §8)',
      sent: sentInDialog('INVITE'),
      got: got('580 Precondition Failure'),
      rule: '580#2',
      then: giveUp('cannotCorrect'),
    },
  ],
  '5xx': [
    ...like500('599 Odd'),
    {
      says: 'is what a 555 is to any other method (RFC 8599 §8.1)',
      sent: sent('INVITE'),
      got: got('555 Push Notification Service Not Supported'),
      rule: '5xx#8',
      then: giveUp('unavailable'),
    },
  ],
};
