// The failovers: what the first server of the set does, who answers next, and the habits that must be noticed.
import type { Habit } from './wrong-client/habit.js';

export interface Failover {
  readonly name: string;
  /** What SIPp plays as the first server; nothing: its TCP port is closed. */
  readonly first: string | undefined;
  readonly second: string;
  /** METHOD, REQUEST-URI and options; FIRST and SECOND stand for the servers. */
  readonly args: readonly string[];
  /** How often the first server gets the request, retransmissions among them. */
  readonly requestsToFirst: number;
  readonly withinSeconds: number;
  readonly habits: readonly Habit[];
}

const from = ['--from', 'sip:alice@example.test'];
const pcmu = new URL('./bodies/pcmu.sdp', import.meta.url).pathname;

export const failovers: readonly Failover[] = [
  {
    name: '503 to an INVITE',
    first: '503',
    second: 'second-server',
    args: [
      'INVITE',
      'sip:bob@example.test',
      '--server',
      'udp:FIRST',
      '--server',
      'udp:SECOND',
      ...from,
      '--body',
      pcmu,
    ],
    requestsToFirst: 1,
    withinSeconds: 8,
    habits: ['sameBranch', 'changesCopy', 'staysWithServer', 'forgetsAck', 'ackWithNewBranch', 'forgetsBye'],
  },
  {
    name: 'a refused connection',
    first: undefined,
    second: 'second-server-options',
    args: ['OPTIONS', 'sip:bob@example.test', '--server', 'tcp:FIRST', '--server', 'udp:SECOND', ...from],
    requestsToFirst: 0,
    withinSeconds: 6,
    habits: ['staysWithServer'],
  },
  {
    // RFC 3261 §17.1.2.2: at 0, 0.5, 1.5, 3.5 and then every 4 s, until timer F ends it at 32 s.
    name: 'silence',
    first: 'no-answer',
    second: 'second-server-options',
    args: ['OPTIONS', 'sip:bob@example.test', '--server', 'udp:FIRST', '--server', 'udp:SECOND', ...from],
    requestsToFirst: 11,
    withinSeconds: 45,
    habits: ['noRetransmission', 'sameBranch', 'changesCopy'],
  },
];
