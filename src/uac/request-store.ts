// Where requests are kept, so that another process can go on with them; and a store that lasts as long as the process.
import { readUacSnapshot, type UacSnapshot } from './uac-snapshot.js';

/** One request as it was stored. */
export interface StoredRequest {
  readonly id: string;
  readonly snapshot: UacSnapshot;
}

/** What a store holds and nobody can go on with. It is left where it is: it may be a request that is owed an answer. */
export interface UnreadableEntry {
  /** What the store calls it: an id, or the name of a file. */
  readonly entry: string;
  readonly why: string;
}

/** All that a store holds. */
export interface StoredRequests {
  readonly stored: readonly StoredRequest[];
  readonly unreadable: readonly UnreadableEntry[];
}

/**
 * Keeps the latest snapshot of each request by its id. A failure to save or to remove is thrown, or rejected with: the
 * request tells it by `storeFailure`.
 */
export interface RequestStore {
  /** Puts the snapshot in place of the one there was. When it has returned, or resolved, the snapshot outlives the process. */
  save(id: string, snapshot: UacSnapshot): void | Promise<void>;
  /** Forgets the request; nothing happens where there is none. */
  remove(id: string): void | Promise<void>;
  /** Everything that is kept: what cannot be read is told, never passed over in silence. */
  load(): Promise<StoredRequests>;
}

/** A store in memory: it shows what a lasting one would hold, and keeps nothing beyond the process. */
export function memoryStore(): RequestStore {
  const stored = new Map<string, string>();
  return {
    save: (id, snapshot) => void stored.set(id, JSON.stringify(snapshot)),
    remove: (id) => void stored.delete(id),
    // eslint-disable-next-line @typescript-eslint/require-await
    load: async () => ({
      stored: [...stored].map(([id, text]) => ({ id, snapshot: readUacSnapshot(JSON.parse(text)) })),
      unreadable: [],
    }),
  };
}
