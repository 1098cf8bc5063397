// The listeners of a request of the UAC core: what the driver tells is passed on to them.
import type { DrivenRequest } from '../../machines/drive-retry.js';
import { Listeners } from '../../machines/listeners.js';
import { uacEventNames, type UacEvents } from './uac-event.js';

export class UacListeners extends Listeners<UacEvents> {
  #driven: DrivenRequest | undefined;
  #stopAsking: (() => void) | undefined;
  #isSilent = false;

  constructor() {
    super(uacEventNames);
  }

  /** Passes on what needs nothing to be done before. */
  connect(driven: DrivenRequest): void {
    this.#driven = driven;
    for (const type of ['wait', 'askFailure', 'cancel', 'hangUp'] as const) {
      driven.on(type, (event: UacEvents[typeof type]) => {
        if (!this.#isSilent) this.announce(type, event);
      });
    }
  }

  /** Nobody acts any more on what the driver tells: only the end is told. */
  silence(): void {
    this.#isSilent = true;
  }

  /** The driver refuses by itself what nobody listens for, so questions are passed on only while somebody does. */
  override on<K extends keyof UacEvents>(type: K, listener: (event: UacEvents[K]) => void): () => void {
    const off = super.on(type, listener);
    if (type !== 'ask') return off;
    this.#stopAsking ??= this.#driven?.on('ask', (event) => this.announce('ask', event));
    return () => {
      off();
      if (this.hears('ask')) return;
      this.#stopAsking?.();
      this.#stopAsking = undefined;
    };
  }

  /** Tells, then throws what listeners have thrown: the driver that called this settles first and throws it then. */
  announce<K extends keyof UacEvents>(type: K, event: UacEvents[K]): void {
    this.tell(type, event);
    this.rethrow();
  }
}
