// Client transactions over transports: a request out, its responses back, each message told as it passes.
import { Listeners } from '../../machines/listeners.js';
import type { TimerValues } from '../../machines/client-transaction-timers.js';
import { cancelOf } from '../request/ack-and-cancel.js';
import { readCSeq } from '../sip/cseq.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import { topVia } from '../sip/via.js';
import { writeMessage } from '../sip/write-message.js';
import type { Environment } from '../timing/environment.js';
import type { ClientTransaction } from '../transaction/client-transaction.js';
import { ClientTransactions } from '../transaction/client-transactions.js';
import type { Source } from './inbox.js';
import type { Sent } from './sent.js';
import { bracketed, type Endpoint, type ServerAddress, type TransportName } from './server-address.js';
import { NOBODY, type TransactionUser } from './transaction-user.js';
import type { TransportFailure } from './transport-failure.js';
import type { Transports } from './transports.js';

/** A message on its way, as a trace shows it. It may hold a digest response: mask it before it is shown. */
export interface PassedMessage {
  readonly direction: 'sent' | 'received';
  /** `udp:192.0.2.1:5060`. */
  readonly peer: string;
  readonly text: string;
}

/** What passes a wire, by name. */
export interface WireEvents {
  readonly message: PassedMessage;
  /** A request, a retransmission or an ACK could not be sent; before anything follows from it. */
  readonly failure: { readonly to: ServerAddress; readonly failure: TransportFailure };
  /** A request that came in; nobody has answered it yet. */
  readonly request: { readonly request: SipRequest; readonly source: Source };
}

export interface WireOptions {
  readonly transports: Transports;
  readonly environment: Environment;
  readonly timers?: Partial<TimerValues> | undefined;
  readonly inspect?: ((event: { readonly type: string }) => void) | undefined;
}

interface Running {
  readonly transaction: ClientTransaction;
  readonly sent: Sent;
  readonly to: ServerAddress;
}

export class Wire {
  readonly #options: WireOptions;
  readonly #transactions = new ClientTransactions();
  readonly #listeners = new Listeners<WireEvents>();
  /** Responses to requests that are still on their way out: a quick server answers before the system says "sent". */
  readonly #early = new Map<string, SipResponse[]>();
  readonly #running = new Map<string, Running>();
  #isStopped = false;

  constructor(options: WireOptions) {
    this.#options = options;
    const { transports } = options;
    transports.on('message', (received) => {
      const message = received.kind === 'response' ? received.response : received.request;
      this.#tell('message', { direction: 'received', peer: peerOf(received.source), text: writeMessage(message) });
      if (received.kind === 'response') this.#receive(received.response);
      else this.#tell('request', { request: received.request, source: received.source });
    });
    transports.on('failure', ({ failure, transactions }) => {
      const running = transactions.flatMap(({ branch, method }) => this.#running.get(keyOf(method, branch)) ?? []);
      const [first] = running;
      if (first !== undefined) this.#tell('failure', { to: first.to, failure });
      for (const { transaction } of running) transaction.transportError(failure);
    });
  }

  on<K extends keyof WireEvents>(type: K, listener: (event: WireEvents[K]) => void): () => void {
    return this.#listeners.on(type, listener);
  }

  /** How many responses belonged to no transaction, by reason. */
  get discarded(): ClientTransactions['discarded'] {
    return this.#transactions.discarded;
  }

  /** Sends a request to a server as a client transaction of its own. */
  async begin(request: SipRequest, to: ServerAddress, user: TransactionUser): Promise<void> {
    const key = keyOf(request.method, topVia(request.headers)?.branch ?? '');
    this.#early.set(key, []);
    const result = await this.#options.transports.send(request, to);
    const early = this.#early.get(key) ?? [];
    this.#early.delete(key);
    if (result.kind === 'failed') {
      this.#tell('failure', { to, failure: result.failure });
      user.transportError(result.failure);
      return;
    }
    if (this.#isStopped) return;
    this.#tellSent(result.text, result);
    user.sent?.(result.request, result);
    this.#run(key, { sent: result, to, request: result.request }, user);
    for (const response of early) this.#receive(response);
  }

  /** Cancels an INVITE: a transaction of its own, with the branch of the INVITE, to the same server (RFC 3261 §9.1). */
  async cancel(invite: SipRequest): Promise<void> {
    const branch = topVia(invite.headers)?.branch ?? '';
    const running = this.#running.get(keyOf('INVITE', branch));
    if (running === undefined) return;
    const request = cancelOf(running.sent.request);
    const result = await running.sent.transmit(request);
    if (result.kind === 'failed') this.#tell('failure', { to: running.to, failure: result.failure });
    if (result.kind === 'failed' || this.#isStopped) return;
    this.#tellSent(result.text, result);
    this.#run(keyOf('CANCEL', branch), { sent: result, to: running.to, request }, NOBODY);
  }

  /** Sends an ACK for a 2xx, which is no transaction (RFC 3261 §13.2.2.4). */
  async acknowledge(ack: SipRequest, to: ServerAddress): Promise<void> {
    const result = await this.#options.transports.send(ack, to);
    if (result.kind === 'sent') this.#tellSent(result.text, result);
    else this.#tell('failure', { to, failure: result.failure });
  }

  /** Answers a request that came in. */
  async respond(response: SipResponse, source: Source): Promise<void> {
    const { kind } = await this.#options.transports.respond(response, source);
    if (kind === 'sent') {
      this.#tell('message', { direction: 'sent', peer: peerOf(source), text: writeMessage(response) });
    }
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Stops every transaction; what is still on its way out begins none any more. */
  stop(): void {
    this.#isStopped = true;
    this.#transactions.stop();
  }

  #run(
    key: string,
    { sent, to, request }: Pick<Running, 'sent' | 'to'> & { readonly request: SipRequest },
    user: TransactionUser,
  ): void {
    const { environment, timers, inspect } = this.#options;
    let isFirst = true;
    const transaction = this.#transactions.create({
      request,
      reliable: sent.reliable,
      environment,
      ...(timers === undefined ? {} : { timers }),
      ...(inspect === undefined ? {} : { inspect }),
      transmit: (message) => {
        // The transport has it already: until then nobody knew whether it would be TCP (RFC 3261 §18.1.1).
        if (isFirst) isFirst = false;
        else void this.#retransmit(key, sent, message);
      },
    });
    this.#running.set(key, { transaction, sent, to });
    transaction.on('response', ({ response }) => user.response(response, sent));
    transaction.on('timeout', () => user.timeout());
    transaction.on('transportError', ({ error }) => user.transportError(isFailure(error) ? error : UNKNOWN));
    transaction.on('terminated', () => this.#running.delete(key));
    transaction.start();
  }

  async #retransmit(key: string, sent: Sent, message: SipRequest): Promise<void> {
    const result = await sent.transmit(message);
    if (result.kind === 'sent') {
      this.#tellSent(result.text, result);
      return;
    }
    const running = this.#running.get(key);
    if (running === undefined) return;
    this.#tell('failure', { to: running.to, failure: result.failure });
    running.transaction.transportError(result.failure);
  }

  #receive(response: SipResponse): void {
    const early = this.#early.get(
      keyOf(readCSeq(response.headers)?.method ?? '', topVia(response.headers)?.branch ?? ''),
    );
    if (early === undefined) this.#transactions.receive(response);
    else early.push(response);
  }

  #tellSent(text: string, { remote, transport }: Sent): void {
    this.#tell('message', { direction: 'sent', peer: peerOf({ ...remote, transport }), text });
  }

  #tell<K extends keyof WireEvents>(type: K, event: WireEvents[K]): void {
    this.#listeners.tell(type, event);
    this.#listeners.rethrow();
  }
}

const UNKNOWN: TransportFailure = { code: 'failed', why: 'The request could not be sent.' };

function isFailure(error: unknown): error is TransportFailure {
  return typeof error === 'object' && error !== null && 'code' in error && 'why' in error;
}

function keyOf(method: string, branch: string): string {
  // RFC 3261 §7.3.1: tokens such as the branch are case-insensitive; methods are not (§7.1).
  return `${method} ${branch.toLowerCase()}`;
}

function peerOf({ transport, host, port }: Endpoint & { readonly transport: TransportName }): string {
  return `${transport.toLowerCase()}:${bracketed(host)}:${port}`;
}
