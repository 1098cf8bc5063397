// Traps for other methods, and messages that no client should take for what they look like.
import { answer, type Arrival } from '../peers/scripted-server.js';
import { header } from '../wrong-client/message.js';
import { challenge, doing, each, inTurn, proxyChallenge, type Trap } from './trap.js';

const gaveUp = (reason: string, attempts: Trap['attempts']) => ({ outcome: 'gaveUp', reason, attempts }) as const;
const accepted = (attempts: Trap['attempts']) => ({ outcome: 'accepted', attempts }) as const;
const offer = ['--body', new URL('../bodies/pcmu.sdp', import.meta.url).pathname];
const invite = { method: 'INVITE', words: ['sip:bob@127.0.0.1:PORT', ...offer] } as const;
const options = { method: 'OPTIONS', words: ['sip:bob@127.0.0.1:PORT'] } as const;

const waits: readonly Trap[] = [
  ...[480, 486, 500].map((status): Trap => ({
    name: `INVITE: ${status} with Retry-After: 0 for ever`,
    ...invite,
    script: inTurn([status, 'Retry-After: 0']),
    ...gaveUp('attemptsExhausted', 8),
  })),
  {
    name: 'INVITE: 503 with Retry-After: 0 for ever',
    ...invite,
    words: [...invite.words, '--timeout', '6'],
    script: inTurn([503, 'Retry-After: 0']),
    outcome: 'cancelled',
    attempts: 2,
  },
];

const credentials: readonly Trap[] = [
  {
    name: 'INVITE: 180 before each 401',
    ...invite,
    script: doing((request, back, number) => {
      back.send(answer(request, 180));
      back.send(answer(request, 401, [challenge('a', `n${number}`)]));
    }),
    ...gaveUp('credentialsRejected', 2),
  },
  {
    name: 'INVITE: 407 with stale=true and a new nonce for ever',
    ...invite,
    script: each((number) => [407, proxyChallenge('p', `n${number}`, ', stale=true')]),
    ...gaveUp('attemptsExhausted', 5),
  },
  {
    name: 'INVITE: the call is accepted, and its BYE gets 401 for ever',
    ...invite,
    script: doing((request, back, number) => {
      const contact = `Contact: <sip:bob@127.0.0.1:${request.server}>`;
      if (request.method === 'INVITE') back.send(answer(request, 200, [contact]));
      else back.send(answer(request, 401, [challenge('a', `n${number}`)]));
    }),
    ...accepted(1),
    sparesNaive: true,
    holds: ({ transactions }) => (transactions === 3 ? undefined : `${transactions} transactions`),
  },
];

const redirections: readonly Trap[] = [
  {
    name: 'INVITE: 302 to itself for ever',
    ...invite,
    script: each((_, port) => [302, `Contact: <sip:bob@127.0.0.1:${port}>`]),
    ...gaveUp('noTargetLeft', 1),
  },
  {
    name: 'INVITE: 302 in a circle',
    ...invite,
    script: (port) => (request, back) => {
      const other = request.message.start.includes('sip:a@') ? 'b' : 'a';
      back.send(answer(request, 302, [`Contact: <sip:${other}@127.0.0.1:${port}>`]));
    },
    ...gaveUp('noTargetLeft', 3),
  },
  {
    name: 'INVITE: 302 to 50 other addresses, each of which redirects to 50 others',
    ...invite,
    script: each((number, port) => [
      302,
      `Contact: ${Array.from({ length: 50 }, (_, index) => `<sip:t${number}-${index}@127.0.0.1:${port}>`).join(', ')}`,
    ]),
    ...gaveUp('attemptsExhausted', 8),
  },
  {
    name: 'INVITE: 305 to itself for ever',
    ...invite,
    script: each((_, port) => [305, `Contact: <sip:127.0.0.1:${port}>`]),
    ...gaveUp('noTargetLeft', [1, 3]),
  },
  ...['', 'Contact: *', 'Contact: <mailto:bob@example.test>'].map((contact): Trap => ({
    name: `INVITE: 302 with "${contact}"`,
    ...invite,
    script: inTurn([302, ...(contact === '' ? [] : [contact])]),
    ...gaveUp('noTargetLeft', 1),
  })),
];

const corrections: readonly Trap[] = [
  {
    name: 'OPTIONS: 421 and 420 for the same tag in turn for ever',
    method: 'OPTIONS',
    words: ['sip:bob@127.0.0.1:PORT', '--supported', 'norefersub,path', '--header', 'Supported: norefersub'],
    script: each((number) => (number % 2 === 1 ? [421, 'Require: path'] : [420, 'Unsupported: path'])),
    ...gaveUp('cannotCorrect', [2, 4]),
  },
  {
    name: 'INVITE: 484 for ever',
    method: 'INVITE',
    words: [
      'sip:+1555@127.0.0.1:PORT',
      ...offer,
      ...Array.from({ length: 12 }, (_, digit) => ['--more-digits', String(digit % 10)]).flat(),
    ],
    script: inTurn([484]),
    ...gaveUp('attemptsExhausted', 8),
  },
  // RFC 3261 §14.1 waits inside a dialog only.
  { name: 'INVITE: 491 for ever', ...invite, script: inTurn([491]), ...gaveUp('refused', 1) },
  {
    name: 'INVITE: 422 without Min-SE for ever',
    method: 'INVITE',
    words: [...invite.words, '--supported', 'timer', '--header', 'Session-Expires: 90'],
    script: inTurn([422]),
    ...gaveUp('intervalRefused', 3),
  },
  {
    name: 'INVITE: 422 with the Min-SE that was sent, for ever',
    method: 'INVITE',
    words: [...invite.words, '--supported', 'timer', '--header', 'Session-Expires: 90'],
    script: inTurn([422, 'Min-SE: 90']),
    ...gaveUp('intervalRefused', 2),
  },
  {
    name: 'PUBLISH: 412 for ever',
    method: 'PUBLISH',
    words: [
      'sip:alice@127.0.0.1:PORT',
      '--header',
      'Event: presence',
      '--header',
      'SIP-If-Match: x',
      '--body',
      new URL('../bodies/open.pidf', import.meta.url).pathname,
      '--content-type',
      'application/pidf+xml',
    ],
    script: inTurn([412]),
    ...gaveUp('refused', 2),
  },
  {
    name: 'SUBSCRIBE: 423 with a Min-Expires that grows for ever',
    method: 'SUBSCRIBE',
    words: ['sip:alice@127.0.0.1:PORT', '--header', 'Event: presence', '--expires', '60'],
    script: each((number) => [423, `Min-Expires: ${60 * (number + 1)}`]),
    ...gaveUp('attemptsExhausted', 3),
  },
];

const servers: readonly Trap[] = [408, 503].map((status) => ({
  name: `INVITE: ${status} for ever on two servers`,
  ...invite,
  servers: 2,
  script: inTurn([status]),
  ...gaveUp(status === 408 ? 'noAnswer' : 'unavailable', 2),
}));

const silence: readonly Trap[] = [
  {
    name: 'OPTIONS: 100 and never a final response',
    isSilent: true,
    ...options,
    words: [...options.words, '--limits', '{"maxAttempts":1}'],
    script: doing((request, back) => back.send(answer(request, 100))),
    ...gaveUp('attemptsExhausted', 1),
  },
  {
    name: 'INVITE: 100 and never a final response',
    isSilent: true,
    ...invite,
    words: [...invite.words, '--timeout', '2'],
    script: doing((request, back) => {
      if (request.method === 'INVITE') back.send(answer(request, 100));
    }),
    outcome: 'cancelled',
    attempts: 1,
  },
];

/** What is sent before the one response that counts. */
const nonsense: readonly Trap[] = [
  before('responses with another branch', (request) => {
    const other = request.text.replace(request.branch, 'z9hG4bKother');
    return [other, other].map((text, index) => answer(asRead(request, text), 401, [challenge('a', `n${index}`)]));
  }),
  before('a response with two Via values', (request) => {
    const text = answer(request, 503, ['Retry-After: 0']);
    return [text.replace(/^Via: .*$/m, (via) => `${via}\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx`)];
  }),
  before('a response whose status is 4294967301', (request) => [
    answer(request, 503).replace('503', '4294967301'),
    answer(request, 503).replace('503', '99'),
    answer(request, 503).replace('503', '700'),
  ]),
  before('a response with another method in CSeq', (request) => [
    answer(request, 503).replace(/^(CSeq: \d+) .*$/m, '$1 BYE'),
  ]),
  before('garbage', (request) => [
    '\r\n\r\n',
    'no SIP at all',
    Uint8Array.from({ length: 1400 }, (_, index) => (index * 7919) % 256),
    answer(request, 500).slice(0, 60),
    `SIP/2.0 ${'9'.repeat(2_000)}\r\n\r\n`,
    answer(request, 500).replace(/Content-Length: 0/, 'Content-Length: 99999999'),
  ]),
  before('500 provisional responses', (request) => Array.from({ length: 500 }, () => answer(request, 183))),
  {
    name: 'OPTIONS: a response whose body has 60,000 octets',
    ...options,
    script: doing((request, back) => back.send(answer(request, 603, ['Content-Type: text/plain'], 'x'.repeat(60_000)))),
    ...gaveUp('declined', 1),
  },
  {
    name: 'OPTIONS: a response whose body has 200,000,000 octets, over TCP',
    ...options,
    transport: 'tcp',
    words: [...options.words, '--timeout', '3'],
    script: doing((request, back) => {
      back.blurt(answer(request, 200).replace('Content-Length: 0', 'Content-Length: 200000000'));
      for (let part = 0; part < 200; part += 1) back.blurt('x'.repeat(10_000));
    }),
    outcome: 'cancelled',
    attempts: 1,
  },
  {
    name: 'OPTIONS: a 401 that comes ten times',
    ...options,
    script: doing((request, back, number) => {
      if (number === 1)
        for (let times = 0; times < 10; times += 1) back.blurt(answer(request, 401, [challenge('a', 'n')]));
      else back.send(answer(request, 200));
    }),
    ...accepted(2),
    holds: ({ transactions }) => (transactions === 2 ? undefined : `${transactions} transactions`),
  },
  {
    name: 'INVITE: a 486 that comes ten times',
    ...invite,
    script: doing((request, back) => {
      for (let times = 0; times < 10; times += 1) back.blurt(answer(request, 486));
    }),
    ...gaveUp('busy', 1),
    // RFC 3261 §17.1.1.2: acknowledged in the transaction of the INVITE.
    holds: ({ transactions }, arrivals) => {
      const acks = arrivals.filter(({ method, branch }) => method === 'ACK' && branch === arrivals[0]?.branch);
      return acks.length > 0 && transactions === 1 ? undefined : `${acks.length} times ACK`;
    },
  },
];

export const otherTraps: readonly Trap[] = [
  ...waits,
  ...credentials,
  ...redirections,
  ...corrections,
  ...servers,
  ...silence,
  ...nonsense,
];

/** Nonsense comes first, then a 200: that alone is the answer. */
function before(name: string, make: (request: Arrival) => readonly (string | Uint8Array)[]): Trap {
  return {
    name: `OPTIONS: ${name}, then a 200`,
    ...options,
    script: doing((request, back) => {
      for (const octets of make(request)) back.blurt(octets);
      back.send(answer(request, 200));
    }),
    ...accepted(1),
    holds: ({ transactions }) => (transactions === 1 ? undefined : `${transactions} transactions`),
  };
}

function asRead(request: Arrival, text: string): Arrival {
  const via = header(request.message, 'Via') ?? '';
  const branch = /branch=([^;,\s]+)/.exec(text)?.[1] ?? '';
  const headers = request.message.headers.map(([name, value]): [string, string] => [
    name,
    value === via ? value.replace(request.branch, branch) : value,
  ]);
  return { ...request, text, branch, message: { ...request.message, headers } };
}
