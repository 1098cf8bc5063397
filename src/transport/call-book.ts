// The calls and subscriptions of a user agent client: what follows an accepted request, in both directions.
import { ackOfSuccess, dialogOf } from '../request/dialog.js';
import { tagOf } from '../sip/address.js';
import { firstHeader } from '../sip/header-list.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import type { Environment } from '../timing/environment.js';
import type { UacRequest } from '../uac/uac-request.js';
import { answerRequest } from './answer-request.js';
import { Call } from './call.js';
import type { ServerAddress } from './server-address.js';

/** What the book asks of the client that keeps it. */
export interface CallBookHost {
  readonly environment: Environment;
  acknowledge(ack: SipRequest, towards: ServerAddress): void;
  /** A request inside a dialog, to be started. */
  request(request: SipRequest, towards: ServerAddress): UacRequest;
  called(call: Call, request: UacRequest): void;
}

interface Entry {
  readonly call: Call;
  readonly invite: SipRequest;
}

/** More subscriptions than this are not remembered; the oldest are forgotten, and their NOTIFY gets a 481. */
const MOST_SUBSCRIPTIONS = 10_000;

/** How long the 2xx of a call that is over may still be repeated: 64·T1 (RFC 3261 §13.3.1.4). */
const REPEATED_MS = 32_000;

export class CallBook {
  readonly #host: CallBookHost;
  readonly #entries = new Map<UacRequest, Entry>();
  /** Call-IDs of requests that a NOTIFY may follow. */
  readonly #subscriptions = new Set<string>();

  constructor(host: CallBookHost) {
    this.#host = host;
  }

  of(request: UacRequest): Call | undefined {
    return this.#entries.get(request)?.call;
  }

  /** A request is about to go out. */
  noteSent({ method, headers }: SipRequest): void {
    if (method !== 'SUBSCRIBE' && method !== 'REFER') return;
    this.#subscriptions.add(firstHeader(headers, 'Call-ID') ?? '');
    const [oldest] = this.#subscriptions;
    if (this.#subscriptions.size > MOST_SUBSCRIPTIONS && oldest !== undefined) this.#subscriptions.delete(oldest);
  }

  /** A 2xx to an INVITE, each time it comes: it is acknowledged, and the first one outside a dialog begins a call. */
  noteAnswered(invite: SipRequest, response: SipResponse, towards: ServerAddress, request: UacRequest): void {
    const dialog = dialogOf(invite, response);
    if (dialog === undefined) return;
    const { environment } = this.#host;
    const parts = { token: environment.token(), via: 'SIP/2.0/UDP invalid.invalid' };
    this.#host.acknowledge(ackOfSuccess(dialog, invite, parts), towards);
    if (tagOf(firstHeader(invite.headers, 'To') ?? '') !== undefined) return;
    const known = this.#entries.get(request);
    if (known === undefined) this.#enter(request, new Call(this.#callHost(towards), invite, response, dialog), invite);
    else known.call.receive(response);
  }

  /** The response to a request that came in; `undefined` where there is none. */
  answer(request: SipRequest): SipResponse | undefined {
    const entry = [...this.#entries.values()].find(({ call }) => !call.isOver && call.owns(request));
    const type = entry && firstHeader(entry.invite.headers, 'Content-Type');
    const place = {
      inCall: entry !== undefined,
      inSubscription: this.#subscriptions.has(firstHeader(request.headers, 'Call-ID') ?? ''),
      offer: entry === undefined || type === undefined ? undefined : { type, body: entry.invite.body },
      contact: entry && firstHeader(entry.invite.headers, 'Contact'),
    };
    const response = answerRequest(request, place, this.#host.environment.token());
    if (request.method === 'BYE') entry?.call.noteBye();
    return response;
  }

  #enter(request: UacRequest, call: Call, invite: SipRequest): void {
    this.#entries.set(request, { call, invite });
    const { clock } = this.#host.environment;
    call.on('ended', () => void clock.at(clock.now() + REPEATED_MS, () => this.#entries.delete(request)));
    this.#host.called(call, request);
  }

  #callHost(towards: ServerAddress) {
    const { environment } = this.#host;
    return { environment, request: (request: SipRequest) => this.#host.request(request, towards) };
  }
}
