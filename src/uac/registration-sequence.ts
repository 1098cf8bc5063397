// The REGISTER requests of one registration, one after another: what the next one says, and with which credentials it goes out.
import { readCSeq } from '../sip/cseq.js';
import type { SipRequest } from '../sip/message.js';
import { applyLearned } from './apply-learned.js';
import { inTime } from './in-time.js';
import { authorizeAhead, type AuthorizedAhead } from './learned-credentials.js';
import { RegistrationAttempt } from './registration-attempt.js';
import {
  inSequenceOf,
  nextRegister,
  removalOf,
  withCorrections,
  withoutAnyCredentials,
  withoutDigest,
} from './registration-request.js';
import type { RegistrationSnapshot } from './registration-snapshot.js';
import { ceilingKeyOf } from './request-place.js';
import type { UacCore } from './uac-core.js';
import type { KeepRegisteredOptions } from './keep-registered.js';
import type { UacRequestOptions } from './uac-request.js';

/** Where a registration begins: anew, or where a snapshot left off. */
export type RegistrationBeginning = { readonly request: SipRequest } | { readonly snapshot: RegistrationSnapshot };

/** The options of each of its requests, and where their servers are found. */
export type SequenceOptions = UacRequestOptions & Pick<KeepRegisteredOptions, 'findServers'>;

export class RegistrationSequence {
  readonly #core: UacCore;
  readonly #options: SequenceOptions;
  /** The request as the application gave it, and with the corrections that were accepted since. */
  #original: SipRequest;
  #corrected: SipRequest;
  /** The last number that was sent. */
  #cseq: number | null = null;
  /** The server that accepted the registration. */
  #server: string | undefined;
  /** A registrar that refuses a nonce used twice is asked for a challenge each time. */
  #waitsForChallenge = false;
  /** Those that were made of the present request: what the others have learned was for another one. */
  #attempts = new WeakSet<RegistrationAttempt>();

  constructor(core: UacCore, beginning: RegistrationBeginning, options: SequenceOptions) {
    this.#core = core;
    this.#options = options;
    if ('request' in beginning) {
      this.#original = withoutDigest(beginning.request);
      this.#corrected = this.#original;
    } else {
      const { original, request, cseq, server } = beginning.snapshot;
      this.#original = original;
      this.#corrected = request;
      this.#cseq = cseq;
      this.#server = server ?? undefined;
      // Nobody knows how often the processes before have begun anew in this minute.
      core.ceilings.empty(ceilingKeyOf(request, this.#server ?? options.client?.servers?.[0]));
    }
  }

  /**
   * The next REGISTER, with all that was learned. A provider of credentials may take a little time; one that takes more is
   * asked when the server asks, where its answer has a deadline.
   */
  next(purpose: RegistrationAttempt['purpose']): RegistrationAttempt | Promise<RegistrationAttempt> {
    const { findServers, ...options } = this.#options;
    const { environment, keyring, learned } = this.#core;
    const written = purpose === 'removal' ? removalOf(this.#corrected) : this.#corrected;
    const original = this.#cseq === null ? written : nextRegister(written, this.#cseq, environment.token());
    const known = learned.for(original);
    const { request } = applyLearned(original, known);
    const challenges = this.#waitsForChallenge ? [] : known.challenges;
    const authorized = authorizeAhead(request, challenges, keyring, environment.token());
    const begin = (ready: AuthorizedAhead, servers?: readonly string[]): RegistrationAttempt => {
      const [core, server] = [this.#core, this.#server];
      const own = servers === undefined ? options : { ...options, client: { ...options.client, servers } };
      const attempt = new RegistrationAttempt({ ...ready, purpose, original, server, core, options: own });
      this.#attempts.add(attempt);
      attempt.uac.on('send', (event) => this.#noteSent(event.request));
      return attempt;
    };
    const isReady = !(authorized instanceof Promise);
    if (isReady && findServers === undefined) return begin(authorized);
    const { clock } = environment;
    const ready = isReady ? authorized : inTime(authorized, PATIENCE_MS, { request, acceptedRealms: [] }, clock);
    const found = findServers && inTime(findServers(request), PATIENCE_MS, undefined, clock);
    return Promise.all([ready, found]).then((both) => begin(...both));
  }

  /** The registrar has seen a higher number than ours (RFC 3261 §12.2.2). */
  leap(nextCSeq: number | undefined): void {
    if (nextCSeq !== undefined) this.#cseq = Math.max(this.#cseq ?? 0, nextCSeq - 1);
  }

  noteGranted(attempt: RegistrationAttempt): void {
    const { changes, server } = attempt;
    if (this.#attempts.has(attempt)) this.#corrected = withCorrections(this.#corrected, changes);
    // RFC 3261 §10.2.4: "to the same network address as the original registration, unless redirected".
    if (!changes.some(({ what }) => what === 'Route')) this.#server = server;
  }

  noteNonceReuseRefused(): void {
    this.#waitsForChallenge = true;
  }

  /** Corrections were for the registrar and the network as they were. */
  beginAnew(request: SipRequest | undefined): void {
    this.#core.learned.forgetUnsupported(this.#original.uri);
    if (request !== undefined) this.#original = inSequenceOf(request, this.#original);
    this.#corrected = this.#original;
    this.#waitsForChallenge = false;
    this.#attempts = new WeakSet();
  }

  persist(): Pick<RegistrationSnapshot, 'original' | 'request' | 'cseq' | 'server'> {
    return {
      original: withoutAnyCredentials(this.#original),
      request: withoutAnyCredentials(this.#corrected),
      cseq: this.#cseq,
      server: this.#server ?? null,
    };
  }

  #noteSent(request: SipRequest): void {
    this.#cseq = readCSeq(request.headers)?.number ?? this.#cseq;
  }
}

/** A REGISTER without credentials costs a round trip more; a binding that lapses meanwhile costs calls. */
const PATIENCE_MS = 5_000;
