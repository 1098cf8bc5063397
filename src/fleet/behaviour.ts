// What a fleet asks of the clients of one cohort, and what they ask of the fleet. Clients are numbers.
import type { Reply } from './message-templates.js';
import type { SendKind } from './tally.js';

/** What a client waited for when nothing was in flight. */
export type Wake =
  /** A logical REGISTER begins. */
  | 'begin'
  /** What held an attempt is over. */
  | 'gate'
  /** The wait within a request is over. */
  | 'resend';

/** The clients of one cohort. Each call is at the moment that the fleet's clock shows. */
export interface Behaviour {
  wake(client: number, why: Wake): void;
  /** A final response came in time. */
  answered(client: number, reply: Reply): void;
  /** Timer F, or the host refused. */
  failed(client: number, how: 'timeout' | 'transportError'): void;
  /** How many of them send nothing more. */
  readonly stopped: number;
}

/** What the clients ask of their fleet. */
export interface FleetHost {
  /** Milliseconds since the run began. */
  readonly now: number;
  /** Chance of this client. */
  random(client: number): number;
  /** Wakes the client later; it waits for nothing else. */
  wakeAt(client: number, moment: number, why: Wake): void;
  /** Sends a REGISTER with credentials for this nonce (-1: none). */
  send(client: number, kind: SendKind, request: SentRegister): void;
}

export interface SentRegister {
  readonly cseq: number;
  readonly nonce: number;
  /** Seconds. */
  readonly expires: number;
}
