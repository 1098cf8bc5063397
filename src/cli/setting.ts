// Everything of a conversation that is not in its messages.
import type { Keyring } from '../digest/keyring.js';
import type { Client } from '../policy/facts.js';
import type { Limits } from '../policy/limits.js';
import type { RetryPolicy } from '../policy/rule.js';
import type { Answers } from './answers.js';

/** What the client is and knows, and where its chance and time come from. */
export interface Setting {
  readonly policy: RetryPolicy;
  readonly limits: Limits;
  readonly client: Client;
  readonly answers: Answers;
  /** Absent: nobody has said which credentials there are. */
  readonly keyring?: Keyring | undefined;
  readonly random: () => number;
  readonly token: () => string;
  /** Epoch milliseconds at which the given request was sent. */
  readonly startedAt: number;
}
