// simulate(): runs a scenario in virtual time with the machines of a real user agent client, and says what happened.
import type { Inspect } from './inspector.js';
import { requireScenario } from './read-scenario.js';
import type { ScenarioInput } from './scenario.js';
import { ScenarioFault, type ScenarioPath } from './scenario-fault.js';
import { Simulation } from './simulation.js';
import type { Transcript } from './transcript.js';

export interface SimulateOptions {
  /** Instead of the scenario's. */
  readonly seed?: number;
  /** The chance of the UAC, a number of [0, 1) each time: of one client of a fleet, say. Default: by the seed. */
  readonly random?: () => number;
  /** Sees every step of all charts: of requests, transactions, servers, the network. Nothing in it is secret. */
  readonly inspect?: Inspect;
  /** The line of a member of the scenario, for messages. */
  readonly lineOf?: (path: ScenarioPath) => number;
}

/**
 * Runs a scenario. The same scenario and seed give the same transcript, octet for octet.
 *
 * @throws SipRetryError `badScenario` for a scenario that is none, or that cannot be run to its end: a script that ends
 * before the call does, or a simulation that would never end.
 */
export async function simulate(input: ScenarioInput, options: SimulateOptions = {}): Promise<Transcript> {
  const scenario = requireScenario(input);
  const { seed = scenario.seed ?? 1, random, inspect, lineOf } = options;
  try {
    return await new Simulation(scenario, { seed, inspect, random }).run();
  } catch (cause) {
    if (!(cause instanceof ScenarioFault) || lineOf === undefined) throw cause;
    throw new ScenarioFault(cause.path, cause.found, cause.expected, lineOf(cause.path));
  }
}
