// The end of a request as a promise, which exists once the request is started.
import type { UacOutcome } from './uac-outcome.js';

export class Ending {
  #promise: Promise<UacOutcome> | undefined;
  #resolve: (outcome: UacOutcome | Promise<UacOutcome>) => void = () => undefined;
  #reject: (reason: unknown) => void = () => undefined;
  #isOpen = false;

  get promise(): Promise<UacOutcome> | undefined {
    return this.#promise;
  }

  /** Whether the request is started and has not ended. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  open(): Promise<UacOutcome> {
    this.#isOpen = true;
    this.#promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    return this.#promise;
  }

  resolve(outcome: UacOutcome | Promise<UacOutcome>): void {
    this.#isOpen = false;
    this.#resolve(outcome);
  }

  reject(reason: unknown): void {
    this.#isOpen = false;
    this.#reject(reason);
  }
}
