// One logical request over SIP.js: the engine decides, SIP.js sends.
import { Listeners } from '../../../machines/listeners.js';
import type { StateName } from '../../../machines/retry-snapshot.js';
import type { Answer } from '../../request/materials.js';
import { changesBetween, type Change } from '../../request/change.js';
import type { SipRequest, SipResponse } from '../../sip/message.js';
import { coreOf } from '../../uac/uac-core.js';
import type { UacEvents } from '../../uac/uac-event.js';
import type { UacOutcome } from '../../uac/uac-outcome.js';
import { createUacRequest, type UacRequest } from '../../uac/uac-request.js';
import { Attempt, type AttemptHost, type Made } from './attempt.js';
import type { Inability, Limitation } from './limitation.js';
import { partsOf, type MessageParts } from './message-parts.js';
import { nextMessage } from './next-message.js';
import { serversOf, type Servers } from './servers.js';
import type { SipJsIncoming, SipJsMessage } from './stack.js';
import type { SipJsEvents, SipJsOptions, SipJsOutcome, SipJsRequest } from './sip-js-request.js';
import { requestOf } from './written-request.js';

export class CarriedRequest<Accepted extends SipJsIncoming, Progress extends SipJsIncoming> implements SipJsRequest<
  Accepted,
  Progress
> {
  readonly #uac: UacRequest;
  readonly #servers: Servers<Accepted, Progress>;
  readonly #listeners = new Listeners<SipJsEvents<Accepted, Progress>>();
  readonly #limitations: Limitation[] = [];
  /** The application's own message, until it is sent. */
  #unsent: SipJsMessage | undefined;
  #last: SipRequest;
  #parts: MessageParts;
  #attempt: Attempt<Accepted, Progress> | undefined;
  /** What has kept the attempt from being sent that is decided on now. */
  #prevented: Limitation | undefined;
  #attempts = 0;
  #accepted: Accepted | undefined;
  #isUnwanted = false;
  #outcome: Promise<SipJsOutcome<Accepted>> | undefined;
  #stopAsking: (() => void) | undefined;

  constructor(message: SipJsMessage, options: SipJsOptions<Accepted, Progress>) {
    this.#servers = serversOf(options);
    const { first, client, uacOptions } = this.#servers;
    const { token } = (options.core ?? coreOf(options.environment)).environment;
    const { transport, configuration } = first;
    const via = `SIP/2.0/${transport.protocol} ${configuration.viaHost};branch=z9hG4bK${token()}`;
    this.#unsent = message;
    this.#last = requestOf(message, via);
    this.#parts = partsOf(message, this.#last);
    this.#uac = createUacRequest(this.#last, { ...uacOptions, client });
    this.#uac.on('send', (event) => this.#send(event));
    this.#uac.on('cancel', () => this.#attempt?.cancel());
    this.#uac.on('hangUp', () => this.#hangUp(this.#accepted));
    this.#uac.on('decision', (event) => this.#decided(event));
    for (const type of ['wait', 'hold'] as const) {
      this.#uac.on(type, (event: UacEvents[typeof type]) => this.#tell(type, event));
    }
    this.#uac.on('done', ({ outcome }) => this.#tell('done', { outcome: this.#ended(outcome) }));
  }

  /** What nobody listens for is refused, so questions are passed on only while somebody does. */
  on<K extends keyof SipJsEvents<Accepted, Progress>>(
    type: K,
    listener: (event: SipJsEvents<Accepted, Progress>[K]) => void,
  ): () => void {
    const off = this.#listeners.on(type, listener);
    if (type !== 'ask') return off;
    this.#stopAsking ??= this.#uac.on('ask', (event) => this.#tell('ask', event));
    return () => {
      off();
      if (this.#listeners.hears('ask')) return;
      this.#stopAsking?.();
      this.#stopAsking = undefined;
    };
  }

  start(): Promise<SipJsOutcome<Accepted>> {
    return (this.#outcome ??= this.#uac.start().then((outcome) => this.#ended(outcome)));
  }

  answer(answer: Answer): void {
    this.#uac.answer(answer);
  }

  refuse(): void {
    this.#uac.refuse();
  }

  cancel(): void {
    this.#uac.cancel();
  }

  get state(): StateName {
    return this.#uac.state;
  }

  #send({ request, server, attempt }: UacEvents['send']): void {
    this.#attempts = attempt;
    const core = this.#servers.coreFor(server);
    const changes = changesBetween(this.#last, request);
    const own = changes.length === 0 && core === this.#servers.first ? this.#unsent : undefined;
    this.#unsent = undefined;
    const { message, parts, inabilities } =
      own === undefined
        ? nextMessage(core, this.#parts, changes, request)
        : { message: own, parts: this.#parts, inabilities: [] };
    for (const inability of inabilities) this.#note(inability, message === undefined);
    if (message === undefined) {
      this.#prevented = this.#limitations.at(-1);
      this.#uac.transportError();
    } else {
      this.#parts = parts;
      this.#last = request;
      this.#attempt = new Attempt(core, message, this.#hostOf());
      this.#listeners.tell('send', { attempt, server, changed: namesOf(changes) });
      this.#attempt.begin();
    }
    this.#listeners.rethrow();
  }

  #decided(event: UacEvents['decision']): void {
    const limitation = this.#prevented;
    this.#prevented = undefined;
    this.#tell('decision', limitation === undefined ? event : { ...event, limitation });
  }

  /** An attempt that the request has gone on without is heard no more, but for what it established. */
  #hostOf(): AttemptHost<Accepted, Progress> {
    const number = this.#attempts;
    const ifCurrent = (tell: () => void): void => {
      if (number === this.#attempts) tell();
    };
    return {
      responded: (response, made) => ifCurrent(() => this.#responded(response, made)),
      timedOut: () => ifCurrent(() => this.#uac.timeout()),
      failed: () => ifCurrent(() => this.#uac.transportError()),
      forked: (response, accepted) => this.#established(response, accepted),
      unable: (inability) => {
        this.#note(inability, false);
        this.#listeners.rethrow();
      },
    };
  }

  #responded(response: SipResponse, { accepted, progress }: Made<Accepted, Progress>): void {
    const { state } = this.#uac;
    this.#isUnwanted = state.startsWith('cancel');
    if (response.status < 200) {
      this.#listeners.tell('progress', { response, ...(progress !== undefined && { progress }) });
    }
    if (accepted !== undefined) {
      this.#accepted = accepted;
      if (!this.#isUnwanted) this.#listeners.tell('established', { response, accepted });
      // Nobody waits for it any more: 64·T1 after the CANCEL (RFC 3261 §9.1).
      if (state === 'cancelled') this.#hangUp(accepted);
    }
    this.#uac.receive(response);
    this.#listeners.rethrow();
  }

  #established(response: SipResponse, accepted: Accepted): void {
    if (this.#isUnwanted) this.#hangUp(accepted);
    else this.#tell('established', { response, accepted });
  }

  /** A 2xx has crossed the CANCEL: it is acknowledged, then ended (RFC 3261 §9.1, §15). */
  #hangUp(accepted: Accepted | undefined): void {
    this.#tryTo({ kind: 'ack', what: 'ACK', because: 'SIP.js has thrown.' }, () => accepted?.ack?.());
    this.#tryTo({ kind: 'bye', what: 'BYE', because: 'SIP.js has thrown: for the callee the call may be up.' }, () =>
      accepted?.session?.bye(),
    );
    this.#listeners.rethrow();
  }

  #tryTo(inability: Inability, call: () => unknown): void {
    try {
      call();
    } catch {
      this.#note(inability, false);
    }
  }

  #note(inability: Inability, prevented: boolean): void {
    const limitation = { ...inability, attempt: this.#attempts, prevented };
    this.#limitations.push(limitation);
    this.#listeners.tell('limitation', limitation);
  }

  #tell<K extends keyof SipJsEvents<Accepted, Progress>>(type: K, event: SipJsEvents<Accepted, Progress>[K]): void {
    this.#listeners.tell(type, event);
    this.#listeners.rethrow();
  }

  #ended(outcome: UacOutcome): SipJsOutcome<Accepted> {
    const accepted = this.#accepted;
    return { ...outcome, limitations: [...this.#limitations], ...(accepted !== undefined && { accepted }) };
  }
}

/** Without the Via, which each transaction of SIP.js makes anew. */
function namesOf(changes: readonly Change[]): readonly string[] {
  return changes.map(({ what }) => what).filter((what) => what !== 'Via');
}
