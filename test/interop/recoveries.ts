// The recoveries: for each a scenario of SIPp, the command line, what must come of it, and the habits that must make it fail.
import type { Habit } from './wrong-client/habit.js';

export interface Recovery {
  /** The file in scenarios/, and the name of the recovery where there is no other. */
  readonly scenario: string;
  readonly name?: string;
  /** METHOD, REQUEST-URI and options; SERVER stands for 127.0.0.1 and SIPp's port. */
  readonly args: readonly string[];
  readonly outcome: 'accepted' | 'gaveUp';
  readonly reason?: string;
  readonly attempts: number;
  /** As SIPp counts calls: by Call-ID. */
  readonly calls?: number;
  readonly transport?: 'udp' | 'tcp';
  readonly withinSeconds?: number;
  readonly habits: readonly Habit[];
}

const body = (name: string): string => new URL(`./bodies/${name}`, import.meta.url).pathname;
const alice = ['--from', 'sip:alice@example.test', '--user', 'alice', '--password', 'wonderland'];
const toServer = ['--server', 'udp:SERVER'];
const register = ['REGISTER', 'sip:example.test', ...toServer, ...alice, '--expires', '3600'];
const registerBriefly = [...register.slice(0, -1), '60'];
const invite = ['INVITE', 'sip:bob@example.test', ...toServer, ...alice, '--body', body('pcmu.sdp')];
const options = ['OPTIONS', 'sip:bob@example.test', ...toServer, '--from', 'sip:alice@example.test'];
const message = ['MESSAGE', 'sip:bob@example.test', ...toServer, '--from', 'sip:alice@example.test'];

/** Every request after the first must be recognisable as the same one, moved on (RFC 3261 §8.1.3.5). */
const identity: readonly Habit[] = ['sameRequest', 'sameCSeq', 'sameBranch', 'newCallId', 'newFromTag', 'keepsToTag'];
const acknowledgement: readonly Habit[] = ['forgetsAck', 'ackWithNewBranch', 'ackWithNextCSeq'];

export const recoveries: readonly Recovery[] = [
  {
    scenario: '401',
    args: register,
    outcome: 'accepted',
    attempts: 2,
    habits: [...identity, 'unchanged', 'wrongDigest'],
  },
  {
    scenario: '401',
    name: '401 over TCP',
    args: register.map((word) => word.replace('udp:', 'tcp:')),
    transport: 'tcp',
    outcome: 'accepted',
    attempts: 2,
    habits: ['sameCSeq', 'unchanged', 'wrongDigest'],
  },
  {
    scenario: '401-stale',
    args: register,
    outcome: 'accepted',
    attempts: 3,
    habits: [...identity, 'sameNonce', 'wrongDigest'],
  },
  {
    scenario: '401-rejected',
    args: register,
    outcome: 'gaveUp',
    reason: 'credentialsRejected',
    attempts: 2,
    habits: ['guessesAgain', 'asksAgain', 'callsAgain'],
  },
  {
    scenario: '407',
    args: invite,
    outcome: 'accepted',
    attempts: 2,
    habits: [...identity, ...acknowledgement, 'unchanged', 'wrongDigest', 'forgetsBye'],
  },
  {
    scenario: '401-407',
    args: register,
    outcome: 'accepted',
    attempts: 3,
    habits: [...identity, 'forgetsOtherCredentials', 'sameNonceCount', 'wrongDigest'],
  },
  {
    scenario: '401-423-401',
    args: registerBriefly,
    outcome: 'accepted',
    attempts: 4,
    habits: [...identity, 'lowersInterval', 'sameNonce', 'sameNonceCount'],
  },
  {
    scenario: '403',
    args: register,
    outcome: 'gaveUp',
    reason: 'forbidden',
    attempts: 1,
    habits: ['asksAgain', 'callsAgain'],
  },
  { scenario: '408', args: options, outcome: 'accepted', attempts: 2, habits: [...identity, 'noWait', 'waitsTooLong'] },
  {
    scenario: '412',
    args: [
      ...[
        'PUBLISH',
        'sip:alice@example.test',
        ...toServer,
        '--from',
        'sip:alice@example.test',
        '--header',
        'Event: presence',
      ],
      ...['--header', 'SIP-If-Match: dx200xyz', '--body', body('open.pidf'), '--content-type', 'application/pidf+xml'],
    ],
    outcome: 'accepted',
    attempts: 2,
    habits: [...identity, 'unchanged'],
  },
  {
    scenario: '413',
    args: [
      ...message,
      '--body',
      body('long.txt'),
      '--content-type',
      'text/plain',
      '--alternative-body',
      body('short.txt'),
    ],
    outcome: 'accepted',
    attempts: 2,
    habits: [...identity, 'unchanged'],
  },
  {
    scenario: '413-retry-after',
    args: [
      ...message,
      '--body',
      body('long.txt'),
      '--content-type',
      'text/plain',
      '--alternative-body',
      body('short.txt'),
    ],
    outcome: 'accepted',
    attempts: 2,
    habits: [...identity, 'noWait', 'waitsTooLong'],
  },
  {
    scenario: '415',
    args: [
      ...message,
      '--body',
      body('message.html'),
      '--content-type',
      'text/html',
      '--alternative-body',
      body('short.txt'),
    ],
    outcome: 'accepted',
    attempts: 2,
    habits: [...identity, 'unchanged'],
  },
  {
    scenario: '416',
    args: ['OPTIONS', 'tel:+15551234', ...toServer, '--from', 'sip:alice@example.test'],
    outcome: 'accepted',
    attempts: 2,
    habits: [...identity, 'unchanged'],
  },
  {
    scenario: '420',
    args: [...options, '--header', 'Require: foo, bar'],
    outcome: 'accepted',
    attempts: 2,
    habits: [...identity, 'unchanged', 'dropsEverything'],
  },
  {
    scenario: '421',
    args: [...options, '--supported', 'norefersub,path', '--header', 'Supported: norefersub'],
    outcome: 'accepted',
    attempts: 2,
    habits: [...identity, 'unchanged'],
  },
  {
    scenario: '422',
    args: [...invite, '--supported', 'timer', '--header', 'Session-Expires: 90'],
    outcome: 'accepted',
    attempts: 2,
    habits: [...identity, ...acknowledgement, 'unchanged', 'lowersInterval'],
  },
  {
    scenario: '423',
    args: registerBriefly,
    outcome: 'accepted',
    attempts: 2,
    habits: [...identity, 'unchanged', 'lowersInterval'],
  },
  {
    scenario: '480',
    args: invite,
    outcome: 'accepted',
    attempts: 2,
    calls: 2,
    habits: ['noWait', 'waitsTooLong', 'sameCallId', 'sameFromTag', ...acknowledgement],
  },
  {
    scenario: '484',
    args: [
      ...['INVITE', 'sip:+1555@example.test', ...toServer, ...alice, '--body', body('pcmu.sdp')],
      ...['--more-digits', '12', '--more-digits', '34'],
    ],
    outcome: 'accepted',
    attempts: 3,
    habits: [...identity, ...acknowledgement, 'unchanged'],
  },
  {
    scenario: '486',
    args: invite,
    outcome: 'accepted',
    attempts: 2,
    calls: 2,
    habits: ['noWait', 'waitsTooLong', 'sameCallId', 'sameFromTag', ...acknowledgement],
  },
  {
    scenario: '486-busy',
    args: invite,
    outcome: 'gaveUp',
    reason: 'busy',
    attempts: 1,
    habits: ['asksAgain', 'callsAgain', ...acknowledgement],
  },
  {
    scenario: '488',
    args: [...invite, '--alternative-body', body('pcma.sdp')],
    outcome: 'accepted',
    attempts: 2,
    habits: [...identity, ...acknowledgement, 'unchanged'],
  },
  {
    scenario: '491',
    args: [...invite, '--supported', 'timer', '--header', 'Session-Expires: 90', '--hang-up-after', '50'],
    outcome: 'accepted',
    attempts: 1,
    withinSeconds: 60,
    habits: [
      'noWait',
      'waitsTooLong',
      'sameRequest',
      'sameCSeq',
      'sameBranch',
      'newCallId',
      'newFromTag',
      ...acknowledgement,
    ],
  },
  {
    scenario: '494',
    args: [
      ...register,
      '--header',
      'Security-Client: digest',
      '--header',
      'Require: sec-agree',
      '--header',
      'Proxy-Require: sec-agree',
    ],
    outcome: 'accepted',
    attempts: 2,
    habits: [...identity, 'unchanged', 'wrongDigest'],
  },
  {
    scenario: '302',
    args: ['INVITE', 'sip:bob@SERVER', ...alice, '--body', body('pcmu.sdp')],
    outcome: 'accepted',
    attempts: 2,
    habits: [...identity, ...acknowledgement, 'unchanged', 'worstTarget'],
  },
  { scenario: '500', args: options, outcome: 'accepted', attempts: 2, habits: [...identity, 'noWait', 'waitsTooLong'] },
];
