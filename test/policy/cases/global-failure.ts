// 6xx: definitive everywhere.
import { type Case, type Cases, giveUp, twoServers, waitFor } from './case.js';
import type { GiveUpReason } from '../../../src/policy/reason.js';
import { got, sent, sentInDialog } from './message-text.js';

const elsewhere = { targetsLeft: ['sip:bob@there.example'] };

const redialled = (status: string, key: string, reason: GiveUpReason): readonly Case[] => [
  {
    says: 'tries no other server and no other target (§21.6)',
    sent: sent('INVITE'),
    got: got(status),
    client: twoServers,
    history: elsewhere,
    rule: `${key}#2`,
    then: giveUp(reason),
  },
  {
    says: 'reports from when on the called party would be willing (§20.33)',
    sent: sent('INVITE'),
    got: got(status, 'Retry-After: 60'),
    rule: `${key}#2`,
    then: giveUp(reason, { notBefore: 60_000 }),
  },
  {
    says: 'calls again, as a new call, where the application wants it (§8.1.1.4)',
    sent: sent('INVITE'),
    got: got(status, 'Retry-After: 60'),
    client: { redial: true },
    rule: `${key}#1`,
    then: waitFor(60_000, 'fresh'),
  },
  {
    says: 'does not call again without Retry-After, wanted or not',
    sent: sent('INVITE'),
    got: got(status),
    client: { redial: true },
    rule: `${key}#2`,
    then: giveUp(reason),
  },
  {
    says: 'keeps the call that it comes in (RFC 5057 §5.1)',
    sent: sentInDialog('INVITE'),
    got: got(status),
    rule: `${key}#2`,
    then: giveUp(reason),
  },
  {
    says: 'is the answer of an OPTIONS, wanted again or not (§11.2)',
    sent: sent('OPTIONS'),
    got: got(status, 'Retry-After: 60'),
    client: { redial: true },
    rule: `${key}#2`,
    then: giveUp(reason, { notBefore: 60_000 }),
  },
];

const final = (status: string, reason: GiveUpReason): readonly Case[] => [
  {
    says: 'stops everything, and keeps the call that it comes in (§21.6, RFC 5057 §5.1)',
    sent: sentInDialog('INVITE'),
    got: got(status, 'Retry-After: 60'),
    client: { redial: true, ...twoServers },
    history: elsewhere,
    rule: `${status.slice(0, 3)}#1`,
    then: giveUp(reason, { notBefore: 60_000 }),
  },
];

export const globalFailure: Cases = {
  600: redialled('600 Busy Everywhere', '600', 'busy'),
  603: redialled('603 Decline', '603', 'declined'),
  604: [
    {
      says: 'gives up for good (§21.6.3)',
      sent: sent('INVITE'),
      got: got('604 Does Not Exist Anywhere'),
      client: { redial: true, ...twoServers },
      history: elsewhere,
      rule: '604#2',
      then: giveUp('notFound'),
    },
    {
      says: 'ends the dialog that it comes in (RFC 5057 §5.1)',
      sent: sentInDialog('INVITE'),
      got: got('604 Does Not Exist Anywhere'),
      rule: '604#1',
      then: giveUp('usageEnded'),
      impact: 'dialog',
      aftermath: 'sendBye',
    },
    {
      says: 'ends the subscription that is refreshed (RFC 6665 §4.1.2.2)',
      sent: sentInDialog('SUBSCRIBE'),
      got: got('604 Does Not Exist Anywhere'),
      rule: '604#1',
      then: giveUp('usageEnded'),
      impact: 'dialog',
      aftermath: 'dropSubscription',
    },
  ],
  606: final('606 Not Acceptable', 'cannotCorrect'),
  607: final('607 Unwanted', 'declined'),
  608: final('608 Rejected', 'declined'),
  '6xx': redialled('699 Odd', '6xx', 'busy'),
};
