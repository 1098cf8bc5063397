// A scripted registrar in virtual time, and a registration that is kept with it.
import { secret } from '../../src/digest/secret.js';
import { readContacts } from '../../src/sip/contact.js';
import { readCSeq } from '../../src/sip/cseq.js';
import { allHeaders, firstHeader } from '../../src/sip/header-list.js';
import type { Header, SipRequest, SipResponse } from '../../src/sip/message.js';
import { seededRandom, seededToken } from '../../src/timing/random.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import {
  keepRegistered,
  resumeRegistration,
  type KeepRegisteredOptions,
  type Registration,
} from '../../src/uac/keep-registered.js';
import type { RegistrationEvents } from '../../src/uac/registration-event.js';
import type { RegistrationSnapshot } from '../../src/uac/registration-snapshot.js';
import { createUacCore, type UacCore } from '../../src/uac/uac-core.js';
import { register } from '../machines/requests.js';

export const PASSWORD = 'open sesame';
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** What the registrar does with a REGISTER: a response, or nothing. */
export type RegistrarAnswer = SipResponse | 'timeout' | 'transportError';
export type Registrar = (request: SipRequest, number: number, server: string | undefined) => RegistrarAnswer;

export interface Sent {
  readonly at: number;
  readonly request: SipRequest;
  readonly server: string | undefined;
}

export type Told = {
  [K in keyof RegistrationEvents]: { readonly type: K; readonly on: number } & RegistrationEvents[K];
}[keyof RegistrationEvents];

export interface KeptOptions extends KeepRegisteredOptions {
  readonly request?: SipRequest;
  readonly snapshot?: RegistrationSnapshot;
  readonly clock?: VirtualClock;
  readonly seed?: number;
  readonly password?: string;
}

/** A registration that is kept with this registrar; every answer takes 20 ms. */
export function kept(registrar: Registrar, given: KeptOptions = {}) {
  const { request = register, snapshot, clock = new VirtualClock(), seed = 1, password, ...options } = given;
  const credentials = [{ username: 'alice', password: secret(password ?? PASSWORD) }];
  const environment = { clock, random: seededRandom(seed), token: seededToken(seed) };
  const core: UacCore = options.core ?? createUacCore({ environment, credentials });
  const registration: Registration =
    snapshot === undefined
      ? keepRegistered(request, { core, ...options })
      : resumeRegistration(snapshot, { core, ...options });
  const sent: Sent[] = [];
  const told: Told[] = [];
  registration.on('registered', (event) => told.push({ type: 'registered', on: clock.now(), ...event }));
  registration.on('probing', (event) => told.push({ type: 'probing', on: clock.now(), ...event }));
  registration.on('stopped', (event) => told.push({ type: 'stopped', on: clock.now(), ...event }));
  registration.on('wait', (event) => told.push({ type: 'wait', on: clock.now(), ...event }));
  registration.on('hold', (event) => told.push({ type: 'hold', on: clock.now(), ...event }));
  registration.on('decision', (event) => told.push({ type: 'decision', on: clock.now(), ...event }));
  registration.on('send', (event) => {
    sent.push({ at: clock.now(), request: event.request, server: event.server });
    const answer = registrar(event.request, sent.length, event.server);
    if (answer === 'timeout') clock.at(clock.now() + 32_000, () => registration.timeout());
    else if (answer === 'transportError') clock.at(clock.now() + 1, () => registration.transportError());
    else clock.at(clock.now() + 20, () => registration.receive(answer));
  });
  return {
    registration,
    core,
    clock,
    sent,
    told,
    of: <K extends Told['type']>(type: K) =>
      told.filter((event): event is Extract<Told, { type: K }> => event.type === type),
    cseqs: (): readonly (number | undefined)[] => sent.map((one) => readCSeq(one.request.headers)?.number),
  };
}

export function respond(status: number, headers: readonly Header[] = []): SipResponse {
  return { status, reason: '', headers, body: '' };
}

/** A 200 that lists the contacts of the request with what they asked for, or with this interval. */
export function granted(request: SipRequest, seconds?: number | string): SipResponse {
  const header = firstHeader(request.headers, 'Expires') ?? '3600';
  const contacts = readContacts(allHeaders(request.headers, 'Contact'))
    .filter(({ expires = Number(header) }) => expires !== 0)
    .map(({ uri, expires }): Header => ['Contact', `<${uri}>;expires=${seconds ?? expires ?? header}`]);
  return respond(200, contacts);
}

/** A registrar that wants Digest credentials for its nonce, as `Registrar` in front of another. */
export function challenging(nonceOf: (number: number) => string, behind: Registrar): Registrar {
  return (request, number, server) => {
    const nonce = nonceOf(number);
    const credentials = firstHeader(request.headers, 'Authorization');
    if (credentials?.includes(`nonce="${nonce}"`)) return behind(request, number, server);
    const stale = credentials === undefined ? '' : ', stale=true';
    return respond(401, [['WWW-Authenticate', `Digest realm="example.com", nonce="${nonce}", qop="auth"${stale}`]]);
  };
}
