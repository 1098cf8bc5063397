// The transports of one party on the simulated network, as a user agent client and a server use them.
import { Listeners } from '../../../machines/listeners.js';
import type { SipRequest, SipResponse } from '../../sip/message.js';
import { octetLength, octetsOf } from '../../sip/octets.js';
import { writeMessage } from '../../sip/write-message.js';
import { Inbox, type DiscardReason, type Source } from '../../transport/inbox.js';
import { notSent, type LocalAddress, type Responded, type SendResult } from '../../transport/sent.js';
import { isReliable, type Endpoint, type ServerAddress, type TransportName } from '../../transport/server-address.js';
import type { ListeningPorts, TransportEvents, Transports } from '../../transport/transports.js';
import { withSentBy } from '../../transport/via-sent-by.js';
import { withTopViaOnly, type ViasBelow } from './vias-below.js';
import type { Place, SimulatedNetwork } from './simulated-network.js';

/** Where a party is. */
export interface Residence {
  readonly id: string;
  readonly host: string;
  /** Of UDP and TCP. */
  readonly port: number;
  /** Of TLS. */
  readonly tlsPort: number;
  /** The domains and host names that lead here, in lower case. */
  readonly names: readonly string[];
}

/** What the transports of a server have besides. */
export interface PartyMeans {
  /** What stands below the Via of a proxy. */
  readonly below?: ViasBelow;
  /** Nothing leaves a server that is down. */
  readonly isUp?: () => boolean;
}

/** RFC 3261 §18.1.1: a larger request for UDP goes over TCP, unless the path MTU is known. */
const MOST_DATAGRAM_OCTETS = 1300;

export class SimulatedTransports implements Transports {
  readonly #network: SimulatedNetwork;
  readonly #residence: Residence;
  readonly #listeners = new Listeners<TransportEvents>();
  readonly #inbox: Inbox;
  readonly #below: ViasBelow | undefined;
  readonly #isUp: () => boolean;

  constructor(network: SimulatedNetwork, residence: Residence, { below, isUp = () => true }: PartyMeans = {}) {
    this.#below = below;
    this.#isUp = isUp;
    this.#network = network;
    this.#residence = residence;
    this.#inbox = new Inbox(
      (received) => this.#listeners.tell('message', received),
      (discarded) => this.#listeners.tell('discard', discarded),
    );
  }

  on<K extends keyof TransportEvents>(type: K, listener: (event: TransportEvents[K]) => void): () => void {
    return this.#listeners.on(type, listener);
  }

  get discarded(): Readonly<Record<DiscardReason, number>> {
    return this.#inbox.counts;
  }

  /** What the network brings. */
  receive(text: string, from: Endpoint, transport: TransportName, at: Endpoint): void {
    const isForProxy = this.#below !== undefined && text.startsWith('SIP/2.0 ');
    this.#inbox.receive(octetsOf(isForProxy ? withTopViaOnly(text) : text), { ...from, transport, local: at });
    this.#listeners.rethrow();
  }

  async send(request: SipRequest, to: ServerAddress): Promise<SendResult> {
    if (to.transport !== 'UDP') return this.#sendOnStream(request, to, false);
    const filled = this.#filled(request, 'UDP');
    if (octetLength(this.#textOf(filled)) > MOST_DATAGRAM_OCTETS && to.fixed !== true) {
      const large = await this.#sendOnStream(request, { transport: 'TCP', host: to.host, port: to.port }, false);
      // "… or results in a TCP reset, the element SHOULD retry the request, using UDP."
      if (large.kind === 'sent') return large;
    }
    return this.#pass(filled, { transport: 'UDP', host: to.host, port: to.port });
  }

  respond(response: SipResponse, source: Source): Promise<Responded> {
    const text = writeMessage(response);
    const { host, port, transport } = source;
    this.#leave({ host, port, transport }, text);
    return Promise.resolve({ kind: 'sent', text });
  }

  /** Text that need be no SIP message. */
  utter(text: string, { host, port, transport }: Source): void {
    this.#leave({ host, port, transport }, text);
  }

  localAddress({ transport }: ServerAddress): Promise<LocalAddress> {
    const { host, port } = this.#at(transport);
    return Promise.resolve({ kind: 'local', host, port });
  }

  listen(): Promise<ListeningPorts> {
    const { port, tlsPort } = this.#residence;
    return Promise.resolve({ kind: 'listening', udp: port, tcp: port, tls: tlsPort });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #sendOnStream(request: SipRequest, to: ServerAddress, isFilled: boolean): Promise<SendResult> {
    const { transport, host, port } = to;
    const filled = isFilled ? request : this.#filled(request, transport);
    const place = { transport, host, port };
    const failure = await this.#network.connect(this.#at(transport), place);
    if (failure === undefined) return this.#pass(filled, place);
    this.#network.noteRefused(this.#at(transport), place, this.#textOf(filled));
    return notSent(failure);
  }

  #filled(request: SipRequest, transport: TransportName): SipRequest {
    const { host, port } = this.#at(transport);
    this.#inbox.noteSentBy({ host, port }, transport);
    return withSentBy(request, transport, { host, port });
  }

  #pass(request: SipRequest, to: Place): SendResult {
    const { transport, host, port } = to;
    const from = this.#at(transport);
    const text = this.#textOf(request);
    this.#leave(to, text);
    return {
      kind: 'sent',
      request,
      text,
      transport,
      reliable: isReliable(transport),
      local: { host: from.host, port: from.port },
      remote: { host, port },
      transmit: (next) =>
        transport === 'UDP' ? Promise.resolve(this.#pass(next, to)) : this.#sendOnStream(next, to, true),
    };
  }

  #leave(to: Place, text: string): void {
    if (this.#isUp()) this.#network.pass(this.#at(to.transport), to, text);
  }

  #textOf(request: SipRequest): string {
    return writeMessage(this.#below?.putOn(request) ?? request);
  }

  #at(transport: TransportName): Endpoint & { readonly id: string } {
    const { id, host, port, tlsPort } = this.#residence;
    return { id, host, port: transport === 'TLS' ? tlsPort : port };
  }
}
