// How each attempt of a request goes out: it finds its server, becomes a client transaction, and hears its responses.
import { Listeners } from '../../machines/listeners.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import { createUacRequest, type UacRequest } from '../uac/uac-request.js';
import { serversInOrder } from '../uac/server-set.js';
import type { UacCore } from '../uac/uac-core.js';
import { asSips, type AgreedSecurity } from './agreed-tls.js';
import type { Dns } from './dns.js';
import { nextHopOf } from './next-hop.js';
import { withOverloadOffer } from './overload-offer.js';
import { findServers, type ServerSet } from './find-servers.js';
import { readServerUri, serverUri, type ServerAddress } from './server-address.js';
import type { Sent } from './sent.js';
import type { TransportFailure } from './transport-failure.js';
import type { Wire } from './wire.js';

/** What carries a request out: the same for one request and for a registration. */
export type Sender = Pick<UacRequest, 'receive' | 'timeout' | 'transportError' | 'useServers' | 'stop'>;

/** An attempt that is to be sent. */
export interface Attempt {
  readonly request: SipRequest;
  readonly server: string | undefined;
  readonly attempt: number;
}

/** What is known of a request besides its attempts. */
export interface Following {
  readonly security: AgreedSecurity;
  /** The application has named its servers, so that nothing else stands for one of them. */
  readonly namesServers: boolean;
}

/** How an attempt finds where to go, unless it names a server that it may go to. */
interface Search {
  readonly find: () => Promise<ServerSet>;
  /** What is found is the server set of the request from now on. */
  readonly isForAll: boolean;
  /** It goes over TLS, or not at all. */
  readonly overTls: boolean;
}

export interface SendingOptions {
  readonly core: UacCore;
  readonly wire: Wire;
  readonly outboundProxy: string | undefined;
  readonly servers: readonly string[] | undefined;
  readonly dns: Dns;
  /** Whether requests offer to heed overload control. */
  readonly overloadControl: boolean;
  /** A request is about to go out. */
  readonly sending: (request: SipRequest) => void;
  /** A 2xx to an INVITE, each time it comes. */
  readonly answered: (sender: Sender, sent: Sent, response: SipResponse, to: ServerAddress) => void;
  /** No server was found for a request. */
  readonly unresolved: (failure: TransportFailure) => void;
}

export class Sending {
  readonly #options: SendingOptions;
  /** Whose requests are sent here and have not ended: also those that wait, and a registration that was begun anew. */
  readonly #begun = new Set<Sender>();

  constructor(options: SendingOptions) {
    this.#options = options;
  }

  /** Whether one server set is for all requests, wherever they lead. */
  get isFixed(): boolean {
    const { outboundProxy, servers } = this.#options;
    return outboundProxy !== undefined || servers !== undefined;
  }

  /** The server set of a request (RFC 3261 §8.1.2, RFC 3263), those first that may be asked now. */
  serversFor(request: SipRequest, overTls = false): Promise<ServerSet> {
    const { outboundProxy } = this.#options;
    return this.serversOf(nextHopOf(request, outboundProxy === undefined ? {} : { outboundProxy }), overTls);
  }

  serversOf(hop: string, overTls = false): Promise<ServerSet> {
    const { servers = [hop] } = this.#options;
    return this.#resolved(overTls ? servers.map(asSips) : servers);
  }

  /** What is done with each attempt. */
  follow(sender: Sender, { security, namesServers }: Following): (attempt: Attempt) => void {
    this.#begun.add(sender);
    return (attempt) => {
      const { request, server } = attempt;
      const overTls = security.wantsTls(request);
      // A server that the application has named is no set of its own; those that were found are looked for again, with TLS.
      const find =
        server === undefined || (overTls && !namesServers)
          ? { find: () => this.serversFor(request, overTls), isForAll: true }
          : { find: () => this.#resolved(overTls ? asSips(server) : server), isForAll: false };
      this.#dispatch(sender, attempt, { ...find, overTls });
    };
  }

  /** @throws SipRetryError `badOptions` when the client is closed. */
  requireOpen(): void {
    if (this.#options.wire.isStopped) throw new SipRetryError('badOptions', 'The client is closed; create a new one.');
  }

  /**
   * A request inside a dialog: its first hop is the route set's, or the remote target (RFC 3261 §12.2.1.1), with a server
   * set of its own. Where one set is for all requests, the server of the INVITE is the first.
   */
  inDialog(request: SipRequest, towards: ServerAddress): UacRequest {
    const { core, wire } = this.#options;
    const uac = createUacRequest(request, {
      core,
      client: { inDialog: true, ownsCallId: true },
      throughProxy: this.isFixed,
    });
    uac.on('send', (attempt) => {
      const { request: sent, server } = attempt;
      const find = () => (server === undefined ? this.inDialogServers(sent, towards) : this.#resolved(server));
      this.#dispatch(uac, attempt, { find, isForAll: server === undefined, overTls: false });
    });
    uac.on('cancel', (event) => void wire.cancel(event.request));
    uac.on('done', () => this.ended(uac));
    return uac;
  }

  ended(sender: Sender): void {
    this.#begun.delete(sender);
  }

  /** Nothing is sent any more; what their listeners throw comes when all are stopped. */
  stop(): void {
    const listeners = new Listeners<object>();
    for (const sender of [...this.#begun]) listeners.attempt(() => sender.stop());
    listeners.rethrow();
  }

  /** The server set of a request inside a dialog; the server of the INVITE where its own cannot be found. */
  async inDialogServers(
    request: SipRequest,
    towards: ServerAddress,
  ): Promise<ServerSet & { readonly kind: 'servers' }> {
    const found = await this.serversFor(request);
    if (found.kind === 'failed') return { kind: 'servers', servers: [towards], notes: found.notes };
    if (!this.isFixed) return found;
    const others = found.servers.filter((server) => serverUri(server) !== serverUri(towards));
    return { ...found, servers: [towards, ...others] };
  }

  /** A mistake of the program is told as one: with a request, `start` rejects. What a listener throws goes its way. */
  #dispatch(sender: Sender, attempt: Attempt, search: Search): void {
    this.#begun.add(sender);
    this.#send(sender, attempt, search).catch((thrown: unknown) => {
      if (!(thrown instanceof SipRetryError)) throw thrown;
      this.#options.unresolved({ code: 'failed', why: thrown.message });
      sender.transportError(thrown);
    });
  }

  async #send(sender: Sender, { request, server, attempt }: Attempt, search: Search): Promise<void> {
    // What has been on its way before meets a transport error instead, and stays in its store for the next process.
    if (attempt === 1) this.requireOpen();
    const known = server === undefined ? undefined : readServerUri(server);
    const mayGoThere = !search.overTls || known?.transport === 'TLS';
    if (known !== undefined && mayGoThere) return this.#begin(sender, request, known);
    const found = await search.find();
    if (found.kind === 'failed') {
      this.#options.unresolved(found.failure);
      sender.transportError(found.failure);
      return;
    }
    // The agreement is one with the host that asked for it.
    const [first = found.servers[0], ...others] = found.servers.toSorted(
      (one, other) => Number(other.host === known?.host) - Number(one.host === known?.host),
    );
    if (search.isForAll) sender.useServers([first, ...others].map(serverUri));
    return this.#begin(sender, request, first);
  }

  #begin(sender: Sender, request: SipRequest, to: ServerAddress): Promise<void> {
    const { wire, sending, answered } = this.#options;
    sending(request);
    let isOver = false;
    return wire.begin(this.offering(request, to), to, {
      response: (response, sent) => {
        const isAgain = isOver;
        isOver ||= response.status >= 200;
        const isAnswer = response.status >= 200 && response.status < 300;
        if (isAnswer && request.method === 'INVITE') answered(sender, sent, response, to);
        if (!isAgain) sender.receive(response);
      },
      timeout: () => sender.timeout(),
      // After a final response it was the ACK that could not be sent.
      transportError: (failure) => {
        if (!isOver) sender.transportError(failure);
      },
    });
  }

  /** RFC 7339 §4.1: the client "MUST add" its offer to each request that goes to a server, also to its CANCEL and ACK. */
  offering(request: SipRequest, to: ServerAddress): SipRequest {
    const { core, overloadControl } = this.#options;
    return overloadControl ? withOverloadOffer(request, core.overload.viaParameters(serverUri(to))) : request;
  }

  async #resolved(uris: string | readonly string[]): Promise<ServerSet> {
    const { core, dns } = this.#options;
    const { environment, health } = core;
    const found = await findServers(uris, { environment, dns });
    if (found.kind === 'failed') return found;
    const order = serversInOrder(found.servers.map(serverUri), health);
    const place = (server: ServerAddress): number => order.indexOf(serverUri(server));
    const [first, ...others] = found.servers.toSorted((one, other) => place(one) - place(other));
    return { ...found, servers: [first ?? found.servers[0], ...others] };
  }
}
