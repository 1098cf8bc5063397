// Runs virtual time to the end of a simulation: moment by moment, each to its end, and not for ever.
import { macrotask } from '../timing/macrotask.js';
import type { VirtualClock } from '../timing/virtual-clock.js';
import { ScenarioFault } from './scenario-fault.js';

export interface VirtualRun {
  readonly clock: VirtualClock;
  /** When the scenario says stop, in milliseconds; absent: when nothing more happens. */
  readonly stopAt: number | undefined;
  readonly maxEvents: number;
  /** How many events were noted so far. */
  readonly events: () => number;
  /** Whether everything that the scenario asks for has come to its end. */
  readonly isOver: () => boolean;
  /** Throws what has gone wrong, if anything has. */
  readonly rethrow: () => void;
  /** What goes on and on, in words. */
  readonly culprit: () => string;
}

/** What may follow when every request has ended: repeated responses, timers, a NOTIFY. */
const AFTERMATH_MS = 300_000;

/** Without a `stopAfter`, no simulation is longer. */
const LONGEST_MS = 7 * 86_400_000;

/** @throws ScenarioFault when it would never end, and whatever `rethrow` throws. */
export async function runVirtually(run: VirtualRun): Promise<void> {
  const { clock, stopAt, maxEvents } = run;
  let endsAt = stopAt ?? Infinity;
  for (;;) {
    await macrotask();
    run.rethrow();
    if (run.events() > maxEvents) throw endless(`${maxEvents} events`, run);
    if (stopAt === undefined && endsAt === Infinity && run.isOver()) endsAt = clock.now() + AFTERMATH_MS;
    const next = clock.nextMoment();
    if (next === undefined || next > endsAt) break;
    if (stopAt === undefined && next > LONGEST_MS) throw endless('7 days', run);
    clock.runNext();
  }
  if (stopAt !== undefined) clock.advance(Math.max(0, stopAt - clock.now()));
}

function endless(limit: string, { culprit, stopAt }: VirtualRun): ScenarioFault {
  const expected =
    stopAt === undefined ? 'a scenario that ends, or a stopAfter' : 'an earlier stopAfter, or more maxEvents';
  return new ScenarioFault([], `the scenario has not ended after ${limit}: ${culprit()}`, expected);
}
