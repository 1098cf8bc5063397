// One run of `sip-retry fleet`: read, run with a progress bar, print, write.
import { resultOf, FleetRun } from '../../fleet/index.js';
import { textOf } from '../../sip/octets.js';
import type { Io } from '../io.js';
import { paletteFor } from '../palette.js';
import { nameOf, readOctets } from '../read-octets.js';
import { FleetProgress } from './fleet-progress.js';
import { readFleet } from './read-fleet.js';
import { summaryInWords } from './summary-in-words.js';
import { requireFolder, writeResult } from './write-result.js';

export interface FleetOptions {
  readonly out?: string;
  readonly seed?: number;
  readonly json?: boolean;
}

/** Events between two looks at the clock and at Ctrl-C. */
const EVENTS = 20_000;

/** @returns 130 when Ctrl-C has stopped it; what was simulated until then is printed and written all the same. */
export async function fleetCommand(file: string, { out, seed, json }: FleetOptions, io: Io): Promise<0 | 130> {
  const octets = await readOctets(file, io, 'a file with a fleet as YAML or JSON');
  const plan = readFleet(textOf(octets).replace(/^\uFEFF/, ''), nameOf(file), seed);
  // A folder that cannot be written to is better known before the run than after it.
  const folder = out === undefined ? undefined : await requireFolder(out, io);

  const run = new FleetRun(plan);
  const isStopped = await runToEnd(run, io);
  const result = resultOf(run);
  io.stdout.write(json === true ? `${JSON.stringify(result.summary)}\n` : summaryInWords(result.summary, io));
  if (folder !== undefined) {
    const written = await writeResult(result, folder);
    if (json !== true) io.stdout.write(`\nwritten: ${written.join(', ')}\n`);
  }
  if (!isStopped) return 0;
  const { yellow } = paletteFor(io.stderr, io);
  io.stderr.write(
    `${yellow('stopped')} at ${hoursOf(run.now)} of ${hoursOf(plan.untilMs)}: these are the results until then\n`,
  );
  return 130;
}

/** True when Ctrl-C came first. */
async function runToEnd(run: FleetRun, io: Io): Promise<boolean> {
  let isStopped = false;
  const forget = io.onInterrupt(() => {
    isStopped = true;
  });
  const progress = new FleetProgress(io, run.plan.untilMs);
  try {
    while (!isStopped && run.advance(EVENTS)) {
      progress.show(run.now);
      // Signals and the terminal get their turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    progress.stop();
    forget();
  }
  return !run.isOver;
}

function hoursOf(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')} h`;
}
