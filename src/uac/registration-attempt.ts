// One logical REGISTER of a registration, and what must be known of it when it ends.
import type { RealmOfKind } from '../digest/keyring.js';
import type { Decision } from '../policy/decide.js';
import type { Change } from '../request/change.js';
import type { SipRequest } from '../sip/message.js';
import type { Clock } from '../timing/clock.js';
import { CoreRequest } from './core-request.js';
import type { RegistrationNews } from './registration-event.js';
import type { Wish } from './registration-snapshot.js';
import type { UacCore } from './uac-core.js';
import type { UacEvents } from './uac-event.js';
import type { UacOutcome } from './uac-outcome.js';
import type { UacRequest, UacRequestOptions } from './uac-request.js';

/** What a logical REGISTER is begun with. */
export interface AttemptBeginning {
  readonly request: SipRequest;
  readonly purpose: Exclude<Wish, 'nothing'>;
  /** The request before what was learned was put into it. */
  readonly original: SipRequest;
  /** The realms whose credentials it carries without having been asked. */
  readonly acceptedRealms: readonly RealmOfKind[];
  /** The server that is tried first. */
  readonly server: string | undefined;
  readonly core: UacCore;
  readonly options: UacRequestOptions;
}

/** Who hears of it. */
export interface AttemptHost {
  /** A transaction has ended; nothing is in flight. */
  answered(attempt: RegistrationAttempt, decision: Decision): void;
  waits(attempt: RegistrationAttempt, event: UacEvents['wait'], decision: Decision): void;
  ended(attempt: RegistrationAttempt, outcome: UacOutcome): void;
}

export class RegistrationAttempt {
  readonly purpose: AttemptBeginning['purpose'];
  readonly uac: UacRequest;
  /** Whether it carried credentials that nobody had asked for. */
  readonly isAhead: boolean;
  /** The request of the transaction in progress, or of the last one. */
  sent: SipRequest;
  /** When that was, on the monotonic clock. */
  sentAt = 0;
  server: string | undefined;
  /** Whether a transaction is in progress: no other REGISTER may be sent until it ends (RFC 3261 §10.2). */
  isInFlight = false;
  /** When it goes on, as the registrar asked (epoch milliseconds). */
  waitsUntil: number | undefined;
  /** What was corrected on the way. */
  readonly changes: Change[] = [];

  constructor({ request, purpose, original, acceptedRealms, server, core, options }: AttemptBeginning) {
    this.purpose = purpose;
    this.sent = request;
    this.isAhead = acceptedRealms.length > 0;
    const { client = {} } = options;
    const servers = client.servers && { servers: firstOf(client.servers, server) };
    this.uac = new CoreRequest(
      { request, original, acceptedRealms, remarks: [] },
      { ...options, core, client: { ...client, ...servers } },
    );
  }

  /** Sends it, and tells its host what becomes of it. */
  start(host: AttemptHost, news: RegistrationNews, clock: Clock): void {
    const { uac } = this;
    let decided: Decision | undefined;
    uac.on('send', (event) => {
      this.#noteSent(event, clock.now());
      news.tell('send', event);
    });
    uac.on('decision', (event) => {
      decided = event.decision;
      this.isInFlight = false;
      news.tell('decision', event);
      host.answered(this, event.decision);
    });
    uac.on('wait', (event) => {
      if (decided !== undefined) host.waits(this, event, decided);
    });
    let isOver = false;
    uac.on('done', ({ outcome }) => {
      isOver = true;
      host.ended(this, outcome);
    });
    uac.on('askFailure', (event) => news.tell('askFailure', event));
    uac.on('beforeSendFailure', (event) => news.tell('beforeSendFailure', event));
    uac.on('hold', (event) => news.tell('hold', event));
    // Who does not listen is not asked: the question then counts as refused at once.
    if (news.hears('ask')) uac.on('ask', (event) => news.tell('ask', event));
    // Why a request has ended is told by then; a broken policy ends it without a word.
    uac.start().catch((reason: unknown) => {
      if (!isOver) throw reason;
    });
  }

  #noteSent({ request, server, changes }: UacEvents['send'], now: number): void {
    this.sent = request;
    this.sentAt = now;
    this.server = server;
    this.isInFlight = true;
    this.waitsUntil = undefined;
    this.changes.push(...changes);
  }
}

/** "Registration refreshes SHOULD be sent to the same network address as the original registration" (RFC 3261 §10.2.4). */
function firstOf(servers: readonly string[], server: string | undefined): readonly string[] {
  return server === undefined || !servers.includes(server)
    ? servers
    : [server, ...servers.filter((other) => other !== server)];
}
