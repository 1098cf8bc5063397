// What went before in one logical request, as far as a decision may look at it. Plain JSON.
import type { ActionType } from './action.js';

/** The credentials that were sent for one (header type, realm) within this request. */
export interface AnsweredRealm {
  readonly kind: 'user' | 'proxy';
  /** As received, escapes kept. */
  readonly realm: string;
  /** The nonces answered, latest last. */
  readonly nonces: readonly string[];
  /** Answers given to challenges without `stale=true`. */
  readonly rounds: number;
  /** Answers given to `stale=true`. */
  readonly stale: number;
  /** A request that carried these credentials drew a 2xx, a 423, or a challenge from other realms only. */
  readonly accepted: boolean;
  /** The server whose nonce was answered last; another server of the realm starts anew. */
  readonly server?: string;
  /** The entry of Security-Server that was agreed on with this realm; later challenges are answered as it says (RFC 3329 §2.4). */
  readonly agreed?: string;
}

/** How much of a response the attempt in progress has seen: nothing, a 100, or a provisional that may mean ringing. */
export type Provisional = 'none' | 'trying' | 'alerting';

/** What went before in one logical request. */
export interface History {
  /** Client transactions begun, the one in progress included. */
  readonly attempts: number;
  readonly provisional: Provisional;
  /** How often each action was taken. */
  readonly taken: { readonly [K in ActionType]?: number };
  /** How often each kind of wait was taken. */
  readonly waits: { readonly retryAfter: number; readonly glare: number; readonly backoff: number };
  readonly answered: readonly AnsweredRealm[];
  /** Whether credentials that had been accepted were already sent once more to a new nonce without `stale`. */
  readonly renewed: boolean;
  /** The largest Min-SE of all 422 responses (RFC 4028 §7.4). */
  readonly largestMinSe?: number;
  readonly droppedTags: readonly string[];
  readonly addedTags: readonly string[];
  /** Targets of a redirection not yet tried, in order, and all that were (the first Request-URI included). */
  readonly targetsLeft: readonly string[];
  readonly targetsTried: readonly string[];
  /** The server in use, and all that were tried. */
  readonly server?: string;
  readonly serversTried: readonly string[];
  /** The Security-Server list that was mirrored. */
  readonly securityServer?: readonly string[];
}

/** Before the first attempt's answer. */
export const emptyHistory: History = {
  attempts: 1,
  provisional: 'none',
  taken: {},
  waits: { retryAfter: 0, glare: 0, backoff: 0 },
  answered: [],
  renewed: false,
  droppedTags: [],
  addedTags: [],
  targetsLeft: [],
  targetsTried: [],
  serversTried: [],
};
