// A UAC that is killed with SIGKILL at any moment, again and again, and goes on from its folder against a server that answers
// by chance: nothing is lost, nothing comes early, nothing that may ring twice is sent twice.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/timing/random.js';
import { runLife } from './kill/life.js';
import { scriptedServer } from './kill/scripted-server.js';
import { Witness } from './kill/witness.js';

const UACS = 3;
const KILLS = 15;
const REQUESTS_PER_LIFE = 8;
/** A life that nothing has ended until then is ended by the clock, in milliseconds. */
const LONGEST_LIFE_MS = 700;

let scratch = '';
let program = '';

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sip-retry-kill-'));
  program = join(scratch, 'child.mjs');
  const entryPoints = [join(import.meta.dirname, 'kill', 'child.ts')];
  await build({ entryPoints, outfile: program, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('a UAC that is killed again and again', () => {
  it(`loses nothing and sends nothing early or twice (${UACS * KILLS} kills)`, async () => {
    const witnesses = await Promise.all(Array.from({ length: UACS }, (_, index) => witness(index + 1)));
    expect(witnesses.flatMap(({ faults }) => faults)).toEqual([]);
    const sum = (count: keyof Witness['counts']): number =>
      witnesses.reduce((whole, { counts }) => whole + counts[count], 0);
    // It was put to the test: everything that can go wrong had occasion to.
    expect(sum('kills')).toBe(UACS * KILLS);
    expect(witnesses.reduce((whole, { ended }) => whole + ended.size, 0)).toBeGreaterThan(100);
    expect(sum('resumed')).toBeGreaterThan(200);
    expect(sum('unknown')).toBeGreaterThan(10);
    expect(sum('inLife')).toBeGreaterThan(10);
    expect(sum('acrossKill')).toBeGreaterThan(10);
  }, 40_000);
});

/** All lives of one UAC. The last one ends when every request has. */
async function witness(seed: number): Promise<Witness> {
  const random = seededRandom(seed);
  const folder = join(scratch, `uac-${seed}`);
  mkdirSync(folder);
  const server = await scriptedServer(seed);
  const epoch = performance.timeOrigin + performance.now();
  const seen = new Witness(folder);
  let begun = 0;
  for (let isLast = false; !isLast;) {
    isLast = seen.counts.kills === KILLS;
    const ids = Array.from({ length: isLast ? 0 : REQUESTS_PER_LIFE }, () => `uac${seed}-${(begun += 1)}`);
    const trap = isLast ? undefined : new Trap(random);
    seen.beginLife();
    let heard: Promise<void> = Promise.resolve();
    server.onArrival = (arrival) => {
      seen.note(arrival);
      trap?.note('arrival');
    };
    const end = await runLife(
      program,
      { folder, epoch, ports: server.ports, ids },
      {
        started: (kill) => trap?.arm(kill),
        onLine: (line) => {
          heard = heard.then(arrivals).then(() => seen.hear(line));
          if (line[0] === 'saving' || line[0] === 'removing') trap?.note('write');
          if (line[0] === 'loaded') trap?.startClock();
        },
      },
    );
    trap?.disarm();
    await heard;
    seen.inspect(end);
  }
  seen.conclude();
  return seen;
}

/** What was sent before a line was written lies in the sockets: it comes within the next turns of the loop, and is noted first. */
async function arrivals(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await setImmediate();
}

/** Ends a life: with a message, in the midst of writing a file, or by the clock. */
class Trap {
  readonly #kind: 'arrival' | 'write' | 'clock';
  readonly #longestMs: number;
  #left: number;
  #kill: () => void = () => undefined;
  #clock: ReturnType<typeof setTimeout> | undefined;

  constructor(random: () => number) {
    this.#kind = (['arrival', 'write', 'clock'] as const)[Math.floor(random() * 3)] ?? 'clock';
    this.#longestMs = LONGEST_LIFE_MS * (this.#kind === 'clock' ? random() : 1);
    this.#left = 1 + Math.floor(random() * 50);
  }

  arm(kill: () => void): void {
    this.#kill = kill;
  }

  startClock(): void {
    this.#clock = setTimeout(this.#kill, this.#longestMs);
  }

  note(kind: 'arrival' | 'write'): void {
    if (kind !== this.#kind) return;
    this.#left -= 1;
    if (this.#left === 0) this.#kill();
  }

  disarm(): void {
    clearTimeout(this.#clock);
  }
}
