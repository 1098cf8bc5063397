// A request of the UAC core for a test: virtual time, foreseeable chance, and everything it tells in order.
import { secret } from '../../src/digest/secret.js';
import type { Header, SipRequest, SipResponse } from '../../src/sip/message.js';
import { seededRandom, seededToken } from '../../src/timing/random.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { createUacCore, type UacCore, type UacCoreOptions } from '../../src/uac/uac-core.js';
import type { UacEvents } from '../../src/uac/uac-event.js';
import { createUacRequest, type UacRequest, type UacRequestOptions } from '../../src/uac/uac-request.js';

export const PASSWORD = 'open sesame';
export const credentials = [{ username: 'alice', password: secret(PASSWORD) }];

export type Told = { [K in keyof UacEvents]: { readonly type: K } & UacEvents[K] }[keyof UacEvents];

/** A core in virtual time. */
export function coreInTest(options: UacCoreOptions = {}, seed = 1) {
  const clock = new VirtualClock();
  const environment = { clock, random: seededRandom(seed), token: seededToken(seed) };
  return { clock, core: createUacCore({ environment, ...options }) };
}

/** What a request tells, in order. `ask` is left out: listening to it means to answer. */
export function listen(uac: UacRequest): Told[] {
  const told: Told[] = [];
  uac.on('send', (event) => told.push({ type: 'send', ...event }));
  uac.on('decision', (event) => told.push({ type: 'decision', ...event }));
  uac.on('wait', (event) => told.push({ type: 'wait', ...event }));
  uac.on('hold', (event) => told.push({ type: 'hold', ...event }));
  uac.on('cancel', (event) => told.push({ type: 'cancel', ...event }));
  uac.on('hangUp', (event) => told.push({ type: 'hangUp', ...event }));
  uac.on('storeFailure', (event) => told.push({ type: 'storeFailure', ...event }));
  uac.on('done', (event) => told.push({ type: 'done', ...event }));
  return told;
}

/** A request that runs from its start. */
export function running(core: UacCore, request: SipRequest, options: Omit<UacRequestOptions, 'core'> = {}) {
  return follow(createUacRequest(request, { core, ...options }));
}

export function follow(uac: UacRequest) {
  const told = listen(uac);
  const outcome = uac.start();
  return {
    uac,
    told,
    outcome,
    types: () => told.map(({ type }) => type),
    sent: (): readonly SipRequest[] => told.flatMap((event) => (event.type === 'send' ? [event.request] : [])),
    holds: () => told.flatMap((event) => (event.type === 'hold' ? [event.for] : [])),
    respond: (status: number, headers: readonly Header[] = []): void => uac.receive(responseOf(status, headers)),
  };
}

export function responseOf(status: number, headers: readonly Header[] = []): SipResponse {
  return { status, reason: '', headers, body: '' };
}

/** Lets promises settle. */
export async function later(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** A request of its own: other Call-ID, tags and branch; the same address-of-record unless another one is named. */
export function numbered(
  request: SipRequest,
  number: number,
  changes: { readonly [name: string]: string } = {},
): SipRequest {
  const own: { readonly [name: string]: string } = { 'Call-ID': `call-${number}@192.0.2.1`, ...changes };
  return {
    ...request,
    headers: request.headers.map(([name, value]): Header =>
      name === 'Via' ? [name, value.replace(/branch=.*/, `branch=z9hG4bKn${number}`)] : [name, own[name] ?? value],
    ),
  };
}

export function rowsOf(request: SipRequest | undefined, name: string): readonly string[] {
  return (request?.headers ?? []).filter(([one]) => one === name).map(([, value]) => value);
}
