// An accepted INVITE as its UAC keeps it: the interval refreshed, forks hung up, a BYE at the end (RFC 3261 §13.2.2.4, §15; RFC 4028).
import { Listeners } from '../../machines/listeners.js';
import { dialogOf, requestIn, type Dialog } from '../request/dialog.js';
import { tagOf } from '../sip/address.js';
import { readContacts } from '../sip/contact.js';
import { readCSeq } from '../sip/cseq.js';
import { allHeaders, firstHeader, headerKey } from '../sip/header-list.js';
import type { Header, SipRequest, SipResponse } from '../sip/message.js';
import { readSessionExpires } from '../sip/session-interval.js';
import type { Environment } from '../timing/environment.js';
import type { UacOutcome } from '../uac/uac-outcome.js';
import type { UacRequest } from '../uac/uac-request.js';

/** What a call asks of the user agent client that it belongs to. */
export interface CallHost {
  readonly environment: Environment;
  /** A request inside the dialog, to be started; a 2xx to an INVITE is acknowledged. */
  request(request: SipRequest): UacRequest;
}

/** What a call tells, by name. */
export interface CallEvents {
  /** A request inside the dialog is about to start. */
  readonly request: { readonly request: UacRequest; readonly method: string };
  /** A refresh was answered (RFC 4028 §10). */
  readonly refreshed: { readonly outcome: UacOutcome };
  readonly ended: { readonly by: 'us' | 'peer' };
}

/** RFC 4028 §10: the BYE goes out this long before the interval ends, or a third of it where that is less. */
const FAREWELL_MS = 32_000;

const LEAST_SECONDS = 90;

export class Call {
  readonly #host: CallHost;
  readonly #invite: SipRequest;
  readonly #listeners = new Listeners<CallEvents>({ request: true, refreshed: true, ended: true });
  #dialog: Dialog;
  #stopTimer: (() => void) | undefined;
  #refresh: UacRequest | undefined;
  #isOver = false;
  /** Tags of forks that are hung up: their 2xx may be repeated. */
  readonly #hungUp = new Set<string>();

  /** @param invite as it went out. */
  constructor(host: CallHost, invite: SipRequest, response: SipResponse, dialog: Dialog) {
    this.#host = host;
    this.#invite = invite;
    this.#dialog = dialog;
    this.#keepTime(response);
  }

  on<K extends keyof CallEvents>(type: K, listener: (event: CallEvents[K]) => void): () => void {
    return this.#listeners.on(type, listener);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** A further 2xx to the INVITE; that of another fork is hung up (RFC 3261 §13.2.2.4). */
  receive(response: SipResponse): void {
    const other = dialogOf(this.#invite, response);
    if (other === undefined || tagOf(other.remote) === tagOf(this.#dialog.remote)) return;
    const tag = tagOf(other.remote) ?? '';
    if (this.#hungUp.has(tag)) return;
    this.#hungUp.add(tag);
    this.#begin(requestIn(other, 'BYE', this.#parts()).request)
      .start()
      .catch(toldByRequest);
  }

  /** Whether a request that came in belongs to this call (RFC 3261 §12.2.2). */
  owns({ headers }: SipRequest): boolean {
    return (
      firstHeader(headers, 'Call-ID') === this.#dialog.callId &&
      tagOf(firstHeader(headers, 'To') ?? '') === tagOf(this.#dialog.local) &&
      tagOf(firstHeader(headers, 'From') ?? '') === tagOf(this.#dialog.remote)
    );
  }

  /** The peer has sent a re-INVITE or an UPDATE, which we accepted: both may name a new target and interval (RFC 4028 §9). */
  noteRefreshed({ method, headers }: SipRequest, response: SipResponse): void {
    if ((method !== 'INVITE' && method !== 'UPDATE') || response.status > 299) return;
    this.#retarget(headers);
    // Here the peer is the UAC.
    this.#keepTime(response, 'uas');
  }

  /** The peer has hung up. */
  noteBye(): void {
    this.#end('peer');
  }

  /** Sends the BYE and follows it to its outcome; `undefined` when the call is over already. */
  hangUp(): Promise<UacOutcome> | undefined {
    if (this.#isOver) return undefined;
    this.#end('us');
    return this.#begin(this.#next('BYE', [])).start();
  }

  #giveUp(): void {
    this.hangUp()?.catch(toldByRequest);
  }

  /** Keeps no time any longer, and sends nothing: the client is closing. */
  stop(): void {
    this.#stopTimer?.();
  }

  #next(method: string, headers: readonly Header[], body = ''): SipRequest {
    const { request, dialog } = requestIn(this.#dialog, method, { ...this.#parts(), headers, body });
    this.#dialog = dialog;
    return request;
  }

  /** Credentials and corrections use up CSeq numbers, too (RFC 3261 §12.2.1.1). */
  #begin(request: SipRequest): UacRequest {
    const uac = this.#host.request(request);
    uac.on('send', ({ request: sent }) => {
      const { number = 0 } = readCSeq(sent.headers) ?? {};
      if (number > this.#dialog.localCSeq) this.#dialog = { ...this.#dialog, localCSeq: number };
    });
    this.#listeners.tell('request', { request: uac, method: request.method });
    return uac;
  }

  /** The transport fills in where it is sent from. */
  #parts(): { readonly token: string; readonly via: string } {
    return { token: this.#host.environment.token(), via: 'SIP/2.0/UDP invalid.invalid' };
  }

  /** RFC 3261 §12.2.1.2: the Contact of a re-INVITE and of its 2xx is where the next request goes. */
  #retarget(headers: readonly Header[]): void {
    const [contact] = readContacts(allHeaders(headers, 'Contact'));
    if (contact !== undefined) this.#dialog = { ...this.#dialog, remoteTarget: contact.uri.replace(/\?.*$/s, '') };
  }

  #keepTime(response: SipResponse, ours: 'uac' | 'uas' = 'uac'): void {
    const interval = readSessionExpires(allHeaders(response.headers, 'Session-Expires'));
    // RFC 4028 §9: "If the most recent 2xx response had no Session-Expires header field, there is no session expiration".
    this.#stopTimer?.();
    if (interval === undefined || interval.seconds === 0) return;
    // RFC 4028 §4: "the absolute minimum" is 90 seconds; a peer that says less would have us send without end.
    const seconds = Math.max(LEAST_SECONDS, interval.seconds);
    const whole = seconds * 1000;
    // RFC 4028 §7.2: refreshes "be sent once half the session interval has elapsed"; §10: the other side hangs up when
    // none comes.
    if (interval.refresher === ours) this.#after(whole / 2, () => void this.#refreshWith(seconds));
    else this.#after(whole - farewellOf(whole), () => this.#giveUp());
  }

  #after(delayMs: number, act: () => void): void {
    const { clock } = this.#host.environment;
    this.#stopTimer?.();
    this.#stopTimer = clock.at(clock.now() + Math.max(0, delayMs), act);
  }

  async #refreshWith(seconds: number): Promise<void> {
    const rows = this.#invite.headers.filter(([name]) => REPEATED.has(headerKey(name)));
    const expires: Header = ['Session-Expires', `${seconds};refresher=uac`];
    this.#refresh = this.#begin(this.#next('INVITE', [...rows, expires], this.#invite.body));
    const outcome = await this.#refresh.start().catch(toldByRequest);
    this.#refresh = undefined;
    if (outcome !== undefined) this.#listeners.tell('refreshed', { outcome });
    if (!this.#isOver) this.#follow(outcome, seconds * 1000);
    this.#listeners.rethrow();
  }

  #follow(outcome: UacOutcome | undefined, wholeMs: number): void {
    if (outcome?.type === 'accepted') {
      this.#retarget(outcome.response.headers);
      this.#keepTime(outcome.response);
    } else if (outcome?.type === 'gaveUp' && outcome.impact !== 'transaction') {
      // RFC 4028 §10, RFC 3261 §12.2.1.2: after a 408, a 481 or a timeout of the refresh "the UAC sends a BYE".
      if (outcome.aftermath === 'sendBye') this.#giveUp();
      else this.#end('peer');
    }
    // The interval still runs: the call ends before it does.
    else this.#after(wholeMs / 2 - farewellOf(wholeMs), () => this.#giveUp());
  }

  #end(by: 'us' | 'peer'): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stopTimer?.();
    this.#refresh?.cancel();
    this.#listeners.tell('ended', { by });
    this.#listeners.rethrow();
  }
}

/** A provider of credentials has failed: the `request` that was told has told that, too. */
function toldByRequest(): undefined {
  return undefined;
}

function farewellOf(wholeMs: number): number {
  return Math.min(FAREWELL_MS, wholeMs / 3);
}

/** What a refresh says again: who we are, what we support, what is sent (RFC 4028 §7.4). */
const REPEATED: ReadonlySet<string> = new Set([
  'contact',
  'supported',
  'allow',
  'min-se',
  'user-agent',
  'content-type',
]);
