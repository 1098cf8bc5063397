// What the option `inspect` costs where it is not given, in time of the processor: the library as it is, against a build of it that has no such option.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const ROUNDS = 15;
const REQUESTS = 1_500;

/** Every place where a request asks whether it is inspected, and the same place without the question. */
const PLACES: readonly (readonly [string, string, string])[] = [
  ['machines/retry-actor.ts', 'inspect === undefined ? origin : { ...origin, inspect }', 'origin'],
  ['machines/retry-actor.ts', 'this.#inspect !== undefined || ', ''],
  ['machines/retry-driver.ts', ' && inspect === undefined', ''],
  ['src/uac/driver-options.ts', '...(inspect && { inspect }),', ''],
];

const withoutOption: Plugin = {
  name: 'without-inspect',
  setup(bundler) {
    bundler.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      for (const [file, from, to] of PLACES.filter(([name]) => path.endsWith(`/${name}`))) {
        if (!contents.includes(from)) throw new Error(`${file} no longer says: ${from}`);
        contents = contents.replace(from, to);
      }
      return { contents, loader: 'ts' };
    });
  },
};

const PROGRAM = `
import { accepted, challenged, coreOfAlice, register, tooBrief } from './test/inspect/registration.ts';
import { createUacRequest } from './src/uac/uac-request.ts';
/** Requests that are challenged, corrected and accepted. */
function run(count) {
  for (let number = 0; number < count; number += 1) {
    const request = createUacRequest(register, { core: coreOfAlice() });
    void request.start();
    for (const response of [challenged, tooBrief, accepted]) request.receive(response);
  }
}
run(${REQUESTS});
const before = process.cpuUsage();
run(${REQUESTS});
const { user, system } = process.cpuUsage(before);
console.log((user + system) / ${REQUESTS});
`;

const NAMES = [
  'in a build without the option',
  'in the same build, again',
  'with the option, which is not given',
] as const;

async function built(file: string, plugins: Plugin[]): Promise<string> {
  const resolveDir = join(import.meta.dirname, '..');
  const stdin = { contents: PROGRAM, resolveDir, loader: 'ts' } as const;
  await build({ stdin, bundle: true, format: 'esm', platform: 'node', outfile: file, plugins, logLevel: 'error' });
  return file;
}

function middleOf(all: readonly number[]): number {
  return [...all].sort((one, other) => one - other)[Math.floor(all.length / 2)] ?? 0;
}

const folder = await mkdtemp(join(tmpdir(), 'inspect-off-'));
try {
  const without = await built(join(folder, 'without.mjs'), [withoutOption]);
  const files = [without, without, await built(join(folder, 'with.mjs'), [])] as const;
  const measured = Array.from({ length: ROUNDS }, (_, round) => {
    const costs = [0, 0, 0];
    // Each in a process of its own, and another one first each time.
    for (let turn = 0; turn < files.length; turn += 1) {
      const place = (round + turn) % files.length;
      costs[place] = Number(execFileSync(process.execPath, [files[place] ?? without], { encoding: 'utf8' }));
    }
    return costs;
  });
  for (const [place, name] of NAMES.entries()) {
    const microseconds = middleOf(measured.map((costs) => costs[place] ?? 0));
    const ratio = middleOf(measured.map((costs) => (costs[place] ?? 0) / (costs[0] ?? 1)));
    process.stdout.write(`${microseconds.toFixed(1).padStart(8)} µs  ${ratio.toFixed(3)}  ${name}\n`);
  }
} finally {
  await rm(folder, { recursive: true });
}
