// The messages of the official inspector (`@statelyai/inspect` 0.7), as they go over a wire.

export const OFFICIAL_VERSION = '0.7.2';

interface Common {
  readonly _version: string;
  /** Epoch milliseconds, as text. */
  readonly createdAt: string;
  readonly id: null;
  readonly sessionId: string;
  readonly rootId: string;
}

export interface OfficialActor extends Common {
  readonly type: '@xstate.actor';
  readonly name: string;
  readonly parentId: string | undefined;
  /** The configuration of the machine as JSON. */
  readonly definition: string;
  readonly snapshot: unknown;
}

export interface OfficialEvent extends Common {
  readonly type: '@xstate.event';
  readonly sourceId: string | undefined;
  readonly event: unknown;
}

export interface OfficialSnapshot extends Common {
  readonly type: '@xstate.snapshot';
  readonly event: unknown;
  readonly snapshot: unknown;
}

export type OfficialMessage = OfficialActor | OfficialEvent | OfficialSnapshot;
