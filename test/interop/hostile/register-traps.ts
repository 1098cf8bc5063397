// Traps for whoever registers. Each is run by `send REGISTER`, by `--keep`, and for hours by keepRegistered.
import { answer } from '../peers/scripted-server.js';
import { header } from '../wrong-client/message.js';
import { challenge, doing, each, inTurn, proxyChallenge, type Trap } from './trap.js';

const register = { method: 'REGISTER' } as const;
const briefly = { ...register, words: ['--expires', '600'] } as const;
const gaveUp = (reason: string, attempts: Trap['attempts']) => ({ outcome: 'gaveUp', reason, attempts }) as const;
const once = (reason: string) => ({
  ...register,
  words: ['--limits', '{"maxAttempts":1}'],
  ...gaveUp(reason, 1),
});
const refuses = (reason: string, attempts: Trap['attempts']) => ({ ...register, ...gaveUp(reason, attempts) });

const quarantined = { ...register, words: ['--timeout', '6'], outcome: 'cancelled', attempts: 2 } as const;

const intervals: readonly Trap[] = [
  {
    name: '423 with the same Min-Expires for ever',
    ...briefly,
    script: inTurn([423, 'Min-Expires: 3600']),
    ...gaveUp('intervalRefused', 2),
  },
  {
    name: '423 with a Min-Expires that grows for ever',
    ...briefly,
    script: each((number) => [423, `Min-Expires: ${600 * (number + 1)}`]),
    ...gaveUp('attemptsExhausted', 3),
  },
  ...['10', '600', 'abc', '-1', ''].map((value): Trap => ({
    name: `423 with Min-Expires "${value}" for ever`,
    ...briefly,
    script: inTurn([423, `Min-Expires: ${value}`]),
    ...gaveUp('intervalRefused', 2),
    holds: (_, arrivals) => {
      const sent = arrivals.map(({ message }) => Number(header(message, 'Expires')));
      return sent.every((seconds) => seconds === 0 || seconds >= 600) ? undefined : `asked for ${sent.join(', ')}`;
    },
  })),
  { name: '423 without Min-Expires for ever', ...briefly, script: inTurn([423]), ...gaveUp('intervalRefused', 2) },
  {
    name: '423 with Min-Expires 4294967295',
    ...briefly,
    script: inTurn([423, 'Min-Expires: 4294967295']),
    ...gaveUp('intervalRefused', 1),
  },
  {
    name: '401 and 423 in turn for ever',
    ...briefly,
    script: each((number) =>
      number % 2 === 1 ? [401, challenge('a', `n${number}`)] : [423, `Min-Expires: ${700 + number}`],
    ),
    ...gaveUp('credentialsRejected', 5),
    // The 423 has accepted the first: a new nonce is answered once more.
    refusedGuesses: 2,
  },
];

const credentials: readonly Trap[] = [
  {
    name: '401 with a new nonce for ever, and no stale',
    ...refuses('credentialsRejected', 2),
    script: each((number) => [401, challenge('a', `n${number}`, ', qop="auth"')]),
  },
  {
    name: '401 with the same nonce for ever',
    ...refuses('credentialsRejected', 2),
    script: inTurn([401, challenge('a', 'n', ', qop="auth"')]),
  },
  {
    name: '401 with stale=true and a new nonce for ever',
    ...refuses('attemptsExhausted', 5),
    script: each((number) => [401, challenge('a', `n${number}`, ', stale=true')]),
  },
  {
    name: '401 with stale=true and the same nonce for ever',
    ...refuses('credentialsRejected', 2),
    script: inTurn([401, challenge('a', 'n', ', stale=true')]),
  },
  {
    name: '401 with a new realm each time',
    ...refuses('attemptsExhausted', 8),
    script: each((number) => [401, challenge(`realm ${number}`, `n${number}`)]),
  },
  {
    name: '401 and 407 in turn for ever',
    ...refuses('credentialsRejected', [3, 4]),
    script: each((number) =>
      number % 2 === 1 ? [401, challenge('a', `n${number}`)] : [407, proxyChallenge('p', `n${number}`)],
    ),
    // Each accepts those of the other: a new nonce is answered once more.
    refusedGuesses: 2,
  },
  {
    name: '401 and 407 in turn, each with a new realm',
    ...refuses('attemptsExhausted', 8),
    script: each((number) =>
      number % 2 === 1
        ? [401, challenge(`a${number}`, `n${number}`)]
        : [407, proxyChallenge(`p${number}`, `n${number}`)],
    ),
  },
  {
    name: '401 and 403 in turn for ever',
    ...refuses('credentialsRejected', 2),
    script: each((number) => (number % 2 === 1 ? [401, challenge('a', `n${number}`)] : [403])),
  },
  { name: '401 without a challenge for ever', ...refuses('malformedResponse', 1), script: inTurn([401]) },
  {
    name: '401 for a scheme that nobody speaks',
    ...refuses('noUsableChallenge', 1),
    script: inTurn([401, 'WWW-Authenticate: Negotiate YII=']),
  },
  {
    name: '401 for an algorithm that nobody speaks',
    ...refuses('noUsableChallenge', 1),
    script: inTurn([401, challenge('a', 'n', ', algorithm=ROT13')]),
  },
  {
    name: '401 with 1000 challenges over TCP',
    ...refuses('credentialsRejected', 2),
    transport: 'tcp',
    script: each((number) => [
      401,
      ...Array.from({ length: 1000 }, (_, index) => challenge(index === 0 ? 'a' : `r${index}`, `n${number}`)),
    ]),
  },
  {
    // More than a header may have: the connection is given up, and timer F decides.
    name: '401 with 100,000 octets of header fields over TCP',
    isSilent: true,
    ...once('attemptsExhausted'),
    transport: 'tcp',
    script: inTurn([401, ...Array.from({ length: 2500 }, (_, index) => challenge(`r${index}`, 'n'))]),
  },
  {
    name: '401 whose realm has 40,000 characters, over TCP',
    ...refuses('credentialsRejected', 2),
    transport: 'tcp',
    script: each((number) => [401, challenge('r'.repeat(40_000), `n${number}`)]),
  },
  {
    name: '494 for ever',
    ...register,
    words: [
      '--header',
      'Security-Client: digest',
      '--header',
      'Require: sec-agree',
      '--header',
      'Proxy-Require: sec-agree',
    ],
    script: each((number) => [494, 'Security-Server: digest;q=0.2', challenge('a', `n${number}`)]),
    ...gaveUp('credentialsRejected', [2, 3]),
  },
];

const waits: readonly Trap[] = [
  ...[480, 486, 500].map((status): Trap => ({
    name: `${status} with Retry-After: 0 for ever`,
    ...refuses('attemptsExhausted', 8),
    script: inTurn([status, 'Retry-After: 0']),
    holds: noFasterThanOneASecond,
  })),
  {
    // The probe after the first has failed as well, so the server is left alone for longer (RFC 3261 §21.5.4).
    name: '503 with Retry-After: 0 for ever',
    ...quarantined,
    script: inTurn([503, 'Retry-After: 0']),
    holds: noFasterThanOneASecond,
  },
  ...['4294967296', '949302838503028349304023988'].map((value): Trap => ({
    name: `503 with Retry-After: ${value}`,
    ...refuses('retryAfterTooLong', 1),
    script: inTurn([503, `Retry-After: ${value}`]),
  })),
  {
    name: '503 for ever on two servers',
    ...register,
    words: ['--limits', '{"maxAttempts":2}'],
    servers: 2,
    script: inTurn([503]),
    ...gaveUp('attemptsExhausted', 2),
  },
  {
    name: '408 for ever on two servers',
    ...register,
    words: ['--limits', '{"maxAttempts":2}'],
    servers: 2,
    script: inTurn([408]),
    ...gaveUp('attemptsExhausted', 2),
  },
];

const others: readonly Trap[] = [
  {
    name: '302 to itself for ever',
    ...refuses('noTargetLeft', 1),
    script: each((_, port) => [302, `Contact: <sip:127.0.0.1:${port}>`]),
    words: ['sip:127.0.0.1:PORT'],
  },
  {
    name: '302 to another place each time',
    ...refuses('attemptsExhausted', 8),
    script: each((number, port) => [302, `Contact: <sip:r${number}@127.0.0.1:${port}>`]),
    words: ['sip:127.0.0.1:PORT'],
  },
  {
    name: '420 for a tag that was never sent, another each time',
    ...refuses('cannotCorrect', 1),
    script: each((number) => [420, `Unsupported: tag${number}`]),
  },
  {
    name: '439 for ever',
    ...register,
    words: ['--header', 'Supported: outbound, path'],
    script: inTurn([439]),
    ...gaveUp('refused', [1, 2]),
  },
  { name: '430 for ever', ...refuses('refused', 1), script: inTurn([430]) },
  // RFC 3261 §8.1.3.2: a code that nobody knows is the x00 of its class.
  { name: '499, which nobody knows, for ever', ...refuses('refused', 1), script: inTurn([499]) },
  { name: '599, which nobody knows, for ever', ...once('attemptsExhausted'), script: inTurn([599]) },
  { name: '699, which nobody knows, for ever', ...refuses('busy', 1), script: inTurn([699]) },
  { name: '600 with Retry-After: 0 for ever', ...refuses('busy', 1), script: inTurn([600, 'Retry-After: 0']) },
  { name: '603 with Retry-After: 0 for ever', ...refuses('declined', 1), script: inTurn([603, 'Retry-After: 0']) },
  ...['0', '1', 'NaN', '-1', '4294967295'].map((expires): Trap => ({
    name: `200 that grants expires=${expires}`,
    ...register,
    script: doing((request, back) => {
      const contact = header(request.message, 'Contact') ?? '';
      back.send(answer(request, 200, [`Contact: ${contact};expires=${expires}`]));
    }),
    outcome: 'accepted',
    attempts: 1,
  })),
  { name: '200 that lists no contact', ...register, script: inTurn([200]), outcome: 'accepted', attempts: 1 },
];

const connections: readonly Trap[] = [
  ...(['tcp', 'tls'] as const).map((transport): Trap => ({
    name: `503 with Retry-After: 0, and ${transport.toUpperCase()} closed after each response`,
    ...quarantined,
    transport,
    script: doing((request, back) => {
      back.send(answer(request, 503, ['Retry-After: 0']));
      back.end();
    }),
    holds: noFasterThanOneASecond,
  })),
  ...(['tcp', 'tls'] as const).map((transport): Trap => ({
    name: `${transport.toUpperCase()} closed after each request, with no response`,
    isSilent: true,
    ...once('attemptsExhausted'),
    transport,
    script: doing((_, back) => back.destroy()),
  })),
  {
    name: 'a TLS handshake that is refused',
    ...once('attemptsExhausted'),
    transport: 'tls',
    refusesTls: true,
    script: inTurn([200]),
  },
];

export const registerTraps: readonly Trap[] = [...intervals, ...credentials, ...waits, ...others, ...connections];

function noFasterThanOneASecond(_: unknown, arrivals: Parameters<NonNullable<Trap['holds']>>[1]): string | undefined {
  // A removal may go at once: it leaves less work behind than it brings.
  const registering = arrivals.filter(({ isAgain, message }) => !isAgain && header(message, 'Expires') !== '0');
  const moments = registering.map(({ at }) => at);
  const shortest = Math.min(...moments.slice(1).map((at, index) => at - (moments[index] ?? 0)));
  return shortest >= 995 ? undefined : `came again after ${Math.round(shortest)} ms`;
}
