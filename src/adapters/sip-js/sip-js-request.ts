// The door to SIP.js: requests go out through its UserAgentCore, and the engine decides what follows a failure.
import type { StateName } from '../../../machines/retry-snapshot.js';
import type { Client } from '../../policy/facts.js';
import type { Answer } from '../../request/materials.js';
import type { SipResponse } from '../../sip/message.js';
import type { UacEvents } from '../../uac/uac-event.js';
import type { UacOutcome } from '../../uac/uac-outcome.js';
import type { UacRequestOptions } from '../../uac/uac-request.js';
import { CarriedRequest } from './carried-request.js';
import type { Limitation } from './limitation.js';
import type { SipJsCore, SipJsIncoming, SipJsMessage } from './stack.js';

/** A server, and the user agent that is connected to it. */
export interface SipJsServer<
  Accepted extends SipJsIncoming = SipJsIncoming,
  Progress extends SipJsIncoming = SipJsIncoming,
> {
  /** What the engine calls it: a SIP URI such as `sip:one.example.com;transport=ws`. */
  readonly server: string;
  readonly userAgentCore: SipJsCore<Accepted, Progress>;
}

type Unsupported = 'client' | 'throughProxy' | 'store' | 'id' | 'onStoreFailure';

/** What a UAC says of a request over SIP.js: one user agent, or one for each server in the order of preference. */
export type SipJsOptions<
  Accepted extends SipJsIncoming = SipJsIncoming,
  Progress extends SipJsIncoming = SipJsIncoming,
> = Omit<UacRequestOptions, Unsupported> & {
  readonly client?: Omit<Client, 'servers'>;
} & (
    | { readonly userAgentCore: SipJsCore<Accepted, Progress>; readonly servers?: never }
    | { readonly servers: readonly SipJsServer<Accepted, Progress>[]; readonly userAgentCore?: never }
  );

/** What a request over SIP.js tells, by name. No value of a header field is in it. */
export interface SipJsEvents<
  Accepted extends SipJsIncoming = SipJsIncoming,
  Progress extends SipJsIncoming = SipJsIncoming,
> extends Pick<UacEvents, 'wait' | 'ask' | 'hold'> {
  /** `limitation`: why the attempt that is decided on was not sent at all. */
  readonly decision: UacEvents['decision'] & { readonly limitation?: Limitation };
  /** It goes out now; `changed` names what is different from the attempt before, besides the Via. */
  readonly send: {
    readonly attempt: number;
    readonly server: string | undefined;
    readonly changed: readonly string[];
  };
  /** SIP.js does not do what was decided, or not exactly. */
  readonly limitation: Limitation;
  /** A provisional response; to an INVITE, `progress` is what SIP.js made of it: an early dialog, and a way to PRACK. */
  readonly progress: { readonly response: SipResponse; readonly progress?: Progress };
  /** A 2xx to an INVITE: acknowledge it. A forked INVITE may have several (RFC 3261 §13.2.2.4). */
  readonly established: { readonly response: SipResponse; readonly accepted: Accepted };
  readonly done: { readonly outcome: SipJsOutcome<Accepted> };
}

/** How it ended, what SIP.js could not do on the way, and for an INVITE SIP.js's response with its session. */
export type SipJsOutcome<Accepted extends SipJsIncoming = SipJsIncoming> = UacOutcome & {
  readonly limitations: readonly Limitation[];
  /** The first 2xx to an INVITE, to be acknowledged by `accepted.ack()`. After `cancelled`, that and a BYE were sent. */
  readonly accepted?: Accepted;
};

/** One logical request over SIP.js. */
export interface SipJsRequest<
  Accepted extends SipJsIncoming = SipJsIncoming,
  Progress extends SipJsIncoming = SipJsIncoming,
> {
  on<K extends keyof SipJsEvents<Accepted, Progress>>(
    type: K,
    listener: (event: SipJsEvents<Accepted, Progress>[K]) => void,
  ): () => void;
  /** Sends it. The same promise however often it is called. What a peer does never rejects. */
  start(): Promise<SipJsOutcome<Accepted>>;
  answer(answer: Answer): void;
  refuse(): void;
  /** Nobody wants the answer any more: an INVITE gets its CANCEL, and what it established a BYE (RFC 3261 §9.1, §15). */
  cancel(): void;
  readonly state: StateName;
}

/**
 * A request that SIP.js 0.21 sends and the engine carries through. Give a message from
 * `ua.userAgentCore.makeOutgoingRequestMessage`; each further attempt is the last message with what the decision changed.
 * SIP.js's own answer to a challenge is switched off for this request alone, and its `Registerer`, with its endless answer
 * to 423, has no part in it. Credentials go into `credentials`, not into the options of the user agent.
 *
 * What SIP.js cannot do:
 *
 * | what                                             | what happens instead                                                 |
 * | ------------------------------------------------ | -------------------------------------------------------------------- |
 * | a Request-URI with a password or header fields   | `limitation`; the attempt is not sent and counts as a transport error |
 * | a Request-URI octet for octet                    | `limitation`; sent as SIP.js spells the same URI (RFC 3261 §19.1.4)   |
 * | a body of octets that are no UTF-8               | `limitation`; the attempt is not sent                                |
 * | another next hop after a redirection             | `limitation`; sent over the same WebSocket, the server has to route  |
 * | a final response that SIP.js drops               | `limitation`; decided on as it came, without a session or an ACK     |
 * | a 1xx to an INVITE without tag or Contact        | `progress` comes without an early dialog                             |
 * | a Via of one's own                               | SIP.js writes it; overload control (RFC 7339) is not offered         |
 * | credentials and every Route in the ACK of a 3xx to 6xx | SIP.js writes that ACK with the first Route alone (§17.1.1.3)  |
 * | requests inside a dialog, SUBSCRIBE              | `badRequest`: SIP.js's Session and Subscription make them            |
 * | a request kept over a restart                    | no `persist`, no `store`                                             |
 *
 * Each server needs a user agent of its own, connected by the application; one that is not connected is a transport error.
 * Give them the same `viaHost` and `contactName`, so that the Contact leads to any of them, and make the message with the
 * first one's core. SIP.js logs whole messages unless it is told `transportOptions: { traceSip: false }`.
 *
 * @throws SipRetryError `badRequest` for a message that is not carried; `badOptions`, `badCredentials`, `badLimits`.
 * @example
 * import { createSipJsRequest } from 'sip-retry/adapters/sip-js';
 * import { registrar, ua } from './your-user-agent.js';
 *
 * const { userAgentCore } = ua;
 * const { aor } = userAgentCore.configuration;
 * const options = userAgentCore.makeOutgoingRequestMessage('OPTIONS', registrar, aor, registrar, {});
 * const request = createSipJsRequest(options, { userAgentCore });
 * request.on('decision', ({ decision }) => console.log(decision.action.type, decision.cite.join()));
 * const outcome = await request.start();
 * console.log(outcome.type, outcome.limitations.length);
 * // → giveUp RFC 3261 §22.2
 * // → gaveUp 0
 */
export function createSipJsRequest<Accepted extends SipJsIncoming, Progress extends SipJsIncoming>(
  message: SipJsMessage,
  options: SipJsOptions<Accepted, Progress>,
): SipJsRequest<Accepted, Progress> {
  return new CarriedRequest(message, options);
}
