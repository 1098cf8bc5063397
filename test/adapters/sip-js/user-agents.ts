// User agents of SIP.js in Node, connected to a scripted server, and requests over them in virtual time.
import { UserAgent, type URI, type UserAgentOptions } from 'sip.js';
import { WebSocket } from 'ws';
import {
  createSipJsRequest,
  type SipJsIncoming,
  type SipJsMessage,
  type SipJsOptions,
} from '../../../src/adapters/sip-js/index.js';
import { secret } from '../../../src/digest/secret.js';
import { seededRandom, seededToken } from '../../../src/timing/random.js';
import { VirtualClock } from '../../../src/timing/virtual-clock.js';
import { createUacCore, type UacCoreOptions } from '../../../src/uac/uac-core.js';
import type { SipServer } from './web-socket-server.js';

// SIP.js takes the browser's; Node 20 has none.
Object.assign(globalThis, { WebSocket });

export const PASSWORD = 'open sesame';
export const credentials = [{ username: 'alice', password: secret(PASSWORD) }];

export interface Agent {
  readonly ua: UserAgent;
  /** What SIP.js has logged. */
  readonly logs: string[];
}

/** A user agent that is connected to the server. */
export async function agentOf(server: SipServer, options: UserAgentOptions = {}): Promise<Agent> {
  const logs: string[] = [];
  const ua = new UserAgent({
    uri: uri('sip:alice@example.com'),
    // The same for all, so that a request says the same to every server.
    viaHost: 'client.invalid',
    contactName: 'alice',
    transportOptions: { server: server.url, traceSip: false },
    logBuiltinEnabled: false,
    logLevel: 'debug',
    logConnector: (_level, _category, _label, content) => logs.push(content),
    gracefulShutdown: false,
    ...options,
  });
  await ua.start();
  return { ua, logs };
}

export function uri(text: string): URI {
  const made = UserAgent.makeURI(text);
  if (made === undefined) throw new Error(`no URI: ${text}`);
  return made;
}

export function registerOf({ ua }: Agent, expires = 600) {
  const { aor, contact } = ua.userAgentCore.configuration;
  return ua.userAgentCore.makeOutgoingRequestMessage('REGISTER', uri('sip:example.com'), aor, aor, {}, [
    `Contact: ${contact.toString()}`,
    `Expires: ${expires}`,
  ]);
}

export const OFFER = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n';

export function inviteOf({ ua }: Agent, to = 'sip:bob@example.com') {
  const { aor, contact } = ua.userAgentCore.configuration;
  const bob = uri(to);
  return ua.userAgentCore.makeOutgoingRequestMessage(
    'INVITE',
    bob,
    aor,
    bob,
    {},
    [`Contact: ${contact.toString()}`, 'Allow: INVITE, ACK, CANCEL, BYE'],
    { contentDisposition: 'session', contentType: 'application/sdp', content: OFFER },
  );
}

/** Virtual time: nothing that is waited for passes until the test says so. SIP.js's own timers are real. */
export function virtualTime(options: UacCoreOptions = {}) {
  const clock = new VirtualClock();
  const environment = { clock, random: seededRandom(1), token: seededToken(1) };
  return { clock, core: createUacCore({ environment, ...options }) };
}

/** A request that runs, with everything that it tells in order. */
export function running<Accepted extends SipJsIncoming, Progress extends SipJsIncoming>(
  message: SipJsMessage,
  options: SipJsOptions<Accepted, Progress>,
) {
  const request = createSipJsRequest(message, options);
  const told: { readonly type: string; readonly [name: string]: unknown }[] = [];
  for (const type of ['send', 'decision', 'progress', 'wait', 'hold', 'limitation', 'established', 'done'] as const) {
    request.on(type, (event) => told.push({ type, ...event }));
  }
  /** The first event of that type that is told from now on, or was told already. */
  const heard = (type: 'send' | 'progress' | 'wait' | 'done' | 'established' | 'hold'): Promise<void> =>
    told.some((one) => one.type === type)
      ? Promise.resolve()
      : new Promise((resolve) => void request.on(type, () => resolve()));
  return { request, told, heard, outcome: request.start() };
}
