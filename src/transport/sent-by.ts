// What stands in the Via as sent-by (RFC 3261 §18.1.1), and is remembered to know the responses by (§18.1.2).
import type { Doors } from './doors.js';
import type { Inbox } from './inbox.js';
import { familyOf, type Endpoint, type TransportName } from './server-address.js';

export class SentBy {
  readonly #told: Partial<Endpoint>;
  readonly #doors: Doors;
  readonly #inbox: Inbox;
  /** The port of TCP and TLS where nothing listens: that of the first connection, for good. */
  readonly #ports = new Map<string, number>();

  /** @param told what the program wants there instead of the local address */
  constructor(told: Partial<Endpoint>, doors: Doors, inbox: Inbox) {
    this.#told = told;
    this.#doors = doors;
    this.#inbox = inbox;
  }

  /** The sent-by of a request that leaves from this local address. */
  of(transport: TransportName, local: Endpoint): Endpoint {
    const { host = local.host, port = this.#portOf(transport, local) } = this.#told;
    this.#inbox.noteSentBy({ host, port }, transport);
    return { host, port };
  }

  /**
   * One port for all connections: an ACK or a CANCEL that goes out on another connection than its INVITE has the same
   * sent-by, without which the server would not match it (RFC 3261 §17.2.3).
   */
  #portOf(transport: TransportName, local: Endpoint): number {
    if (transport === 'UDP') return local.port;
    const key = `${transport} ${familyOf(local.host)}`;
    const port = this.#doors.portOf(transport) ?? this.#ports.get(key) ?? local.port;
    this.#ports.set(key, port);
    return port;
  }
}
