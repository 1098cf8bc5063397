// The TCP and TLS connections that are open: one for each server, used again (RFC 3261 §18.1.1).
import { bracketed, familyOf, type ServerAddress } from './server-address.js';
import { StreamConnection, type StreamConnectionOptions } from './stream-connection.js';
import { connectTcp, type Connecting } from './tcp.js';
import { connectTls, type TlsOptions } from './tls.js';
import { failureOf, systemCode, type TransportFailure } from './transport-failure.js';

/** How connections are opened. */
export interface StreamConnectionsOptions extends StreamConnectionOptions {
  /** How long a connection, with its TLS handshake, may take to be established. */
  readonly connectMs: number;
  readonly tls?: TlsOptions;
  readonly bind?: { readonly ipv4?: string; readonly ipv6?: string };
}

/** A connection, or why there is none. */
export type Opened =
  | { readonly kind: 'open'; readonly connection: StreamConnection }
  | { readonly kind: 'failed'; readonly failure: TransportFailure; readonly isRefusal: boolean };

/** Connections to servers beyond this many: the one unused for longest is closed. */
const MOST_CONNECTIONS = 256;

export class StreamConnections {
  readonly #options: StreamConnectionsOptions;
  /** In order of use. */
  readonly #entries = new Map<string, Entry>();
  #isClosed = false;

  constructor(options: StreamConnectionsOptions) {
    this.#options = options;
  }

  /** The connection to this server: an open one with the same address, transport and certificate name, or a new one. */
  to(server: ServerAddress): Promise<Opened> {
    if (this.#isClosed) return Promise.resolve({ kind: 'failed', failure: CLOSED, isRefusal: false });
    const key = keyOf(server);
    const known = this.#entries.get(key);
    const entry = known?.isUsable() === true ? known : this.#open(server, key);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    this.#closeOldest();
    return entry.opened;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.all(entries.map(closeEntry));
  }

  #closeOldest(): void {
    const [oldest] = this.#entries;
    if (this.#entries.size <= MOST_CONNECTIONS || oldest === undefined) return;
    this.#entries.delete(oldest[0]);
    void closeEntry(oldest[1]);
  }

  #open(server: ServerAddress, key: string): Entry {
    let state: Opened | undefined;
    const attempt = this.#establish(server);
    const entry: Entry = {
      opened: attempt.opened,
      abandon: attempt.abandon,
      isUsable: () => state === undefined || (state.kind === 'open' && state.connection.isOpen),
    };
    void attempt.opened.then(async (opened) => {
      state = opened;
      if (opened.kind === 'open') await opened.connection.closed;
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
    return entry;
  }

  #establish(server: ServerAddress): Pick<Entry, 'opened' | 'abandon'> {
    const { clock, connectMs } = this.#options;
    const { socket, ready } = this.#begin(server);
    let settle: (opened: Opened) => void = () => undefined;
    const opened = new Promise<Opened>((resolve) => {
      settle = resolve;
    });
    const end = (outcome: Opened): void => {
      cancel();
      socket.off('error', fail).off('close', lose).off(ready, succeed);
      socket.on('error', () => undefined);
      if (outcome.kind === 'failed') socket.destroy();
      settle(outcome);
    };
    const giveUp = (failure: TransportFailure, refused = false): void =>
      end({ kind: 'failed', failure, isRefusal: refused });
    const fail = (error: unknown): void => giveUp(failureOf(error, server.transport, server), isRefusal(error));
    const lose = (): void => fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    const succeed = (): void =>
      end({ kind: 'open', connection: new StreamConnection(socket, server.transport, this.#options) });
    const cancel = clock.at(clock.now() + connectMs, () => giveUp(lateFailure(server, connectMs)));
    socket.once('error', fail).once('close', lose).once(ready, succeed);
    return { opened, abandon: () => giveUp(CLOSED) };
  }

  #begin(server: ServerAddress): Connecting {
    const { bind = {}, tls = {} } = this.#options;
    const localAddress = familyOf(server.host) === 4 ? bind.ipv4 : bind.ipv6;
    return server.transport === 'TLS' ? connectTls(server, tls, localAddress) : connectTcp(server, localAddress);
  }
}

function keyOf({ transport, host, port, servername = '' }: ServerAddress): string {
  return `${transport} ${bracketed(host)}:${port} ${servername.toLowerCase()}`;
}

const CLOSED: TransportFailure = { code: 'closed', why: 'The transports are closed; make new ones.' };

/** A connection in the making or made. */
interface Entry {
  readonly opened: Promise<Opened>;
  /** Gives up connecting. */
  readonly abandon: () => void;
  readonly isUsable: () => boolean;
}

async function closeEntry({ opened, abandon }: Entry): Promise<void> {
  abandon();
  const made = await opened;
  if (made.kind === 'open') await made.connection.close();
}

/** RFC 3261 §18.1.1: "either an ICMP Protocol Not Supported, or … a TCP reset", to the attempt to connect. */
function isRefusal(error: unknown): boolean {
  return REFUSALS.has(systemCode(error));
}

const REFUSALS: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPROTONOSUPPORT', 'ENOPROTOOPT']);

function lateFailure({ transport, host, port }: ServerAddress, connectMs: number): TransportFailure {
  const why = `${transport} ${bracketed(host)}:${port}: no connection in ${connectMs} ms. Is a firewall in the way?`;
  return { code: 'timedOut', why };
}
