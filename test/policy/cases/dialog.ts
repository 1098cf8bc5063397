// 412, 481, 482, 483: what the request speaks of is not there, or it went in a circle.
import { type Cases, giveUp } from './case.js';
import { got, sent, sentInDialog } from './message-text.js';

const tagged = 'SIP-If-Match: dx200xyz';
const gone = got('481 Call/Transaction Does Not Exist');
const failed = got('412 Conditional Request Failed');

export const dialog: Cases = {
  412: [
    {
      says: 'publishes the whole state anew and forgets the entity-tag (RFC 3903 §5)',
      sent: sent('PUBLISH', tagged, 'Expires: 3600'),
      got: failed,
      rule: '412#2',
      then: { type: 'republish' },
      learned: { entityTagDead: true },
    },
    {
      says: 'is content where there is nothing left to remove (RFC 3903 §4.5)',
      sent: sent('PUBLISH', tagged, 'Expires: 0'),
      got: failed,
      rule: '412#1',
      then: { type: 'accept' },
      learned: { entityTagDead: true },
    },
    {
      says: 'is a 400 to a PUBLISH without condition, even to one that removes (RFC 3903 §5)',
      sent: sent('PUBLISH', 'Expires: 0'),
      got: failed,
      rule: '412#4',
      then: giveUp('refused'),
    },
    {
      says: 'is a 400 to any other method (RFC 3903 §5)',
      sent: sentInDialog('INVITE', tagged),
      got: failed,
      rule: '412#4',
      then: giveUp('refused'),
    },
  ],
  481: [
    {
      says: 'ends the call (§12.2.1.2, RFC 5057 §5.1)',
      sent: sentInDialog('INVITE'),
      got: gone,
      rule: '481#1',
      then: giveUp('usageEnded'),
      impact: 'usage',
      aftermath: 'sendBye',
    },
    {
      says: 'ends the subscription (RFC 6665 §4.1.2.2)',
      sent: sentInDialog('NOTIFY'),
      got: gone,
      rule: '481#1',
      then: giveUp('usageEnded'),
      impact: 'usage',
      aftermath: 'dropSubscription',
    },
    {
      says: 'is what a BYE wanted: nothing is left to clear up (§15.1.1)',
      sent: sentInDialog('BYE'),
      got: gone,
      rule: '481#1',
      then: giveUp('usageEnded'),
      impact: 'usage',
    },
    {
      says: 'says nothing about the call whose CANCEL it answers (RFC 5057 §5.1 note 8)',
      sent: sentInDialog('CANCEL'),
      got: gone,
      rule: '481#3',
      then: giveUp('notRetriable'),
    },
    {
      says: 'is a 400 outside a dialog (§21.4.19)',
      sent: sent('INVITE'),
      got: gone,
      rule: '481#3',
      then: giveUp('refused'),
    },
    {
      says: 'says nothing about the call that an OPTIONS is sent in (RFC 5057 §5.3)',
      sent: sentInDialog('OPTIONS'),
      got: gone,
      rule: '481#3',
      then: giveUp('refused'),
    },
  ],
  'PRACK 481': [
    {
      says: 'matches no provisional response that waits, and does no harm (RFC 3262 §3)',
      sent: sentInDialog('PRACK'),
      got: gone,
      rule: 'PRACK 481#2',
      then: giveUp('refused'),
    },
  ],
  482: [
    {
      says: 'repeats nothing that would go in the same circle (§21.4.20)',
      sent: sent('INVITE', 'Max-Forwards: 10'),
      got: got('482 Loop Detected'),
      rule: '482#3',
      then: giveUp('loopDetected'),
    },
    {
      says: 'ends the dialog that it comes in (RFC 5057 §5.1)',
      sent: sentInDialog('INVITE'),
      got: got('482 Loop Detected'),
      rule: '482#1',
      then: giveUp('usageEnded'),
      impact: 'dialog',
      aftermath: 'sendBye',
    },
  ],
  483: [
    {
      says: 'raises a low Max-Forwards (§20.22)',
      sent: sent('INVITE', 'Max-Forwards: 10'),
      got: got('483 Too Many Hops'),
      rule: '483#1',
      then: { type: 'raiseMaxForwards', value: 70 },
    },
    {
      says: 'raises it inside a dialog, which lives on (RFC 5057 §5.1 note 10)',
      sent: sentInDialog('INVITE', 'Max-Forwards: 10'),
      got: got('483 Too Many Hops'),
      rule: '483#1',
      then: { type: 'raiseMaxForwards', value: 70 },
    },
    {
      says: 'raises it once (§21.4)',
      sent: sent('INVITE', 'Max-Forwards: 69'),
      got: got('483 Too Many Hops'),
      history: { attempts: 2, taken: { raiseMaxForwards: 1 } },
      rule: '483#4',
      then: giveUp('loopDetected'),
    },
    {
      says: 'gives up where 70 hops were not enough (§21.4.21)',
      sent: sent('INVITE'),
      got: got('483 Too Many Hops'),
      rule: '483#4',
      then: giveUp('loopDetected'),
    },
    {
      says: 'is the result of an OPTIONS that traces a route (§20.22)',
      sent: sent('OPTIONS', 'Max-Forwards: 1'),
      got: got('483 Too Many Hops'),
      rule: '483#4',
      then: giveUp('loopDetected'),
    },
    {
      says: 'ends the dialog otherwise (RFC 5057 §5.1 note 10)',
      sent: sentInDialog('INVITE'),
      got: got('483 Too Many Hops'),
      rule: '483#2',
      then: giveUp('usageEnded'),
      impact: 'dialog',
      aftermath: 'sendBye',
    },
  ],
};
