// UDP: a socket for each address family, and beside it one for each server, connected, so that ICMP errors are told.
import { createSocket, type Socket } from 'node:dgram';
import { platform } from 'node:process';
import { addressOf, closed, isUnspecified, localHostToward, settled } from './datagram-socket.js';
import { bracketed, familyOf, type Endpoint } from './server-address.js';
import { failureOf, type TransportFailure } from './transport-failure.js';

/** What the sockets are made with, and whom they tell. */
export interface UdpOptions {
  /** The local address for each family. Default: all addresses. */
  readonly bind?: { readonly ipv4?: string; readonly ipv6?: string };
  /** The local port. Default: 0, one that is free. */
  readonly port?: number;
  /** Whether two sockets may share a port, each with its own datagrams. Default: everywhere but on Windows. */
  readonly sharesPort?: boolean;
  readonly onDatagram: (octets: Uint8Array, from: Endpoint, local: Endpoint) => void;
  /** An ICMP error: what was sent to this server since it last was heard, failed (RFC 3261 §18.4). */
  readonly onFailure: (to: Endpoint, failure: TransportFailure, notes: readonly string[]) => void;
}

/** A larger datagram than this does not exist in IPv4 (RFC 3261 §18.1.1: 65,535 with the headers of IP and UDP). */
export const MOST_DATAGRAM_OCTETS = 65_507;
/** Servers with a socket of their own; beyond, the one unused for longest goes. */
const MOST_PEERS = 64;
const MOST_NOTES = 1000;
/** Octets that the system keeps until they are read. Its default is full when some hundred responses come at once. */
const RECEIVE_BUFFER = 1_048_576;

/**
 * Only a connected socket is told of ICMP errors, and only an unconnected one hears a server that answers from another
 * address. So both share one local port: the system hands a datagram to the connected socket that fits, else to the
 * other. Where sharing is not possible, the unconnected one sends, and the transaction's timers find out what failed.
 */
export class UdpSockets {
  readonly #options: UdpOptions;
  readonly #open = new Map<4 | 6, Promise<Socket>>();
  readonly #peers = new Map<string, Promise<Peer>>();
  #isClosed = false;

  constructor(options: UdpOptions) {
    this.#options = options;
  }

  /** Opens the socket of a family; rejects with the system's error. */
  async open(family: 4 | 6): Promise<Endpoint> {
    return addressOf(await this.#socket(family));
  }

  /** The local address and port that a datagram to this server comes from. Rejects with the system's error. */
  async localToward(to: Endpoint): Promise<Endpoint> {
    const { socket } = await this.#peer(to);
    const local = addressOf(socket);
    return isUnspecified(local.host) ? { ...local, host: await localHostToward(to) } : local;
  }

  /**
   * Sends one datagram. What fails at once is returned; what an ICMP error tells later goes to `onFailure`.
   * @param note what the transmission is remembered by; without one nobody is told later
   */
  async send(octets: Uint8Array, to: Endpoint, note?: string): Promise<TransportFailure | undefined> {
    try {
      const peer = await this.#peer(to);
      if (note !== undefined) remember(peer.unanswered, note);
      const error = await sendFrom(peer, octets, to);
      if (error === null) return undefined;
      const failure = failureOf(error, 'UDP', to);
      // A refused port is reported to the next call that comes along: this datagram did not go out, and those before
      // it were refused.
      if (note !== undefined) peer.unanswered.delete(note);
      this.#tellFailure(peer, to, failure);
      return failure;
    } catch (error) {
      return failureOf(error, 'UDP', to);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const peers = [...this.#peers.values()].map(async (peer) => (await peer).socket);
    const sockets = await Promise.allSettled([...this.#open.values(), ...peers]);
    this.#peers.clear();
    this.#open.clear();
    const open = new Set(sockets.flatMap((socket) => (socket.status === 'fulfilled' ? [socket.value] : [])));
    await Promise.all([...open].map(closed));
  }

  #socket(family: 4 | 6): Promise<Socket> {
    const known = this.#open.get(family);
    if (known !== undefined) return known;
    const opening = this.#bound(family, this.#options.port ?? 0);
    this.#open.set(family, opening);
    // A failure is not kept: the network may come back.
    opening.catch(() => this.#open.delete(family));
    return opening;
  }

  async #bound(family: 4 | 6, port: number): Promise<Socket> {
    if (this.#isClosed) throw new Error('closed');
    const { ipv4 = '0.0.0.0', ipv6 = '::' } = this.#options.bind ?? {};
    const socket = createSocket({
      type: family === 4 ? 'udp4' : 'udp6',
      reuseAddr: true,
      recvBufferSize: RECEIVE_BUFFER,
      ipv6Only: family === 6,
    });
    await settled(socket, 'listening', () =>
      socket.bind({ port, address: family === 4 ? ipv4 : ipv6, exclusive: true }),
    );
    socket.on('message', (octets, { address, port: from }) => {
      this.#options.onDatagram(octets, { host: address, port: from }, addressOf(socket));
    });
    // An unconnected socket has no errors of its own that would say which request they are about.
    socket.on('error', () => undefined);
    return socket;
  }

  #peer(to: Endpoint): Promise<Peer> {
    const key = `${bracketed(to.host)}:${to.port}`;
    const known = this.#peers.get(key);
    const peer = known ?? this.#connected(to);
    // The map is kept in order of use.
    this.#peers.delete(key);
    this.#peers.set(key, peer);
    if (known === undefined) {
      peer.catch(() => this.#peers.delete(key));
      this.#dropOldest();
    }
    return peer;
  }

  #dropOldest(): void {
    const [oldest] = this.#peers;
    if (this.#peers.size <= MOST_PEERS || oldest === undefined) return;
    const [key, dropped] = oldest;
    this.#peers.delete(key);
    dropped.then(({ socket, isConnected }) => (isConnected ? closed(socket) : undefined)).catch(() => undefined);
  }

  async #connected(to: Endpoint): Promise<Peer> {
    const family = familyOf(to.host);
    const main = await this.#socket(family);
    const unanswered = new Set<string>();
    const shared = await this.#boundBeside(main, family);
    if (shared === undefined) return { socket: main, isConnected: false, unanswered };
    const peer = { socket: shared, isConnected: true, unanswered };
    shared.on('message', () => unanswered.clear());
    shared.on('error', (error) => this.#tellFailure(peer, to, failureOf(error, 'UDP', to)));
    try {
      await settled(shared, 'connect', () => shared.connect(to.port, to.host));
    } catch (error) {
      await closed(shared);
      throw error;
    }
    return peer;
  }

  #boundBeside(main: Socket, family: 4 | 6): Promise<Socket | undefined> {
    const { sharesPort = platform !== 'win32' } = this.#options;
    if (!sharesPort) return Promise.resolve(undefined);
    return this.#bound(family, addressOf(main).port).catch(() => undefined);
  }

  #tellFailure(peer: Peer, to: Endpoint, failure: TransportFailure): void {
    const notes = [...peer.unanswered];
    peer.unanswered.clear();
    if (notes.length > 0) this.#options.onFailure(to, failure, notes);
  }
}

interface Peer {
  readonly socket: Socket;
  readonly isConnected: boolean;
  /** What was sent since the server was last heard. */
  readonly unanswered: Set<string>;
}

function remember(notes: Set<string>, note: string): void {
  notes.delete(note);
  notes.add(note);
  const [oldest] = notes;
  if (notes.size > MOST_NOTES && oldest !== undefined) notes.delete(oldest);
}

function sendFrom(peer: Peer, octets: Uint8Array, to: Endpoint): Promise<Error | null> {
  return new Promise((resolve) => {
    if (peer.isConnected) peer.socket.send(octets, resolve);
    else peer.socket.send(octets, to.port, to.host, resolve);
  });
}
