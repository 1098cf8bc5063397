// Transports in memory: they note what is sent and answered, and bring what a test lets arrive.
import { Listeners } from '../../machines/listeners.js';
import { allHeaders, setHeader } from '../../src/sip/header-list.js';
import type { Header, SipRequest, SipResponse } from '../../src/sip/message.js';
import { writeMessage } from '../../src/sip/write-message.js';
import { seededRandom, seededToken } from '../../src/timing/random.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import type { DiscardReason, Source } from '../../src/transport/inbox.js';
import { notSent, type Responded, type SendResult } from '../../src/transport/sent.js';
import type { ServerAddress } from '../../src/transport/server-address.js';
import type { TransportFailure } from '../../src/transport/transport-failure.js';
import type { TransportEvents, Transports } from '../../src/transport/transports.js';
import { topVia } from '../../src/sip/via.js';
import { withSentBy } from '../../src/transport/via-sent-by.js';

export const local = { host: '198.51.100.7', port: 5060 };
export const refused: TransportFailure = { code: 'refused', why: 'UDP 192.0.2.1:5060: nothing listens there.' };
export const source: Source = { transport: 'UDP', host: '192.0.2.1', port: 5060, local };

export class FakeTransports implements Transports {
  readonly sent: { readonly request: SipRequest; readonly to: ServerAddress }[] = [];
  readonly responded: SipResponse[] = [];
  /** Hosts towards which nothing goes out. */
  readonly down = new Set<string>();
  discarded: Readonly<Record<DiscardReason, number>> = {
    unreadable: 0,
    malformed: 0,
    foreignSentBy: 0,
    framing: 0,
    cutOff: 0,
  };
  /** What happens between the system's taking of a request and the end of `send`. */
  onSend: (request: SipRequest) => Promise<void> | void = () => undefined;
  isClosed = false;
  readonly #listeners = new Listeners<TransportEvents>();

  async send(request: SipRequest, to: ServerAddress): Promise<SendResult> {
    return this.#pass(withSentBy(request, to.transport, local), to);
  }

  on<K extends keyof TransportEvents>(type: K, listener: (event: TransportEvents[K]) => void): () => void {
    return this.#listeners.on(type, listener);
  }

  respond(response: SipResponse): Promise<Responded> {
    this.responded.push(response);
    return Promise.resolve({ kind: 'sent', text: writeMessage(response) });
  }

  localAddress(to: ServerAddress) {
    return Promise.resolve(this.down.has(to.host) ? notSent(refused) : { kind: 'local' as const, ...local });
  }

  listen() {
    return Promise.resolve({ kind: 'listening' as const, udp: local.port });
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }

  /** The requests of a method that went out, in order. */
  all(method: string): readonly SipRequest[] {
    return this.sent.map(({ request }) => request).filter((request) => request.method === method);
  }

  /** The last request of a method that went out. */
  last(method: string): SipRequest {
    const request = this.all(method).at(-1);
    if (request === undefined) throw new Error(`no ${method} was sent`);
    return request;
  }

  bring(response: SipResponse): void {
    this.#listeners.tell('message', { kind: 'response', response, source });
    this.#listeners.rethrow();
  }

  ask(request: SipRequest): void {
    this.#listeners.tell('message', { kind: 'request', request, source });
    this.#listeners.rethrow();
  }

  /** ICMP says that this request did not arrive. */
  fail(request: SipRequest): void {
    const branch = branchOf(request);
    const to = { transport: 'UDP' as const, host: '192.0.2.1', port: 5060 };
    this.#listeners.tell('failure', { to, failure: refused, transactions: [{ branch, method: request.method }] });
    this.#listeners.rethrow();
  }

  async #pass(request: SipRequest, to: ServerAddress): Promise<SendResult> {
    if (this.down.has(to.host)) return notSent(refused);
    this.sent.push({ request, to });
    await this.onSend(request);
    const { host, port, transport } = to;
    return {
      kind: 'sent',
      request,
      text: writeMessage(request),
      transport,
      reliable: transport !== 'UDP',
      local,
      remote: { host, port },
      transmit: (again) => this.#pass(again, to),
    };
  }
}

/** Virtual time and foreseeable tokens. */
export function environmentInTest(seed = 1) {
  const clock = new VirtualClock();
  return { clock, random: seededRandom(seed), token: seededToken(seed) };
}

export function branchOf(request: SipRequest): string {
  return topVia(request.headers)?.branch ?? '';
}

/** A response to a request as its server would write it; a To tag comes with each but a 100. */
export function answering(
  request: SipRequest,
  status: number,
  headers: readonly Header[] = [],
  tag = 'bob',
): SipResponse {
  const copied = request.headers.filter(([name]) => /^(?:Via|From|To|Call-ID|CSeq)$/.test(name));
  const [to = ''] = allHeaders(copied, 'To');
  const tagged = status === 100 || to.includes(';tag=') ? copied : setHeader(copied, 'To', `${to};tag=${tag}`);
  return { status, reason: '', headers: [...tagged, ...headers], body: '' };
}

/** Lets promises settle. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}
