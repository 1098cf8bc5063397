// A driven request for a test: virtual time, foreseeable chance, and everything it tells in order.
import { driveRetry, type DriveRetryOptions } from '../../machines/drive-retry.js';
import type { DriverEvents } from '../../machines/driver-event.js';
import { secret } from '../../src/digest/secret.js';
import type { Header, SipRequest } from '../../src/sip/message.js';
import { seededToken } from '../../src/timing/random.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';

export const PASSWORD = 'open sesame';
export const credentials = [{ username: 'alice', password: secret(PASSWORD) }];

type Told = { [K in keyof DriverEvents]: { readonly type: K } & DriverEvents[K] }[keyof DriverEvents];

/** Drives a request from its start; `ask` is listened to only where a test says so. */
export function driven(options: DriveRetryOptions, clock = new VirtualClock()) {
  const uac = driveRetry({ environment: { clock, random: () => 0.5, token: seededToken('driven') }, ...options });
  const told: Told[] = [];
  uac.on('send', (event) => told.push({ type: 'send', ...event }));
  uac.on('decision', (event) => told.push({ type: 'decision', ...event }));
  uac.on('wait', (event) => told.push({ type: 'wait', ...event }));
  uac.on('cancel', (event) => told.push({ type: 'cancel', ...event }));
  uac.on('hangUp', (event) => told.push({ type: 'hangUp', ...event }));
  uac.on('done', (event) => told.push({ type: 'done', ...event }));
  const outcome = uac.start();
  return {
    uac,
    told,
    clock,
    outcome,
    types: () => told.map(({ type }) => type),
    sent: (): readonly SipRequest[] => told.flatMap((event) => (event.type === 'send' ? [event.request] : [])),
    respond: (status: number, headers: readonly Header[] = []): void =>
      uac.receive({ status, reason: '', headers, body: '' }),
  };
}

export function rowsOf(request: SipRequest | undefined, name: string): readonly string[] {
  return (request?.headers ?? []).filter(([one]) => one === name).map(([, value]) => value);
}
