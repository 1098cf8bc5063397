// A scenario for the inspector: it runs in virtual time at once, and is told at once or at a pace.
import { resolve } from 'node:path';
import type { Inspector } from '../../inspect/index.js';
import { SimulatedFlow, type Happening } from '../../inspect/recorder/simulated-flow.js';
import { policyOf } from '../../simulator/client-of.js';
import { rfcPolicy } from '../../policy/table/index.js';
import { systemClock } from '../../timing/clock.js';
import type { Io } from '../io.js';
import { isFolder } from '../out/out-place.js';
import { nameOf } from '../read-octets.js';
import { runScenario } from '../simulate/run-scenario.js';
import { scenariosAt } from '../simulate/scenario-files.js';
import { UnusableInput } from '../unusable-input.js';
import type { Interrupting } from './inspect-command.js';

export interface ReadFlow {
  readonly name: string;
  readonly happenings: readonly Happening[];
}

/** @throws UnusableInput */
export async function readFlow(path: string, seed: number | undefined, io: Io): Promise<ReadFlow> {
  if (path !== '-' && (await isFolder(resolve(io.cwd, path)))) throw oneExpected(path);
  const [file] = await scenariosAt([path], io);
  if (file === undefined) throw oneExpected(path);
  const read = await file.read();
  const flow = new SimulatedFlow();
  const transcript = await runScenario(read, file.name, seed, flow.inspect);
  const policy = policyOf(read.scenario.uac ?? {}) ?? rfcPolicy;
  return { name: transcript.name, happenings: flow.of(transcript, policy) };
}

function oneExpected(path: string): UnusableInput {
  return new UnusableInput(nameOf(path), undefined, 'it is a folder', 'one scenario');
}

/** Tells everything, each thing when its moment has come; at once where no pace is given. */
export async function tellFlow(
  { happenings }: ReadFlow,
  inspector: Inspector,
  pace: number | undefined,
  interruption: Interrupting,
): Promise<void> {
  const clock = systemClock();
  const startedAt = clock.now();
  const [first] = happenings;
  for (const happening of happenings) {
    const moment = pace === undefined ? startedAt : startedAt + (happening.at - (first?.at ?? 0)) / pace;
    if (moment > clock.now()) await Promise.race([reached(moment), interruption.come]);
    if (interruption.hasCome) return;
    if ('event' in happening) inspector.inspect(happening.event);
    else inspector.tell(happening.entry);
  }

  function reached(moment: number): Promise<void> {
    return new Promise((resolve) => void clock.at(moment, resolve));
  }
}
