// What a proxy does besides answering: it passes requests on and their responses back (RFC 3261 §16).
import type { Header, SipRequest, SipResponse } from '../../sip/message.js';
import { allHeaders, firstHeader, removeHeader, replaceHeaders, setHeader } from '../../sip/header-list.js';
import { readTokenList } from '../../sip/token-list.js';
import { uriOf } from '../../sip/address.js';
import { parseUri } from '../../sip/uri.js';
import { phraseOf } from '../../sip/status-code.js';
import type { Environment } from '../../timing/environment.js';
import { bracketed, type ServerAddress } from '../../transport/server-address.js';
import type { Wire } from '../../transport/wire.js';
import { withViasOf, type ViasBelow } from '../network/vias-below.js';
import type { Residence } from '../network/simulated-transports.js';
import type { ServerTransaction } from './server-transaction.js';
import { writtenResponse } from './written-response.js';

/** The address of a server by its name in the scenario, or of a URI by DNS. */
export type FindServer = (nameOrUri: string) => Promise<ServerAddress | undefined>;

export interface ForwardingMeans {
  readonly environment: Environment;
  readonly residence: Residence;
  readonly find: FindServer;
  readonly wire: Wire;
  readonly below: ViasBelow;
}

/** How a request is passed on. */
export interface WayOn {
  readonly to: string | undefined;
  readonly recordRoute: boolean;
}

export class Forwarding {
  readonly #means: ForwardingMeans;
  /** What was sent for each transaction, as it went out. */
  readonly #sent = new Map<ServerTransaction, SipRequest>();

  constructor(means: ForwardingMeans) {
    this.#means = means;
  }

  forward(transaction: ServerTransaction, way: WayOn, answer: (response: SipResponse) => void): void {
    const { request } = transaction;
    // RFC 3261 §16.2: an INVITE is acknowledged by a 100 at once.
    if (request.method === 'INVITE') answer(this.#own(request, 100));
    void this.#pass(transaction, way, answer);
  }

  /** The ACK of a 2xx goes on without a transaction (RFC 3261 §16.11). */
  acknowledge(ack: SipRequest): void {
    const { environment, wire, find } = this.#means;
    const onward = this.#onward(ack, environment.token(), false);
    void find(hopOf(onward)).then((to) => (to === undefined ? undefined : wire.acknowledge(onward, to)));
  }

  /** Whether the request was passed on, so that its CANCEL is, too (RFC 3261 §16.10). */
  cancel(transaction: ServerTransaction): boolean {
    const sent = this.#sent.get(transaction);
    if (sent === undefined) return false;
    void this.#means.wire.cancel(sent);
    return true;
  }

  async #pass(
    transaction: ServerTransaction,
    { to, recordRoute }: WayOn,
    answer: (response: SipResponse) => void,
  ): Promise<void> {
    const { environment, wire, find } = this.#means;
    const { request } = transaction;
    const isFirst = !hasToTag(request);
    const onward = this.#onward(request, environment.token(), recordRoute && isFirst);
    const server = await find(isFirst && to !== undefined ? to : hopOf(onward));
    if (server === undefined) {
      answer(this.#own(request, 404));
      return;
    }
    this.#sent.set(transaction, onward);
    await wire.begin(onward, server, {
      response: (response) => {
        if (response.status === 100) return;
        answer(withViasOf(request, backward(response)));
        if (response.status >= 200) this.#sent.delete(transaction);
      },
      timeout: () => answer(this.#own(request, 408)),
      // RFC 3261 §16.9: as a 503, which is not passed on as such (§16.7, step 6).
      transportError: () => answer(this.#own(request, 500)),
    });
  }

  /** RFC 3261 §16.6: Max-Forwards counted down, its own Route taken off, a Via on top, perhaps a Record-Route. */
  #onward(request: SipRequest, token: string, recordRoute: boolean): SipRequest {
    const { host, port } = this.#means.residence;
    const place = `${bracketed(host)}:${port}`;
    const hops = Number(firstHeader(request.headers, 'Max-Forwards') ?? 70);
    let { headers } = request;
    headers = setHeader(headers, 'Max-Forwards', String(Math.max(0, hops - 1)));
    const routes = readTokenList(allHeaders(headers, 'Route'));
    const [first] = routes;
    if (first !== undefined && this.#isUs(uriOf(first))) {
      headers =
        routes.length === 1 ? removeHeader(headers, 'Route') : replaceHeaders(headers, 'Route', routes.slice(1));
    }
    if (recordRoute) {
      headers = [['Record-Route', `<sip:${place};lr>`], ...headers];
    }
    const via: Header = ['Via', `SIP/2.0/UDP ${place};branch=z9hG4bK${token}`];
    return this.#means.below.takeOff({ ...request, headers: [via, ...headers] });
  }

  /** A first Route that leads here: by address, or by a name that this proxy answers to. */
  #isUs(uri: string): boolean {
    const parsed = parseUri(uri);
    const { host, port, names } = this.#means.residence;
    if (parsed === undefined) return false;
    const isHere = parsed.host === host || parsed.host === bracketed(host);
    if (isHere) return (parsed.port ?? 5060) === port;
    return names.includes(parsed.host.toLowerCase());
  }

  #own(request: SipRequest, status: number): SipResponse {
    const { residence, environment } = this.#means;
    const answer = { status, reason: phraseOf(status), headers: [], afterMs: 0 };
    const writer = { name: residence.id, contact: residence, transport: 'UDP' };
    return writtenResponse(request, answer, environment.token(), writer);
  }
}

/** RFC 3261 §16.7, step 6: a 503 of one server is a 500 of this proxy, whose other servers may well be there. */
function backward(response: SipResponse): SipResponse {
  if (response.status !== 503) return response;
  const headers = removeHeader(response.headers, 'Retry-After');
  return { ...response, status: 500, reason: phraseOf(500), headers };
}

function hopOf({ uri, headers }: SipRequest): string {
  const [route] = readTokenList(allHeaders(headers, 'Route'));
  return route === undefined ? uri : uriOf(route);
}

function hasToTag({ headers }: SipRequest): boolean {
  return /;\s*tag=/i.test(firstHeader(headers, 'To') ?? '');
}
