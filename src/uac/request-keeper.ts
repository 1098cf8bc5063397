// Keeps one request in its store: one write after the other, and no failure goes untold.
import type { RequestStore } from './request-store.js';
import type { StoreFailure } from './uac-event.js';
import type { UacListeners } from './uac-listeners.js';
import type { UacRequestOptions } from './uac-request.js';
import type { UacSnapshot } from './uac-snapshot.js';

/** What becomes of a request whose store fails. */
export interface KeeperHost {
  readonly onStoreFailure: 'goOn' | 'end';
  failed(failure: StoreFailure): void;
  /** The request ends, because it could not be saved. */
  ended(): void;
}

export class RequestKeeper {
  readonly #store: RequestStore | undefined;
  readonly #id: string;
  readonly #host: KeeperHost;
  /** The write that is under way. */
  #writing: Promise<unknown> | undefined;
  #isRemoved = false;

  constructor(store: RequestStore | undefined, id: string, host: KeeperHost) {
    this.#store = store;
    this.#id = id;
    this.#host = host;
  }

  /** Saves; whether the request may go on is known at once where the store is synchronous and idle. */
  save(snapshot: () => UacSnapshot): boolean | Promise<boolean> {
    const store = this.#store;
    if (store === undefined) return true;
    const taken = snapshot();
    const mayGoOn = (isSaved: boolean): boolean => {
      if (isSaved || this.#host.onStoreFailure === 'goOn') return true;
      this.#host.ended();
      return false;
    };
    const saved = this.#write('save', () => (this.#isRemoved ? undefined : store.save(this.#id, taken)));
    return typeof saved === 'boolean' ? mayGoOn(saved) : saved.then(mayGoOn);
  }

  /** The request has ended: nothing is saved after that. */
  remove(): boolean | Promise<boolean> {
    const store = this.#store;
    if (store === undefined) return true;
    const removed = this.#write('remove', () => store.remove(this.#id));
    this.#isRemoved = true;
    return removed;
  }

  #write(doing: StoreFailure['doing'], write: () => void | Promise<void>): boolean | Promise<boolean> {
    if (this.#writing !== undefined) return this.#track(this.#writing.then(() => this.#attempt(doing, write)));
    const written = this.#attempt(doing, write);
    return typeof written === 'boolean' ? written : this.#track(written);
  }

  #track(written: Promise<boolean>): Promise<boolean> {
    // What a listener of storeFailure throws must not stop the writes that come after.
    const settled = written
      .catch(() => undefined)
      .then(() => {
        if (this.#writing === settled) this.#writing = undefined;
      });
    this.#writing = settled;
    return written;
  }

  #attempt(doing: StoreFailure['doing'], write: () => void | Promise<void>): boolean | Promise<boolean> {
    const fail = (cause: unknown): false => {
      this.#host.failed({ doing, id: this.#id, cause });
      return false;
    };
    try {
      const written = write();
      return written === undefined ? true : written.then(() => true, fail);
    } catch (thrown) {
      return fail(thrown);
    }
  }
}

/** The keeper of a request with these options. */
export function keeperOf(
  { store, onStoreFailure = 'goOn' }: Pick<UacRequestOptions, 'store' | 'onStoreFailure'>,
  id: string,
  listeners: UacListeners,
  ended: () => void,
): RequestKeeper {
  return new RequestKeeper(store, id, {
    onStoreFailure,
    failed: (failure) => listeners.tell('storeFailure', failure),
    ended,
  });
}
