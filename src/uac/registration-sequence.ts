// The REGISTER requests of one registration, one after another: what the next one says, and with which credentials it goes out.
import { readCSeq } from '../sip/cseq.js';
import type { SipRequest } from '../sip/message.js';
import { applyLearned } from './apply-learned.js';
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
import type { UacRequestOptions } from './uac-request.js';

/** Where a registration begins: anew, or where a snapshot left off. */
export type RegistrationBeginning = { readonly request: SipRequest } | { readonly snapshot: RegistrationSnapshot };

export class RegistrationSequence {
  readonly #core: UacCore;
  readonly #options: UacRequestOptions;
  /** The request as the application gave it, and with the corrections that were accepted since. */
  #original: SipRequest;
  #corrected: SipRequest;
  /** The last number that was sent. */
  #cseq: number | null = null;
  /** The server that accepted the registration. */
  #server: string | undefined;
  /** A registrar that refuses a nonce used twice is asked for a challenge each time. */
  #waitsForChallenge = false;

  constructor(core: UacCore, beginning: RegistrationBeginning, options: UacRequestOptions) {
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

  /** The next REGISTER, with all that was learned. A provider of credentials may take its time. */
  next(purpose: RegistrationAttempt['purpose']): RegistrationAttempt | Promise<RegistrationAttempt> {
    const options = this.#options;
    const { environment, keyring, learned } = this.#core;
    const written = purpose === 'removal' ? removalOf(this.#corrected) : this.#corrected;
    const original = this.#cseq === null ? written : nextRegister(written, this.#cseq, environment.token());
    const known = learned.for(original);
    const { request } = applyLearned(original, known);
    const challenges = this.#waitsForChallenge ? [] : known.challenges;
    const authorized = authorizeAhead(request, challenges, keyring, environment.token());
    const begin = (ready: AuthorizedAhead): RegistrationAttempt => {
      const server = this.#server;
      const attempt = new RegistrationAttempt({ ...ready, purpose, original, server, core: this.#core, options });
      attempt.uac.on('send', (event) => this.#noteSent(event.request));
      return attempt;
    };
    return authorized instanceof Promise ? authorized.then(begin) : begin(authorized);
  }

  /** The registrar has seen a higher number than ours (RFC 3261 §12.2.2). */
  leap(nextCSeq: number | undefined): void {
    if (nextCSeq !== undefined) this.#cseq = Math.max(this.#cseq ?? 0, nextCSeq - 1);
  }

  noteGranted({ changes, server }: RegistrationAttempt): void {
    this.#corrected = withCorrections(this.#corrected, changes);
    this.#server = server;
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
