// One attempt: a client transaction of SIP.js, and everything that comes back on it.
import type { SipResponse } from '../../sip/message.js';
import type { Inability } from './limitation.js';
import { withoutOwnAuthentication } from './own-authentication.js';
import { isMadeUp, readResponse } from './read-response.js';
import { watchResponses, type Awaited } from './response-watch.js';
import type { SipJsCore, SipJsDelegate, SipJsIncoming, SipJsMessage, SipJsOutgoing } from './stack.js';

/** What SIP.js made of a response to an INVITE: a session, or an early dialog; undefined when it dropped the response. */
export interface Made<Accepted, Progress> {
  readonly accepted?: Accepted;
  readonly progress?: Progress;
}

/** While SIP.js is being given a response: what it has made of it so far. */
interface Given<Accepted, Progress> {
  isHandedOn: boolean;
  made: Made<Accepted, Progress>;
}

/** Who hears what becomes of an attempt. After a final response, a timeout or a failure, only `forked` comes. */
export interface AttemptHost<Accepted, Progress> {
  responded(response: SipResponse, made: Made<Accepted, Progress>): void;
  timedOut(): void;
  failed(): void;
  /** Another 2xx to the same INVITE: it was forked (RFC 3261 §13.2.2.4). */
  forked(response: SipResponse, accepted: Accepted): void;
  unable(inability: Inability): void;
}

export class Attempt<Accepted extends SipJsIncoming, Progress extends SipJsIncoming> implements Awaited {
  readonly message: SipJsMessage;
  readonly sentBy: string;
  readonly #core: SipJsCore<Accepted, Progress>;
  readonly #host: AttemptHost<Accepted, Progress>;
  #outgoing: SipJsOutgoing | undefined;
  #unwatch: (() => void) | undefined;
  #isEnded = false;
  #given: Given<Accepted, Progress> | undefined;

  constructor(core: SipJsCore<Accepted, Progress>, message: SipJsMessage, host: AttemptHost<Accepted, Progress>) {
    this.message = message;
    this.sentBy = core.configuration.viaHost;
    this.#core = core;
    this.#host = host;
  }

  begin(): void {
    const { transport } = this.#core;
    this.#unwatch = watchResponses(transport, this);
    try {
      this.#outgoing = this.#sendBy(withoutOwnAuthentication(this.#core, () => !this.#isEnded));
    } catch {
      // A transport of one's own may throw instead of rejecting.
      this.#end(() => this.#host.failed());
      return;
    }
    this.#endWithAgent(this.#outgoing);
  }

  /** SIP.js sends the CANCEL once there is a provisional response (RFC 3261 §9.1). */
  cancel(): void {
    try {
      this.#outgoing?.cancel();
    } catch {
      this.#host.unable({ kind: 'cancel', what: 'CANCEL', because: 'SIP.js has thrown.' });
    }
  }

  hear(response: SipResponse, pass: () => void): void {
    const given: Given<Accepted, Progress> = { isHandedOn: false, made: {} };
    this.#given = given;
    try {
      pass();
    } catch {
      given.isHandedOn = false;
    } finally {
      this.#given = undefined;
    }
    this.#deliver(response, given.isHandedOn, given.made);
  }

  #sendBy(core: SipJsCore<Accepted, Progress>): SipJsOutgoing {
    const other = (incoming: SipJsIncoming): void => this.#handedOn(incoming, {});
    const delegate = { onTrying: other, onRedirect: other, onReject: other } satisfies SipJsDelegate;
    switch (this.message.method) {
      case 'INVITE':
        return core.invite(this.message, {
          ...delegate,
          onProgress: (progress) => this.#handedOn(progress, { progress }),
          onAccept: (accepted) => this.#handedOn(accepted, { accepted }),
        });
      case 'REGISTER':
        return core.register(this.message, { ...delegate, onProgress: other, onAccept: other });
      default:
        return core.request(this.message, { ...delegate, onProgress: other, onAccept: other });
    }
  }

  /** A user agent that is stopped disposes of its transactions and tells nobody: no answer can come any more. */
  #endWithAgent(outgoing: SipJsOutgoing): void {
    const dispose = outgoing.dispose.bind(outgoing);
    outgoing.dispose = () => {
      dispose();
      if (this.#given === undefined) this.#end(() => this.#host.failed());
    };
  }

  /** SIP.js hands on a response, or one that it made up. Nothing is told from inside SIP.js's own call. */
  #handedOn(incoming: SipJsIncoming, made: Made<Accepted, Progress>): void {
    const { message } = incoming;
    if (this.#given !== undefined) {
      this.#given.isHandedOn = true;
      this.#given.made = made;
    } else if (!isMadeUp(message)) this.#deliver(readResponse(message), true, made);
    else if (message.statusCode === 408) this.#end(() => this.#host.timedOut());
    else this.#end(() => this.#host.failed());
  }

  #deliver(response: SipResponse, isHandedOn: boolean, made: Made<Accepted, Progress>): void {
    const { status } = response;
    if (this.#isEnded) {
      if (made.accepted !== undefined) this.#host.forked(response, made.accepted);
      return;
    }
    if (status < 200) {
      this.#host.responded(response, made);
      return;
    }
    if (!isHandedOn) this.#host.unable(this.#dropped(status));
    this.#end(() => this.#host.responded(response, made));
  }

  #dropped(status: number): Inability {
    const lost = this.message.method === 'INVITE' ? ' there is no ACK and no session' : ' its transaction runs on';
    return { kind: 'response', what: `${status} response`, because: `SIP.js has dropped it:${lost}.` };
  }

  #end(tell: () => void): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#unwatch?.();
    tell();
  }
}
