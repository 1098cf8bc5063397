// Where requests are kept, so that another process can go on with them; and a store that lasts as long as the process.
import { readUacSnapshot, type UacSnapshot } from './uac-snapshot.js';

/** One request as it was stored. */
export interface StoredRequest {
  readonly id: string;
  readonly snapshot: UacSnapshot;
}

/** Keeps requests by id. A failure is thrown, or rejected with: the request tells it by `storeFailure`. */
export interface RequestStore {
  save(id: string, snapshot: UacSnapshot): void | Promise<void>;
  remove(id: string): void | Promise<void>;
  load(): Promise<readonly StoredRequest[]>;
}

/** A store in memory: it shows what a lasting one would hold, and keeps nothing beyond the process. */
export function memoryStore(): RequestStore {
  const stored = new Map<string, string>();
  return {
    save: (id, snapshot) => void stored.set(id, JSON.stringify(snapshot)),
    remove: (id) => void stored.delete(id),
    // eslint-disable-next-line @typescript-eslint/require-await
    load: async () => [...stored].map(([id, text]) => ({ id, snapshot: readUacSnapshot(JSON.parse(text)) })),
  };
}
