// What one call of a SIPp server is given.
import type { Environment } from '../../timing/environment.js';
import type { Endpoint, TransportName } from '../../transport/server-address.js';
import type { SippProgram } from './program.js';
import type { Value } from './variables.js';

/** Where the messages of a call come from and go to. */
export interface Way {
  readonly transport: TransportName;
  readonly local: Endpoint;
  readonly remote: Endpoint;
}

export interface SippCallMeans {
  readonly program: SippProgram;
  readonly callId: string;
  /** Counted from 1. */
  readonly number: number;
  readonly globals: Map<string, Value>;
  readonly environment: Environment;
  /** Milliseconds since the start. */
  readonly now: () => number;
  readonly send: (text: string, way: Way) => void;
  /** In words: `succeeds`, `fails: line 12 expects ACK, BYE came`. */
  readonly tell: (words: string) => void;
}
