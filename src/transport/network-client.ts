// How a user agent client sends: each attempt finds its server, becomes a client transaction, and hears its responses.
import { Listeners } from '../../machines/listeners.js';
import type { SipRequest } from '../sip/message.js';
import { keepRegistered, type KeepRegisteredOptions, type Registration } from '../uac/keep-registered.js';
import { coreOf, type UacCore } from '../uac/uac-core.js';
import { createUacRequest, type UacRequest, type UacRequestOptions } from '../uac/uac-request.js';
import type { Call } from './call.js';
import { CallBook } from './call-book.js';
import { isSameHop, nextHopOf } from './next-hop.js';
import { resolveServers } from './resolve.js';
import { readServerUri, serverUri, type Endpoint, type ServerAddress } from './server-address.js';
import { createTransports } from './transport-layer.js';
import type { TransportFailure } from './transport-failure.js';
import type { Transports } from './transports.js';
import type { UserAgentClient, UserAgentClientEvents, UserAgentClientOptions, Way } from './user-agent-client.js';
import { Wire } from './wire.js';

/** What carries a request out: the same for one request and for a registration. */
interface Sender extends Pick<UacRequest, 'receive' | 'timeout' | 'transportError'> {
  useServers?(servers: readonly string[]): void;
}

/** An attempt that is to be sent. */
interface Attempt {
  readonly request: SipRequest;
  readonly server: string | undefined;
}

export class NetworkClient implements UserAgentClient {
  readonly core: UacCore;
  readonly #options: UserAgentClientOptions;
  readonly #transports: Transports;
  readonly #wire: Wire;
  readonly #book: CallBook;
  readonly #listeners = new Listeners<UserAgentClientEvents>();

  constructor(options: UserAgentClientOptions) {
    const { core = coreOf(), transports, timers, inspect, ...transportOptions } = options;
    const { environment } = core;
    this.core = core;
    this.#options = options;
    this.#transports = transports ?? createTransports({ ...transportOptions, environment });
    this.#wire = new Wire({ transports: this.#transports, environment, timers, inspect });
    this.#book = new CallBook({
      environment,
      acknowledge: (ack, towards) => void this.#acknowledge(ack, towards),
      request: (request, towards) => this.#inDialog(request, towards),
      called: (call, request) => this.#tell('call', { call, request }),
    });
    this.#wire.on('message', (message) => this.#tell('message', message));
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
    const found = await this.#serversOf(this.#options.outboundProxy ?? uri);
    if (found.kind === 'failed') return { kind: 'closed', failure: found.failure };
    const { servers } = found;
    const local = await this.#localTowards(servers);
    if ('why' in local) return { kind: 'closed', failure: local };
    return { kind: 'open', servers: servers.map(serverUri), local, transport: servers[0].transport };
  }

  async request(request: SipRequest, options: UacRequestOptions = {}): Promise<UacRequest> {
    const hop = this.#hopOf(request);
    const uac = createUacRequest(request, await this.#withServers(hop, options));
    uac.on('send', this.#follow(uac, hop));
    uac.on('cancel', (event) => void this.#wire.cancel(event.request));
    uac.on('hangUp', () => void this.#book.of(uac)?.hangUp());
    return uac;
  }

  async register(request: SipRequest, options: KeepRegisteredOptions = {}): Promise<Registration> {
    const hop = this.#hopOf(request);
    const registration = keepRegistered(request, await this.#withServers(hop, options));
    registration.on('send', this.#follow(registration, hop));
    return registration;
  }

  callOf(request: UacRequest): Call | undefined {
    return this.#book.of(request);
  }

  async close(): Promise<void> {
    this.#book.close();
    this.#wire.stop();
    await this.#transports.close();
  }

  #hopOf(request: SipRequest): string {
    const { outboundProxy } = this.#options;
    return nextHopOf(request, outboundProxy === undefined ? {} : { outboundProxy });
  }

  async #withServers<T extends UacRequestOptions | KeepRegisteredOptions>(hop: string, options: T): Promise<T> {
    const { inspect } = this.#options;
    const shared = { core: this.core, ...(inspect === undefined ? {} : { inspect }), ...options };
    if (options.client?.servers !== undefined) return shared;
    const found = await this.#serversOf(hop);
    // Without servers each attempt looks for them again, and fails with the reason.
    if (found.kind === 'failed') return shared;
    return { ...shared, client: { ...options.client, servers: found.servers.map(serverUri) } };
  }

  #serversOf(hop: string) {
    const { servers, dns } = this.#options;
    const { environment } = this.core;
    return resolveServers(servers ?? hop, { environment, ...(dns === undefined ? {} : { dns }) });
  }

  /** A server that is down has no local address towards it; the next one may. */
  async #localTowards(servers: readonly [ServerAddress, ...ServerAddress[]]): Promise<Endpoint | TransportFailure> {
    let failure: TransportFailure | undefined;
    for (const server of servers) {
      const local = await this.#transports.localAddress(server);
      if (local.kind === 'local') return { host: local.host, port: local.port };
      failure ??= local.failure;
    }
    return failure ?? { code: 'unresolved', why: 'No server was given; name at least one.' };
  }

  /** What is done with each attempt. A redirection to another domain has servers of its own (RFC 3261 §8.1.2). */
  #follow(sender: Sender, hop: string): (attempt: Attempt) => void {
    let present = hop;
    return ({ request, server }) => {
      const next = this.#hopOf(request);
      const isElsewhere = !isSameHop(present, next);
      present = next;
      void this.#send(sender, request, isElsewhere ? undefined : server);
    };
  }

  async #send(sender: Sender, request: SipRequest, server: string | undefined): Promise<void> {
    const known = server === undefined ? undefined : readServerUri(server);
    if (known !== undefined) return this.#begin(sender, request, known);
    const found = await this.#serversOf(server ?? this.#hopOf(request));
    if (found.kind === 'failed') {
      sender.transportError(found.failure);
      return;
    }
    sender.useServers?.(found.servers.map(serverUri));
    return this.#begin(sender, request, found.servers[0]);
  }

  #begin(sender: Sender, request: SipRequest, to: ServerAddress): Promise<void> {
    this.#book.noteSent(request);
    let isOver = false;
    return this.#wire.begin(request, to, {
      response: (response, sent) => {
        const isAgain = isOver;
        isOver ||= response.status >= 200;
        const isAnswer = response.status >= 200 && response.status < 300;
        if (isAnswer && request.method === 'INVITE' && isUacRequest(sender)) {
          this.#book.noteAnswered(sent.request, response, to, sender);
        }
        if (!isAgain) sender.receive(response);
      },
      timeout: () => sender.timeout(),
      // After a final response it was the ACK that could not be sent.
      transportError: (failure) => {
        if (!isOver) sender.transportError(failure);
      },
    });
  }

  async #acknowledge(ack: SipRequest, towards: ServerAddress): Promise<void> {
    await this.#wire.acknowledge(ack, await this.#inDialogServer(ack, towards));
  }

  #inDialog(request: SipRequest, towards: ServerAddress): UacRequest {
    const uac = createUacRequest(request, { core: this.core, client: { inDialog: true, ownsCallId: true } });
    uac.on('send', ({ request: next }) => {
      void this.#inDialogServer(next, towards).then((to) => this.#begin(uac, next, to));
    });
    uac.on('cancel', (event) => void this.#wire.cancel(event.request));
    return uac;
  }

  /**
   * Inside a dialog the first hop is the route set's, or the remote target (RFC 3261 §12.2.1.1). Where a server set or an
   * outbound proxy is given, everything goes where the INVITE went.
   */
  async #inDialogServer(request: SipRequest, towards: ServerAddress): Promise<ServerAddress> {
    const { outboundProxy, servers } = this.#options;
    if (outboundProxy !== undefined || servers !== undefined) return towards;
    const found = await this.#serversOf(nextHopOf(request));
    return found.kind === 'failed' ? towards : found.servers[0];
  }

  #tell<K extends keyof UserAgentClientEvents>(type: K, event: UserAgentClientEvents[K]): void {
    this.#listeners.tell(type, event);
    this.#listeners.rethrow();
  }
}

function isUacRequest(sender: Sender): sender is UacRequest {
  return 'id' in sender;
}
