// What an inspector costs a request: not there, there without a reader, and speaking the official language, too; and its page.
import { createInspector } from '../src/inspect/index.js';
import type { SipRequest, SipResponse } from '../src/sip/message.js';
import { seededRandom, seededToken } from '../src/timing/random.js';
import { VirtualClock } from '../src/timing/virtual-clock.js';
import { secret } from '../src/digest/index.js';
import { createUacCore } from '../src/uac/uac-core.js';
import { createUacRequest, type UacRequestOptions } from '../src/uac/uac-request.js';
import { measurePage } from './inspect-page.js';

const ROUNDS = 5;
const REQUESTS = 200;

const register: SipRequest = {
  method: 'REGISTER',
  uri: 'sip:example.com',
  headers: [
    ['Via', 'SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKfirst'],
    ['Max-Forwards', '70'],
    ['From', '<sip:alice@example.com>;tag=1'],
    ['To', '<sip:alice@example.com>'],
    ['Call-ID', 'call-1'],
    ['CSeq', '1 REGISTER'],
    ['Contact', '<sip:alice@192.0.2.1>'],
    ['Expires', '60'],
  ],
  body: '',
};

function answer(status: number, ...headers: SipResponse['headers']): SipResponse {
  return { status, reason: 'x', headers: [...register.headers.slice(2, 6), ...headers], body: '' };
}

const challenge = answer(401, ['WWW-Authenticate', 'Digest realm="example.com", nonce="abcd", qop="auth"']);
const tooBrief = answer(423, ['Min-Expires', '600']);
const accepted = answer(200);

/** Microseconds for one request that is challenged, corrected and accepted; each has a core of its own, so that none has learned. */
function cost(options: UacRequestOptions): number {
  const startedAt = performance.now();
  for (let number = 0; number < REQUESTS; number += 1) {
    const environment = { clock: new VirtualClock(), random: seededRandom(1), token: seededToken(1) };
    const core = createUacCore({
      environment,
      credentials: [{ realm: 'example.com', username: 'alice', password: secret('wonderland') }],
    });
    const request = createUacRequest(register, { ...options, core });
    void request.start();
    for (const response of [challenge, tooBrief, accepted]) request.receive(response);
  }
  return ((performance.now() - startedAt) * 1_000) / REQUESTS;
}

const local = createInspector();
const both = createInspector({ official: () => undefined });
await Promise.all([local.ready, both.ready]);
const ways: readonly (readonly [string, UacRequestOptions])[] = [
  ['without an inspector', {}],
  ['without an inspector, again', {}],
  ['with an inspector that nobody looks at', { inspect: local.inspect }],
  ['with the official language, too', { inspect: both.inspect }],
];
const costs = new Map<string, number[]>(ways.map(([name]) => [name, []]));
for (let round = 0; round <= ROUNDS; round += 1) {
  // The first round warms up.
  for (const [name, options] of ways) {
    const measured = cost(options);
    if (round > 0) costs.get(name)?.push(measured);
  }
}
for (const [name, all] of costs) {
  const sorted = [...all].sort((one, other) => one - other);
  console.log(`${(sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(1).padStart(8)} µs  ${name}`);
}
await Promise.all([local.close(), both.close()]);
await measurePage();
