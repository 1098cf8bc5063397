// The door of a user agent client: requests, registrations and calls on one wire.
import { withTimerValues } from '../../machines/client-transaction-timers.js';
import { requireRequest } from '../../machines/given-message.js';
import { Listeners } from '../../machines/listeners.js';
import { masked } from '../sip/masked.js';
import type { SipRequest } from '../sip/message.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import { keepRegistered, type KeepRegisteredOptions, type Registration } from '../uac/keep-registered.js';
import type { UacCore } from '../uac/uac-core.js';
import type { RequestStore } from '../uac/request-store.js';
import type { ResumedRequests, ResumeOptions } from '../uac/resume-stored.js';
import { createUacRequest, type UacRequest, type UacRequestOptions } from '../uac/uac-request.js';
import { AgreedSecurity } from './agreed-tls.js';
import type { Call } from './call.js';
import { CallBook } from './call-book.js';
import { localTowards, localWithoutServer } from './local-towards.js';
import type { OwnAddress } from './own-address.js';
import { resumeOver } from './resume-over.js';
import { findingServers, withServers } from './own-servers.js';
import { Sending, type Following, type Sender } from './sending.js';
import { serverUri, type ServerAddress } from './server-address.js';
import type { TransportFailure } from './transport-failure.js';
import type { TransportOptions } from './transport-options.js';
import type { Transports } from './transports.js';
import type { UserAgentClient, UserAgentClientEvents, UserAgentClientOptions, Way } from './user-agent-client.js';
import { requireBranch } from './via-sent-by.js';
import { Wire, type PassedMessage } from './wire.js';

/** What `createUserAgentClient` has defaults of the system for, given. */
export type NetworkClientOptions = Omit<UserAgentClientOptions, keyof TransportOptions> &
  Required<Pick<UserAgentClientOptions, 'core' | 'transports' | 'dns'>> & { readonly ownAddress: OwnAddress };

export class NetworkClient implements UserAgentClient {
  readonly core: UacCore;
  readonly #options: NetworkClientOptions;
  readonly #transports: Transports;
  readonly #wire: Wire;
  readonly #sending: Sending;
  readonly #book: CallBook;
  /** The way of each ACK for a 2xx. */
  readonly #ways = new WeakMap<SipRequest, ReturnType<Sending['inDialogServers']>>();
  readonly #listeners = new Listeners<UserAgentClientEvents>({ message: true, failure: true, call: true });

  constructor(options: NetworkClientOptions) {
    const { core, transports, inspect, outboundProxy, servers, dns, overloadControl = false } = options;
    const timers = withTimerValues(options.timers);
    const { environment } = core;
    this.core = core;
    this.#options = options;
    this.#transports = transports;
    this.#wire = new Wire({ transports: this.#transports, environment, timers, inspect });
    this.#sending = new Sending({
      core,
      wire: this.#wire,
      outboundProxy,
      servers,
      dns,
      overloadControl,
      sending: (request) => this.#book.noteSent(request),
      answered: (sender, { request }, response, to) => {
        if (isUacRequest(sender)) this.#book.noteAnswered(request, response, to, sender);
      },
      unresolved: (failure) => this.#tellFailure(undefined, failure),
    });
    this.#book = new CallBook({
      environment,
      acknowledge: (ack, towards) => void this.#acknowledge(ack, towards),
      request: (request, towards) => this.#sending.inDialog(request, towards),
      called: (call, request) => this.#tell('call', { call, request }),
    });
    inspect?.({ type: '@sip-retry.wire' });
    this.#wire.on('message', (message) => {
      if (inspect !== undefined) this.#showMessage(message, inspect);
      this.#tell('message', message);
    });
    this.#wire.on('failure', ({ to, failure }) => this.#tellFailure(serverUri(to), failure));
    this.#wire.on('request', ({ request, source }) => {
      const response = this.#book.answer(request);
      if (response !== undefined) void this.#wire.respond(response, source);
    });
  }

  on<K extends keyof UserAgentClientEvents>(type: K, listener: (event: UserAgentClientEvents[K]) => void): () => void {
    return this.#listeners.on(type, listener);
  }

  get discarded(): Readonly<Record<string, number>> {
    const sum: Record<string, number> = { ...this.#transports.discarded };
    // Transports and transactions share reasons, such as a foreign sent-by.
    for (const [why, count] of Object.entries(this.#wire.discarded)) sum[why] = (sum[why] ?? 0) + count;
    return sum;
  }

  async wayTo(uri: string): Promise<Way> {
    const found = await this.#sending.serversOf(this.#options.outboundProxy ?? uri);
    if (found.kind === 'failed') {
      const local = await localWithoutServer(this.#transports, this.#options.ownAddress);
      return { kind: 'closed', failure: found.failure, servers: [], local, transport: 'UDP' };
    }
    const servers = found.servers.map(serverUri);
    const { local, transport, failure } = await localTowards(this.#transports, found.servers, this.#options.ownAddress);
    if (failure !== undefined) return { kind: 'closed', failure, servers, local, transport };
    return { kind: 'open', servers, local, transport };
  }

  async request(request: SipRequest, options: UacRequestOptions = {}): Promise<UacRequest> {
    this.#requireSendable(request);
    const uac = createUacRequest(request, await withServers(request, { ...this.#shared(), ...options }, this.#sending));
    this.#follow(uac, options);
    return uac;
  }

  async resume(store: RequestStore, options: Omit<ResumeOptions, 'core'> = {}): Promise<ResumedRequests> {
    const resumed = await resumeOver(this.#sending, store, { ...this.#shared(), ...options });
    for (const uac of resumed.requests) this.#follow(uac, options);
    return resumed;
  }

  /** Nothing is waited for, but a mistake rejects, as with `request`. */
  register(request: SipRequest, options: KeepRegisteredOptions = {}): Promise<Registration> {
    return new Promise((resolve) => {
      this.#requireSendable(request);
      const registration = keepRegistered(request, findingServers({ ...this.#shared(), ...options }, this.#sending));
      const following = followingOf(options);
      registration.on('decision', ({ decision }) => following.security.note(decision));
      registration.on('send', this.#sending.follow(registration, following));
      registration.on('stopped', () => this.#sending.ended(registration));
      resolve(registration);
    });
  }

  callOf(request: UacRequest): Call | undefined {
    return this.#book.of(request);
  }

  async close(): Promise<void> {
    this.#book.close();
    try {
      this.#wire.stop();
      this.#sending.stop();
    } finally {
      await this.#transports.close();
    }
  }

  /** @throws SipRetryError `badRequest`, `badOptions` */
  #requireSendable(request: SipRequest): void {
    const { method, headers } = requireRequest(request);
    this.#sending.requireOpen();
    requireBranch(headers);
    if (method !== 'ACK') return;
    throw new SipRetryError('badRequest', 'An ACK has no client transaction; a call of this client sends its own.');
  }

  #follow(uac: UacRequest, options: Pick<UacRequestOptions, 'client'>): void {
    const following = followingOf(options);
    uac.on('decision', ({ decision }) => following.security.note(decision));
    uac.on('send', this.#sending.follow(uac, following));
    uac.on('cancel', (event) => void this.#wire.cancel(event.request));
    uac.on('done', () => this.#sending.ended(uac));
    uac.on('hangUp', () => {
      // The request of the BYE has told why it failed.
      this.#book
        .of(uac)
        ?.hangUp()
        ?.catch(() => undefined);
    });
  }

  #shared() {
    const { inspect } = this.#options;
    return { core: this.core, ...(inspect === undefined ? {} : { inspect }) };
  }

  /** Each repetition of an ACK goes to where the first one went. */
  async #acknowledge(ack: SipRequest, towards: ServerAddress): Promise<void> {
    const finding = this.#ways.get(ack) ?? this.#sending.inDialogServers(ack, towards);
    this.#ways.set(ack, finding);
    const { servers } = await finding;
    await this.#wire.acknowledge(this.#sending.offering(ack, servers[0]), servers[0]);
  }

  /** An inspector sees no secrets. What it throws harms nothing. */
  #showMessage({ text, ...way }: PassedMessage, inspect: NonNullable<UserAgentClientOptions['inspect']>): void {
    const at = this.core.environment.clock.date();
    const seen = { type: '@sip-retry.message', at, ...way, text: masked(text) };
    this.#listeners.attempt(() => inspect(seen));
  }

  #tellFailure(server: string | undefined, { code, why }: TransportFailure): void {
    this.#tell('failure', { server, code, why });
  }

  #tell<K extends keyof UserAgentClientEvents>(type: K, event: UserAgentClientEvents[K]): void {
    this.#listeners.tell(type, event);
    this.#listeners.rethrow();
  }
}

function followingOf({ client = {} }: Pick<UacRequestOptions, 'client'>): Following {
  return { security: new AgreedSecurity(client.securityMechanisms), namesServers: client.servers !== undefined };
}

function isUacRequest(sender: Sender): sender is UacRequest {
  return 'id' in sender;
}
