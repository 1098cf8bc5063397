// The end of a request as a promise, which exists once the request is started.

export class Ending<Outcome> {
  #promise: Promise<Outcome> | undefined;
  #resolve: (outcome: Outcome | Promise<Outcome>) => void = () => undefined;
  #reject: (reason: unknown) => void = () => undefined;
  #isOpen = false;
  #failure: { readonly cause: unknown } | undefined;

  get promise(): Promise<Outcome> | undefined {
    return this.#promise;
  }

  /** Whether the request is started and has not ended. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  open(): Promise<Outcome> {
    this.#isOpen = true;
    this.#promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    return this.#promise;
  }

  /** The program itself has failed: once the request has ended, the promise rejects with the cause. False: too late. */
  fail(cause: unknown): boolean {
    if (this.#isOpen) this.#failure ??= { cause };
    return this.#isOpen;
  }

  resolve(outcome: Outcome | Promise<Outcome>): void {
    this.#isOpen = false;
    if (this.#failure === undefined) this.#resolve(outcome);
    else this.#reject(this.#failure.cause);
  }

  reject(reason: unknown): void {
    this.#isOpen = false;
    this.#reject(reason);
  }
}
