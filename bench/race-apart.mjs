// A race in which every rival has a process to itself, as in a program that uses one stack: the compiler sees one rival's
// calls only. The processes take turns, so that the machine's moods hit all alike.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rounds, summaryOf, timeOf, warmUp } from './measure.mjs';

const RIVAL = 'BENCH_RIVAL';

/**
 * Races functions by name; the program calls this with the same names in each of its processes.
 * @param rivals by name, what makes the function that takes the number of the call
 * @returns by name: best and median nanoseconds a call, and the noise; undefined in the process of a rival
 */
export async function raceApart(rivals) {
  const own = process.env[RIVAL];
  if (own !== undefined) return void takeTurns(rivals[own]());
  const runners = Object.keys(rivals).map((name) => ({ name, child: childFor(name), times: [] }));
  // Twice, so that nobody is measured while others still are compiled.
  for (let turn = 0; turn < 2; turn += 1) for (const { child } of runners) await ask(child, 'warm up');
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < runners.length; turn += 1) {
      const { child, times } = runners[(turn + round) % runners.length];
      times.push(await ask(child, 'turn'));
    }
  }
  for (const { child } of runners) child.disconnect();
  return Object.fromEntries(runners.map(({ name, times }) => [name, summaryOf(times)]));
}

function childFor(name) {
  return fork(process.argv[1], {
    env: { ...process.env, [RIVAL]: name },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

async function ask(child, what) {
  // What is not heard any more is taken off again: there are many rounds.
  const asked = new AbortController();
  const { signal } = asked;
  child.send(what);
  try {
    const [nanoseconds] = await Promise.race([once(child, 'message', { signal }), departure(child, signal)]);
    return nanoseconds;
  } finally {
    asked.abort();
  }
}

async function departure(child, signal) {
  await once(child, 'exit', { signal });
  throw new Error('A rival has left the race.');
}

function takeTurns(run) {
  let calls = 0;
  process.on('message', (what) => {
    if (what === 'warm up') calls = warmUp(run);
    process.send(timeOf(run, calls) / calls);
  });
}
