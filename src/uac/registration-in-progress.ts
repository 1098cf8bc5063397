// The REGISTER in progress of a registration, from its preparation to its end; and one that was ended before its answer came.
import type { RegistrationAttempt } from './registration-attempt.js';
import type { UacRequest } from './uac-request.js';

export class RegistrationInProgress {
  #attempt: RegistrationAttempt | undefined;
  /** Tells the attempt that is being prepared from those that were overtaken meanwhile. */
  #turn = 0;
  /** The REGISTER that was in flight when the registration was ended. */
  #unanswered: UacRequest | undefined;

  get attempt(): RegistrationAttempt | undefined {
    return this.#attempt;
  }

  /** Whether the answer to the attempt is awaited: no other may be sent until then (RFC 3261 §10.2). */
  get isInFlight(): boolean {
    return this.#attempt?.isInFlight === true;
  }

  /** Whom it concerns when something is heard of a REGISTER. */
  get awaited(): UacRequest | undefined {
    return this.isInFlight ? this.#attempt?.uac : this.#unanswered;
  }

  /** Starts the attempt once it is prepared, unless it was overtaken meanwhile. */
  begin(
    prepare: () => RegistrationAttempt | Promise<RegistrationAttempt>,
    start: (attempt: RegistrationAttempt) => void,
  ): void {
    this.#turn += 1;
    const turn = this.#turn;
    const begin = (attempt: RegistrationAttempt): void => {
      if (turn !== this.#turn) return;
      this.#attempt = attempt;
      start(attempt);
    };
    const prepared = prepare();
    if (prepared instanceof Promise) void prepared.then(begin);
    else begin(prepared);
  }

  /** It has ended by itself. */
  clear(): void {
    this.#attempt = undefined;
  }

  /** Another one goes in its place, or none. */
  abandon(): void {
    const attempt = this.#attempt;
    this.#attempt = undefined;
    this.#turn += 1;
    attempt?.uac.cancel();
  }

  /**
   * Nothing more is sent. Nobody may be there to tell how what is in flight ends: it leaves its line by itself in time, or
   * earlier when it is answered.
   */
  end(): void {
    this.#unanswered = this.awaited;
    this.abandon();
  }
}
