// What the requests of one UAC share: credentials, limits, what is known of servers, and lines.
import { OverloadControl, type OverloadControlOptions } from '../budget/overload-control.js';
import { RetryBudget, type RetryBudgetOptions } from '../budget/retry-budget.js';
import { ServerHealth, type ServerHealthOptions } from '../budget/server-health.js';
import type { Keyring, KeyringOptions } from '../digest/keyring.js';
import type { Limits } from '../policy/limits.js';
import { withLimits } from '../policy/set-limits.js';
import { systemEnvironment, type Environment } from '../timing/environment.js';
import { CeilingQueue } from './ceiling-queue.js';
import { Keyrings } from './keyrings.js';
import { LearnedStore } from './learned.js';
import { inviteLine, type DialogId } from './line-of.js';
import { Lines } from './lines.js';
import { ServerWatch } from './server-watch.js';
import { requireCoreOptions } from './uac-shape.js';

export interface UacCoreOptions {
  /** Default: the clock of the system, and chance of its own. */
  readonly environment?: Environment;
  /** Credentials with what earlier requests learned of them. */
  readonly keyring?: Keyring;
  /** Instead of `keyring`. What a provider that fails leads to, `DriveRetryOptions.credentials` tells. */
  readonly credentials?: NonNullable<KeyringOptions['credentials']>;
  /** Changes to the default limits. The ceiling is that of the core; the others are where a request sets none. */
  readonly limits?: Partial<Limits>;
  readonly retryBudget?: RetryBudgetOptions;
  readonly serverHealth?: ServerHealthOptions;
  readonly overloadControl?: OverloadControlOptions;
  /** Begin with every allowance under the ceiling used up: nobody knows what went out just before. Default: false. */
  readonly restarted?: boolean;
}

/** What the requests of one UAC share. The bounds hold over all of them. */
export interface UacCore {
  readonly environment: Environment;
  readonly keyring: Keyring;
  readonly keyrings: Keyrings;
  readonly limits: Limits;
  readonly ceilings: CeilingQueue;
  readonly retryBudget: RetryBudget;
  readonly health: ServerHealth;
  readonly overload: OverloadControl;
  readonly servers: ServerWatch;
  readonly lines: Lines;
  readonly learned: LearnedStore;
  /** The peer has begun an INVITE in this dialog; ours wait until the function that comes back is called (RFC 3261 §14.1). */
  noteIncomingInvite(dialog: DialogId): () => void;
}

/**
 * A core of its own. Requests without one share the core of their environment, so that the bounds hold over all of them.
 * @throws SipRetryError `badOptions`, `badCredentials`, `badLimits`
 */
export function createUacCore(options: UacCoreOptions = {}): UacCore {
  requireCoreOptions(options);
  const { environment = systemEnvironment(), restarted = false } = options;
  const limits = withLimits(options.limits ?? {});
  const keyrings = new Keyrings();
  const health = new ServerHealth(environment, options.serverHealth);
  const overload = new OverloadControl(environment, options.overloadControl);
  const lines = new Lines(environment.clock);
  return {
    environment,
    keyring: keyrings.choose(options),
    keyrings,
    limits,
    ceilings: new CeilingQueue(environment, limits, restarted),
    retryBudget: new RetryBudget(environment.clock, options.retryBudget),
    health,
    overload,
    servers: new ServerWatch(environment, health, overload),
    lines,
    learned: new LearnedStore(),
    noteIncomingInvite: (dialog) => lines.occupy(inviteLine(dialog)),
  };
}

/** The core that requests of this environment share when they name none; of the program, when they name no environment. */
export function coreOf(environment: Environment = programEnvironment()): UacCore {
  const known = cores.get(environment);
  if (known !== undefined) return known;
  const core = createUacCore({ environment });
  cores.set(environment, core);
  return core;
}

const cores = new WeakMap<Environment, UacCore>();

let ofProgram: Environment | undefined;

function programEnvironment(): Environment {
  ofProgram ??= systemEnvironment();
  return ofProgram;
}
