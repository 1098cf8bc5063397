// Runs a scenario of a file; what shows only then to be wrong with it is told with its line.
import { ScenarioFault } from '../../simulator/scenario-fault.js';
import { simulate } from '../../simulator/simulate.js';
import type { Inspect } from '../../simulator/inspector.js';
import type { Transcript } from '../../simulator/transcript.js';
import { nameOf } from '../read-octets.js';
import { UnusableInput } from '../unusable-input.js';
import type { UsableScenario } from './scenario-files.js';

/** @throws UnusableInput for a script that ends before the call does, or a scenario that would never end. */
export async function runScenario(
  { scenario, lineOf }: UsableScenario,
  name: string,
  seed: number | undefined,
  inspect?: Inspect,
): Promise<Transcript> {
  try {
    return await simulate(scenario, { ...(seed !== undefined && { seed }), ...(inspect && { inspect }) });
  } catch (cause) {
    if (!(cause instanceof ScenarioFault)) throw cause;
    throw new UnusableInput(nameOf(name), lineOf(cause.path), cause.found, cause.expected);
  }
}
