// A restart with the request in flight, which is treated as 408.
import { backOff, type Case, giveUp, twoServers } from './case.js';
import { sent, sentInDialog } from './message-text.js';

export const restarted: readonly Case[] = [
  {
    says: 'sends a REGISTER again that was in flight at a restart, and not elsewhere',
    sent: sent('REGISTER'),
    got: 'restart',
    client: twoServers,
    rule: '408#5',
    then: backOff(30_000),
  },
  {
    says: 'does not know what became of a call that was in flight at a restart',
    sent: sent('INVITE'),
    got: 'restart',
    rule: '408#6',
    then: giveUp('outcomeUnknown'),
  },
  {
    says: 'ends no call because this client was restarted',
    sent: sentInDialog('INVITE'),
    got: 'restart',
    rule: '408#6',
    then: giveUp('outcomeUnknown'),
  },
  {
    says: 'knows that the call of a BYE is over, restarted or not (§15.1.1)',
    sent: sentInDialog('BYE'),
    got: 'restart',
    rule: '408#2',
    then: giveUp('usageEnded'),
    impact: 'usage',
  },
];
