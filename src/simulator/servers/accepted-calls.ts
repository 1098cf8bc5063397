// The calls and subscriptions of a simulated server: 2xx repeated until their ACK, requests of its own, the end (RFC 3261 §13.3.1.4).
import { tagOf } from '../../sip/address.js';
import { readContacts } from '../../sip/contact.js';
import { readCSeq } from '../../sip/cseq.js';
import { allHeaders, firstHeader } from '../../sip/header-list.js';
import type { Header, SipRequest, SipResponse } from '../../sip/message.js';
import { octetLength } from '../../sip/octets.js';
import { readTokenList } from '../../sip/token-list.js';
import { uriOf } from '../../sip/address.js';
import type { Environment } from '../../timing/environment.js';
import type { Source } from '../../transport/inbox.js';
import type { Wire } from '../../transport/wire.js';
import type { ServerTransaction } from './server-transaction.js';
import type { OwnRequest } from './service.js';

interface Accepted {
  readonly request: SipRequest;
  readonly response: SipResponse;
  readonly source: Source;
  /** The number of the INVITE whose 2xx is repeated. */
  cseq: number;
  /** Ends the repetition of the 2xx. */
  stop: () => void;
  localCSeq: number;
  isAcknowledged: boolean;
  pending: readonly OwnRequest[];
}

const T1 = 500;
const T2 = 4_000;

export class AcceptedCalls {
  readonly #environment: Environment;
  readonly #wire: Wire;
  readonly #unacknowledged: () => void;
  readonly #byId = new Map<string, Accepted>();

  /** @param unacknowledged told when no ACK came for a 2xx. */
  constructor(environment: Environment, wire: Wire, unacknowledged: () => void) {
    this.#environment = environment;
    this.#wire = wire;
    this.#unacknowledged = unacknowledged;
  }

  /** A 2xx to an INVITE went out: it is repeated until its ACK comes (RFC 3261 §13.3.1.4). */
  accept(
    request: SipRequest,
    response: SipResponse,
    transaction: ServerTransaction,
    source: Source,
    own: readonly OwnRequest[],
  ): void {
    const { clock } = this.#environment;
    const deadline = clock.now() + 64 * T1;
    let cancel = (): void => undefined;
    const call = this.#enter(request, response, source, own, () => cancel());
    const repeat = (ms: number): void => {
      const moment = clock.now() + ms;
      cancel = clock.at(Math.min(moment, deadline), () => {
        if (moment >= deadline) {
          this.#giveUp(call);
          return;
        }
        transaction.answer(response);
        repeat(Math.min(2 * ms, T2));
      });
    };
    repeat(T1);
  }

  /** Any other request was accepted: what the server sends then follows at once. */
  follow(request: SipRequest, response: SipResponse, source: Source, own: readonly OwnRequest[]): void {
    if (own.length === 0) return;
    this.#sendNext(this.#enter(request, response, source, own, () => undefined));
  }

  /** Whether the ACK is for a 2xx of ours. */
  acknowledge(ack: SipRequest): boolean {
    const call = this.#byId.get(idOf(ack.headers));
    if (call === undefined || call.cseq !== readCSeq(ack.headers)?.number) return false;
    call.stop();
    if (!call.isAcknowledged) {
      call.isAcknowledged = true;
      this.#sendNext(call);
    }
    return true;
  }

  /** Whether it is a BYE for a call of ours, which is over then. */
  end(request: SipRequest): boolean {
    const id = idOf(request.headers);
    const call = this.#byId.get(id);
    if (call === undefined || request.method !== 'BYE') return false;
    call.stop();
    call.pending = [];
    this.#byId.delete(id);
    return true;
  }

  stop(): void {
    for (const call of this.#byId.values()) call.stop();
    this.#byId.clear();
  }

  #enter(
    request: SipRequest,
    response: SipResponse,
    source: Source,
    pending: readonly OwnRequest[],
    stop: () => void,
  ): Accepted {
    const id = idOf(response.headers);
    const known = this.#byId.get(id);
    const cseq = readCSeq(request.headers)?.number ?? 0;
    const localCSeq = known?.localCSeq ?? 0;
    const call = { request, response, source, cseq, stop, localCSeq, isAcknowledged: false, pending };
    this.#byId.set(id, call);
    return call;
  }

  /** RFC 3261 §13.3.1.4: without an ACK for 64*T1 "the session SHOULD be terminated", with a BYE. */
  #giveUp(call: Accepted): void {
    if (this.#byId.get(idOf(call.response.headers)) !== call) return;
    this.#unacknowledged();
    call.pending = [];
    this.#send(call, { send: 'BYE', headers: [], afterMs: 0 });
  }

  #sendNext(call: Accepted): void {
    const [next, ...others] = call.pending;
    if (next === undefined) return;
    call.pending = others;
    const { clock } = this.#environment;
    clock.at(clock.now() + next.afterMs, () => {
      if (this.#byId.get(idOf(call.response.headers)) !== call) return;
      this.#send(call, next);
      this.#sendNext(call);
    });
  }

  #send(call: Accepted, own: OwnRequest): void {
    call.localCSeq += 1;
    const request = requestFrom(call, own, this.#environment.token());
    const { transport, host, port } = call.source;
    if (own.send === 'BYE') this.#byId.delete(idOf(call.response.headers));
    void this.#wire.begin(request, { transport, host, port }, NOBODY);
  }
}

const NOBODY = { response: () => undefined, timeout: () => undefined, transportError: () => undefined };

/** Call-ID and both tags, whichever side sends. */
function idOf(headers: readonly Header[]): string {
  const tags = [firstHeader(headers, 'From'), firstHeader(headers, 'To')].map((value) => tagOf(value ?? '') ?? '');
  return [firstHeader(headers, 'Call-ID') ?? '', ...tags.sort()].join(' ');
}

/** A request of the UAS inside the dialog (RFC 3261 §12.2.1.1): the route set is Record-Route in its order. */
function requestFrom({ request, response, localCSeq }: Accepted, own: OwnRequest, token: string): SipRequest {
  const [contact] = readContacts(allHeaders(request.headers, 'Contact'));
  const body = own.body?.content ?? '';
  const routes = readTokenList(allHeaders(request.headers, 'Record-Route'));
  return {
    method: own.send,
    uri: contact?.uri ?? uriOf(firstHeader(request.headers, 'From') ?? ''),
    headers: [
      ['Via', `SIP/2.0/UDP invalid.invalid;branch=z9hG4bK${token}`],
      ['Max-Forwards', '70'],
      ...routes.map((route): Header => ['Route', route]),
      ['From', firstHeader(response.headers, 'To') ?? ''],
      ['To', firstHeader(response.headers, 'From') ?? ''],
      ['Call-ID', firstHeader(request.headers, 'Call-ID') ?? ''],
      ['CSeq', `${localCSeq} ${own.send}`],
      ...own.headers,
      ...(own.body === undefined ? [] : [['Content-Type', own.body.type] as const]),
      ['Content-Length', String(octetLength(body))],
    ],
    body,
  };
}
