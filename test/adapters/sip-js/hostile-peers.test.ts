import { describe, expect, it } from 'vitest';
import type { Header } from '../../../src/sip/message.js';
import { connected } from './connected.js';
import { credentials, inviteOf, registerOf, running, virtualTime } from './user-agents.js';
import { responseTo } from './response-to.js';
import type { Script } from './web-socket-server.js';

type Given = Parameters<Script>[0];

const noAnswer: readonly (readonly [string, (request: Given) => string])[] = [
  ['nothing of SIP', () => 'HTTP/1.1 200 OK\r\n\r\n'],
  ['an empty message', () => ''],
  ['line ends alone', () => '\r\n\r\n\r\n'],
  ['half a status line', () => 'SIP/2.0 2'],
  ['status 0', (request) => responseTo(request, 0)],
  ['status 99', (request) => responseTo(request, 99)],
  ['status 700', (request) => responseTo(request, 700)],
  ['status 999', (request) => responseTo(request, 999)],
  ['a response to another branch', (request) => responseTo(request, 200).replace('z9hG4bK', 'z9hG4bKx')],
  ['a response without To', (request) => responseTo(request, 403).replace(/To: .*\r\n/, '')],
  ['a response without Via', (request) => responseTo(request, 403).replace(/Via: .*\r\n/, '')],
  ['a response with two Vias', (request) => responseTo(request, 403).replace(/(Via: .*\r\n)/, '$1$1')],
  [
    'a provisional response with odd rows',
    (request) =>
      responseTo(request, 183, [
        ['Contact', '<<<'],
        ['Require', ';;'],
      ]),
  ],
];

const final: readonly (readonly [string, number, readonly Header[]])[] = [
  ['a challenge that is none', 401, [['WWW-Authenticate', '???']]],
  ['no challenge', 407, []],
  [
    'two hundred challenges',
    401,
    Array.from({ length: 200 }, (_, at): Header => ['WWW-Authenticate', `Digest realm="${at}", nonce="n"`]),
  ],
  ['a Retry-After that is no number', 480, [['Retry-After', 'later']]],
  ['a Retry-After beyond all numbers', 480, [['Retry-After', '9'.repeat(400)]]],
  ['a Min-Expires that is none', 423, [['Min-Expires', '-1']]],
  [
    'a redirection to nowhere',
    302,
    [
      ['Contact', '*'],
      ['Contact', '<sip:>'],
    ],
  ],
  ['control characters', 500, [['Server', '\u0000\u0001\u007f']]],
];

describe.each([
  ['REGISTER', registerOf],
  ['INVITE', inviteOf],
] as const)('what a peer sends to %s never throws', (method, messageOf) => {
  it.each(noAnswer)('%s is no answer: the request waits for one', async (_name, text) => {
    const { agent } = await connected((request) => [
      { text },
      ...(request.method === method ? [{ status: 403 } as const] : []),
    ]);
    const { outcome } = running(messageOf(agent), { userAgentCore: agent.ua.userAgentCore, core: virtualTime().core });
    expect(await outcome).toMatchObject({ type: 'gaveUp', reason: 'forbidden', response: { status: 403 } });
  });

  it.each(final)('%s ends in an outcome', async (_name, status, headers) => {
    const { agent } = await connected(() => [{ status, headers }]);
    const { core, clock } = virtualTime({ credentials });
    const { request, outcome } = running(messageOf(agent), { userAgentCore: agent.ua.userAgentCore, core });
    const later = (): void => void setImmediate(() => clock.advance(3_600_000));
    request.on('wait', later);
    request.on('hold', later);
    expect((await outcome).type).toBe('gaveUp');
  });
});
