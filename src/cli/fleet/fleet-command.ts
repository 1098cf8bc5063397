// One run of `sip-retry fleet`: read, run with a progress bar, print, write.
import { beginFleet, type FleetResult, type FleetSimulation } from '../../fleet/index.js';
import { textOf } from '../../sip/octets.js';
import type { Io } from '../io.js';
import { requireOutFolder } from '../out/out-place.js';
import { writeWhole } from '../out/write-whole.js';
import { paletteFor } from '../palette.js';
import { MOST_YAML_OCTETS, nameOf, readOctets } from '../read-octets.js';
import { FleetProgress } from './fleet-progress.js';
import { readFleet } from './read-fleet.js';
import { summaryInWords } from './summary-in-words.js';

export interface FleetOptions {
  readonly out?: string;
  readonly seed?: number;
  readonly json?: boolean;
}

/** Events between two looks at the clock and at Ctrl-C. */
const EVENTS = 20_000;

/** @returns 130 when Ctrl-C has stopped it; what was simulated until then is printed and written all the same. */
export async function fleetCommand(file: string, { out, seed, json }: FleetOptions, io: Io): Promise<0 | 130> {
  const octets = await readOctets(file, io, 'a file with a fleet as YAML or JSON', MOST_YAML_OCTETS);
  const plan = readFleet(textOf(octets).replace(/^\uFEFF/, ''), nameOf(file), seed);
  // A folder that cannot be written to is better known before the run than after it.
  const places = out === undefined ? [] : await requireOutFolder(out, Object.keys(FILES), io);

  const run = beginFleet(plan);
  const isStopped = await runToEnd(run, io);
  const result = run.result();
  io.stdout.write(json === true ? `${JSON.stringify(result.summary)}\n` : summaryInWords(result.summary, io));
  if (out !== undefined) {
    await writeWhole(
      Object.values(FILES).flatMap((partsOf, index) => {
        const place = places[index];
        return place === undefined ? [] : [{ place, parts: () => partsOf(result) }];
      }),
    );
    if (json !== true) io.stdout.write(`\nwritten: ${places.map(({ path }) => path).join(', ')}\n`);
  }
  if (!isStopped) return 0;
  const { yellow } = paletteFor(io.stderr, io);
  io.stderr.write(
    `${yellow('stopped')} at ${hoursOf(run.now)} of ${hoursOf(plan.untilMs)}: these are the results until then\n`,
  );
  return 130;
}

/** What stands in the folder of --out. */
const FILES: Readonly<Record<string, (result: FleetResult) => Iterable<string>>> = {
  'fleet.html': (result) => [result.html()],
  'fleet.svg': (result) => [result.svg()],
  'fleet.csv': (result) => result.csv(),
  'fleet.json': ({ summary }) => [`${JSON.stringify(summary, null, 2)}\n`],
};

/** True when Ctrl-C came first. */
async function runToEnd(run: FleetSimulation, io: Io): Promise<boolean> {
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
