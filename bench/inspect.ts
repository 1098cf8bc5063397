// What an inspector costs a request: not there, there without a reader, and speaking the official language, too; and its page.
import { createInspector } from '../src/inspect/index.js';
import { createUacRequest, type UacRequestOptions } from '../src/uac/uac-request.js';
import { accepted, challenged, coreOfAlice, register, tooBrief } from '../test/inspect/registration.js';
import { measurePage } from './inspect-page.js';

const ROUNDS = 5;
const REQUESTS = 200;

/** Microseconds for one request that is challenged, corrected and accepted; each has a core of its own, so that none has learned. */
function cost(options: UacRequestOptions): number {
  const startedAt = performance.now();
  for (let number = 0; number < REQUESTS; number += 1) {
    const request = createUacRequest(register, { ...options, core: coreOfAlice() });
    void request.start();
    for (const response of [challenged, tooBrief, accepted]) request.receive(response);
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
