// Our client: all registrations at once from one user agent client, in a process of its own; prints what came of them.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createUserAgentClient } from '../../dist/transport.js';
import { createUacCore } from '../../dist/uac.js';
import { wrong } from './book.mjs';
import { KINDS, kindsOf, PASSWORD, REALM, userOf } from './scripts.mjs';

const { transport, port, weighs = false, ...what } = JSON.parse(process.argv[2]);
const kinds = kindsOf(what);

const core = createUacCore();
const server = `sip:127.0.0.1:${port};transport=${transport}`;
const client = createUserAgentClient({ core, bind: { ipv4: '127.0.0.1' }, servers: [server] });
const way = await client.wayTo(server);
const { token } = core.environment;

const heapBefore = heapUsed();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const loop = performance.eventLoopUtilization();
const cpu = process.cpuUsage();
const began = performance.now();

let sent = 0;
let sentTooEarly = 0;
let quietUntil = 0;
const requests = await Promise.all(kinds.map((kind, number) => registration(kind, number)));
const madeMs = performance.now() - began;
const outcomes = requests.map((request) => request.start());
const startedMs = performance.now() - began - madeMs;
const heapInFlight = weighs ? (await sleep(200), heapUsed()) : undefined;
const ended = (await Promise.all(outcomes)).map(({ type, reason, attempts }, number) => ({
  number,
  type,
  reason,
  attempts,
}));

const ms = performance.now() - began;
const { user, system } = process.cpuUsage(cpu);
const { active } = performance.eventLoopUtilization(loop);
// What came in the last turn counts only when the next timer fires.
await sleep(5);
delay.disable();
const { discarded } = client;
const { heapTotal } = process.memoryUsage();
requests.length = 0;
outcomes.length = 0;
// Transactions linger for 5 s over UDP (timer K, RFC 3261 §17.1.2.2).
if (weighs) await sleep(5_500);
const heapAfter = heapUsed();
await client.close();

const inMs = (ns) => Math.max(0, ns / 1e6 - 1);
process.stdout.write(
  JSON.stringify({
    registrations: ended,
    sent,
    sentTooEarly,
    ms,
    madeMs,
    startedMs,
    activeMs: active,
    cpuMs: (user + system) / 1000,
    delayMs: { p50: inMs(delay.percentile(50)), p99: inMs(delay.percentile(99)), max: inMs(delay.max) },
    rssBytes: process.resourceUsage().maxRSS * 1024,
    heapBytes: heapTotal,
    ...(heapInFlight === undefined
      ? {}
      : {
          inFlightBytes: (heapInFlight - heapBefore) / kinds.length,
          keptBytes: (heapAfter - heapBefore) / kinds.length,
        }),
    discarded,
  }),
);

async function registration(kind, number) {
  const username = userOf(number);
  const password = kind === 'wrong password' ? wrong(PASSWORD) : PASSWORD;
  const request = await client.request(registerOf(username), { credentials: { realm: REALM, username, password } });
  request.on('send', () => {
    sent += 1;
    if (performance.now() < quietUntil) sentTooEarly += 1;
  });
  // RFC 3261 §21.5.4: nothing more to this server while Retry-After lasts, whoever was answered with it.
  request.on('decision', ({ decision: { status } }) => {
    if (status !== 503) return;
    const [, seconds] = KINDS[kind].answers[0].split(' ');
    quietUntil = Math.max(quietUntil, performance.now() + Number(seconds) * 1000);
  });
  return request;
}

function registerOf(user) {
  const place = `${way.local.host}:${way.local.port}`;
  const address = `sip:${user}@${REALM}`;
  return {
    method: 'REGISTER',
    uri: `sip:${REALM}`,
    headers: [
      ['Via', `SIP/2.0/UDP ${place};branch=z9hG4bK${token()}`],
      ['Max-Forwards', '70'],
      ['From', `<${address}>;tag=${token()}`],
      ['To', `<${address}>`],
      ['Call-ID', token()],
      ['CSeq', '1 REGISTER'],
      ['Contact', `<sip:${user}@${place}${transport === 'tcp' ? ';transport=tcp' : ''}>`],
      ['Expires', '600'],
      ['User-Agent', 'sip-retry'],
      ['Content-Length', '0'],
    ],
    body: '',
  };
}

function heapUsed() {
  for (let pass = 0; pass < 4; pass += 1) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
