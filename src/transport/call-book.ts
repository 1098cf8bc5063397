// The calls and subscriptions of a user agent client: what follows an accepted request, in both directions.
import { ackOfSuccess, dialogOf } from '../request/dialog.js';
import { tagOf } from '../sip/address.js';
import { allHeaders, firstHeader } from '../sip/header-list.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import { readTokenList } from '../sip/token-list.js';
import type { Environment } from '../timing/environment.js';
import type { UacRequest } from '../uac/uac-request.js';
import { Acknowledgements, REPEATED_MS } from './acknowledgements.js';
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

export class CallBook {
  readonly #host: CallBookHost;
  readonly #entries = new Map<UacRequest, Entry>();
  readonly #acknowledgements: Acknowledgements;
  /** Call-IDs of requests that a NOTIFY may follow. */
  readonly #subscriptions = new Set<string>();
  /** What stops the timers of calls that are over. */
  readonly #fading = new Set<() => void>();

  constructor(host: CallBookHost) {
    this.#host = host;
    this.#acknowledgements = new Acknowledgements(host.environment.clock);
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
    const isInside = tagOf(firstHeader(invite.headers, 'To') ?? '') !== undefined;
    // RFC 3261 §12.2: requests inside a dialog do not change its route set, whether or not their 2xx repeats it.
    const routeSet = isInside && dialog.routeSet.length === 0 ? routesOf(invite) : dialog.routeSet;
    const ack = this.#acknowledgements.of(invite, response, () => {
      const parts = { token: this.#host.environment.token(), via: 'SIP/2.0/UDP invalid.invalid' };
      return ackOfSuccess({ ...dialog, routeSet }, invite, parts);
    });
    this.#host.acknowledge(ack, towards);
    if (isInside) return;
    const known = this.#entries.get(request);
    if (known === undefined) this.#enter(request, new Call(this.#callHost(towards), invite, response, dialog), invite);
    else known.call.receive(response);
  }

  /** The response to a request that came in; `undefined` where there is none. */
  answer(request: SipRequest): SipResponse | undefined {
    // The peer repeats its BYE when our 200 is lost: the call is over then, and the answer the same.
    const isOpen = (call: Call): boolean => !call.isOver || request.method === 'BYE';
    const entry = [...this.#entries.values()].find(({ call }) => isOpen(call) && call.owns(request));
    const type = entry && firstHeader(entry.invite.headers, 'Content-Type');
    const place = {
      inCall: entry !== undefined,
      inSubscription: this.#subscriptions.has(firstHeader(request.headers, 'Call-ID') ?? ''),
      offer: entry === undefined || type === undefined ? undefined : { type, body: entry.invite.body },
      contact: entry && firstHeader(entry.invite.headers, 'Contact'),
    };
    const response = answerRequest(request, place, this.#host.environment.token());
    if (request.method === 'BYE') entry?.call.noteBye();
    else if (response !== undefined) entry?.call.noteRefreshed(request, response);
    return response;
  }

  /** Nothing is waited for any longer: a program that has closed its client can end. */
  close(): void {
    for (const stop of this.#fading) stop();
    for (const { call } of this.#entries.values()) call.stop();
    this.#entries.clear();
    this.#acknowledgements.clear();
  }

  #enter(request: UacRequest, call: Call, invite: SipRequest): void {
    this.#entries.set(request, { call, invite });
    const { clock } = this.#host.environment;
    call.on('ended', () => {
      const stop = clock.at(clock.now() + REPEATED_MS, () => {
        this.#fading.delete(stop);
        this.#entries.delete(request);
      });
      this.#fading.add(stop);
    });
    this.#host.called(call, request);
  }

  #callHost(towards: ServerAddress) {
    const { environment } = this.#host;
    return { environment, request: (request: SipRequest) => this.#host.request(request, towards) };
  }
}

function routesOf({ headers }: SipRequest): readonly string[] {
  return readTokenList(allHeaders(headers, 'Route'));
}
