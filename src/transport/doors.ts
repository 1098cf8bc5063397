// The ports at which servers may open a connection to send their response (RFC 3261 §18.1.1), where the program wants that.
import type { Server, Socket } from 'node:net';
import type { TransportName } from './server-address.js';
import { StreamConnection, type StreamConnectionOptions } from './stream-connection.js';
import { listenTcp } from './tcp.js';
import { listenTls } from './tls.js';
import type { TransportOptions } from './transport-options.js';

/** The ports that are open. */
export interface OpenDoors {
  readonly tcp?: number;
  readonly tls?: number;
}

export class Doors {
  readonly #wanted: NonNullable<TransportOptions['listen']>;
  readonly #hosts: readonly [string, ...string[]];
  readonly #options: StreamConnectionOptions;
  readonly #servers = new Set<Server>();
  readonly #accepted = new Set<StreamConnection>();
  #ports: OpenDoors = {};

  constructor(
    wanted: NonNullable<TransportOptions['listen']>,
    bind: NonNullable<TransportOptions['bind']>,
    options: StreamConnectionOptions,
  ) {
    this.#wanted = wanted;
    this.#hosts = [bind.ipv4 ?? '0.0.0.0', ...(bind.ipv6 === undefined ? [] : [bind.ipv6])];
    this.#options = options;
  }

  /** The local port for this transport, if one is open. */
  portOf(transport: TransportName): number | undefined {
    return transport === 'TLS' ? this.#ports.tls : this.#ports.tcp;
  }

  /** Opens what is wanted; rejects with the system's error. */
  async open(): Promise<OpenDoors> {
    const { tcp, tls } = this.#wanted;
    if (tcp !== undefined) {
      const accept = (socket: Socket): void => this.#accept(socket, 'TCP');
      this.#ports = { tcp: await this.#openAt(tcp, (host, port) => listenTcp({ host, port }, accept)) };
    }
    if (tls !== undefined) {
      const accept = (socket: Socket): void => this.#accept(socket, 'TLS');
      const port = await this.#openAt(tls.port, (host, at) => listenTls({ host, port: at }, tls, accept));
      this.#ports = { ...this.#ports, tls: port };
    }
    return this.#ports;
  }

  async close(): Promise<void> {
    const servers = [...this.#servers].map((server) => new Promise((resolve) => server.close(resolve)));
    await Promise.all([...this.#accepted].map((connection) => connection.close()));
    await Promise.all(servers);
  }

  /** The same port for each family. */
  async #openAt(wanted: number, listen: (host: string, port: number) => Promise<Server>): Promise<number> {
    let port = wanted;
    for (const host of this.#hosts) {
      const server = await listen(host, port);
      this.#servers.add(server);
      const address = server.address();
      if (address !== null && typeof address === 'object') port = address.port;
    }
    return port;
  }

  #accept(socket: Socket, transport: TransportName): void {
    const connection = new StreamConnection(socket, transport, this.#options);
    this.#accepted.add(connection);
    void connection.closed.then(() => this.#accepted.delete(connection));
  }
}
