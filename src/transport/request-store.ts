// Where requests that are under way are kept, so that another process can go on with them.

/** A request that was kept. */
export interface StoredRequest<S> {
  readonly id: string;
  readonly snapshot: S;
}

/** What cannot be used, and why: it is left where it is. */
export interface UnreadableEntry {
  readonly file: string;
  readonly why: string;
}

/** Keeps one snapshot for each id. */
export interface RequestStore<S> {
  /** Puts the snapshot in place of the one there was; when it resolves, it outlives the process. */
  save(id: string, snapshot: S): Promise<void>;
  /** Forgets the request; nothing happens where there is none. */
  remove(id: string): Promise<void>;
  load(): Promise<{ readonly stored: readonly StoredRequest<S>[]; readonly unreadable: readonly UnreadableEntry[] }>;
}
