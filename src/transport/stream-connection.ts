// One TCP or TLS connection: messages in by Content-Length, octets out, closed when idle.
import type { Socket } from 'node:net';
import type { Clock } from '../timing/clock.js';
import type { Endpoint, TransportName } from './server-address.js';
import { StreamFraming, type FramingLimits } from './stream-framing.js';
import { failureOf, type TransportFailure } from './transport-failure.js';

/** Why a connection was given up in the middle of what it sent. */
export interface BrokenStream {
  readonly because: 'framing' | 'cutOff';
  readonly why: string;
}

/** What a connection needs, and whom it tells. */
export interface StreamConnectionOptions {
  readonly clock: Clock;
  /** Closes a connection on which nothing went either way for so long. */
  readonly idleMs: number;
  /** How long octets may wait to be taken by the system. */
  readonly writeMs: number;
  readonly framing?: Partial<FramingLimits>;
  readonly onMessages: (messages: readonly Uint8Array[], connection: StreamConnection) => void;
  readonly onBroken: (broken: BrokenStream, connection: StreamConnection) => void;
}

/** A connection that is established. */
export class StreamConnection {
  readonly transport: TransportName;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** Settles when the connection is closed by either side. */
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #options: StreamConnectionOptions;
  readonly #framing: StreamFraming;
  #lastUse: number;
  #wasUsed = false;
  #isLeft = false;
  /** What was written since something was last heard. */
  #unheard: readonly Unheard[] = [];
  #cancelIdle: () => void = () => undefined;

  constructor(socket: Socket, transport: TransportName, options: StreamConnectionOptions) {
    this.transport = transport;
    this.local = { host: socket.localAddress ?? '', port: socket.localPort ?? 0 };
    this.remote = { host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    this.#socket = socket;
    this.#options = options;
    this.#framing = new StreamFraming(options.framing);
    this.#lastUse = options.clock.now();
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#cancelIdle();
        this.#tellLost();
        resolve();
      });
    });
    socket.setNoDelay(true);
    socket.on('data', (chunk: Uint8Array) => this.#receive(chunk));
    // After the requests went out nobody is told: the transaction's timers decide (RFC 3261 §18.4).
    socket.on('error', () => undefined);
    // The peer says no more: what it began is lost, and no request would be answered here.
    socket.on('end', () => this.#noteEnd());
    this.#awaitIdle();
  }

  /** Whether a request may go out on it. A peer that closed its side would not answer. */
  get isOpen(): boolean {
    return this.#socket.writable && this.#socket.readable && !this.#socket.destroyed;
  }

  /** Whether something was written to it already. */
  get wasUsed(): boolean {
    return this.#wasUsed;
  }

  /**
   * Resolves when the system has taken the octets; with the failure when it cannot.
   *
   * @param lost called when the peer closes soon after, and said nothing meanwhile: then it had most likely closed
   * before the octets arrived.
   */
  write(octets: Uint8Array, lost?: () => void): Promise<TransportFailure | undefined> {
    const { clock, writeMs } = this.#options;
    this.#lastUse = clock.now();
    if (lost !== undefined) this.#unheard = [...this.#recent(), { at: clock.now(), lost }];
    this.#wasUsed = true;
    return new Promise((resolve) => {
      const cancel = clock.at(clock.now() + writeMs, () => {
        const why = `${this.transport}: the peer took no octets for ${writeMs} ms, so the connection was closed.`;
        resolve({ code: 'timedOut', why });
        this.#isLeft = true;
        this.#socket.destroy();
      });
      this.#socket.write(octets, (error) => {
        cancel();
        resolve(error ? failureOf(error, this.transport, this.remote) : undefined);
      });
    });
  }

  close(): Promise<void> {
    this.#isLeft = true;
    this.#socket.destroy();
    return this.closed;
  }

  #receive(chunk: Uint8Array): void {
    this.#lastUse = this.#options.clock.now();
    this.#unheard = [];
    const messages = this.#framing.push(chunk);
    const why = this.#framing.failure;
    if (why !== undefined) this.#socket.destroy();
    if (messages.length > 0) this.#options.onMessages(messages, this);
    if (why !== undefined) this.#options.onBroken({ because: 'framing', why }, this);
  }

  #tellLost(): void {
    const lost = this.#isLeft ? [] : this.#recent();
    this.#unheard = [];
    for (const { lost: tell } of lost) tell();
  }

  #recent(): readonly Unheard[] {
    const now = this.#options.clock.now();
    return this.#unheard.filter(({ at }) => now - at < SOON_MS);
  }

  #noteEnd(): void {
    if (this.#framing.failure !== undefined || !this.#framing.isInMessage) return;
    this.#options.onBroken({ because: 'cutOff', why: 'the connection was closed in the middle of a message' }, this);
  }

  #awaitIdle(): void {
    const { clock, idleMs } = this.#options;
    const due = this.#lastUse + idleMs;
    this.#cancelIdle = clock.at(due, () => {
      // FIN, not reset: what was written still arrives.
      if (clock.now() < this.#lastUse + idleMs) {
        this.#awaitIdle();
        return;
      }
      this.#isLeft = true;
      this.#socket.destroySoon();
    });
  }
}

interface Unheard {
  readonly at: number;
  readonly lost: () => void;
}

/** A peer that closes later than this has had the time to read what was written. */
const SOON_MS = 4000;
