// How things are measured: all rivals in one process, in rounds that take turns, so that the machine's moods hit all alike.

/** Milliseconds of one turn, and how many rounds there are. `BENCH_ROUNDS` and `BENCH_TURN_MS` change them. */
export const rounds = Number(process.env.BENCH_ROUNDS ?? 15);
export const turnMs = Number(process.env.BENCH_TURN_MS ?? 150);

let sink = 0;

/**
 * Races functions that take the number of the call and return something that cannot be left out.
 * @returns by name: best and median nanoseconds a call, and the noise (half the interquartile range over the median).
 */
export function race(rivals) {
  // Twice, so that nobody is compiled for good while the others have not been seen: being first must be no handicap.
  for (const run of Object.values(rivals)) warmUp(run);
  const runners = Object.entries(rivals).map(([name, run]) => ({ name, run, calls: warmUp(run), times: [] }));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < runners.length; turn += 1) {
      const runner = runners[(turn + round) % runners.length];
      runner.times.push(timeOf(runner.run, runner.calls) / runner.calls);
    }
  }
  return Object.fromEntries(runners.map(({ name, times }) => [name, summaryOf(times)]));
}

/** Best, median and noise of a list of measurements. */
export function summaryOf(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (part) => sorted[Math.round(part * (sorted.length - 1))];
  return { best: sorted[0], median: at(0.5), noise: (at(0.75) - at(0.25)) / 2 / at(0.5) };
}

/** Prints what a program found, for `run.mjs` to collect. */
export function report(results) {
  process.stdout.write(`${JSON.stringify({ ...results, sink: sink === 0.5 })}\n`);
}

/**
 * Nanoseconds of processor time for this many calls: of all threads, so that collecting the garbage counts, but not of
 * what other programs did meanwhile.
 */
export function timeOf(run, calls) {
  let seen = 0;
  const start = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) seen += weigh(run(call));
  const { user, system } = process.cpuUsage(start);
  sink += seen;
  return (user + system) * 1000;
}

/** Lets the compiler see the function often, and finds how many calls fill a turn. */
export function warmUp(run) {
  let calls = 16;
  for (let spent = 0, time = 0; spent < 4 * turnMs * 1e6; spent += time) {
    time = timeOf(run, calls);
    if (time < (turnMs * 1e6) / 2) calls *= 2;
  }
  return Math.max(16, Math.round((calls * turnMs * 1e6) / timeOf(run, calls)));
}

/** A text is looked into, so that nobody profits from pieces that were never put together. */
function weigh(result) {
  if (typeof result === 'string') return result.charCodeAt(result.length >> 1);
  return typeof result === 'number' ? result : 1;
}
