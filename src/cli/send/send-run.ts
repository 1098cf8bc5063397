// What one run of `send` works with, and how it can end.
import type { UserAgentClient } from '../../transport/user-agent-client.js';
import type { Io } from '../io.js';
import type { Interruption } from './interruption.js';
import type { SendPlan } from './send-plan.js';
import type { Storyteller } from './storyteller.js';

/** Accepted, gave up, interrupted. Unusable arguments are thrown. */
export type SendStatus = 0 | 1 | 130;

export interface SendRun {
  readonly plan: SendPlan;
  readonly client: UserAgentClient;
  readonly story: Storyteller;
  readonly interruption: Interruption;
  /** Its `ask` waits until everything that came before is printed. */
  readonly io: Io;
}
