// npm run bench: installs what is compared with, runs each benchmark in a process of its own, prints one table of ratios.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';
import { tableOf } from './table.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** One core, garbage collection included: that is what a service pays for. */
const PROGRAMS = [
  ['decide', ['--single-threaded-gc']],
  ['authenticate', ['--single-threaded-gc']],
  ['actor', ['--single-threaded-gc']],
  ['memory', ['--expose-gc', '--max-old-space-size=4096']],
  ['size', []],
  ['read', ['--single-threaded-gc']],
];

const wanted = process.argv.slice(2);
const unknown = wanted.find((one) => PROGRAMS.every(([name]) => name !== one));
if (unknown !== undefined) {
  process.stderr.write(
    `${unknown} is no benchmark; expected ${PROGRAMS.map(([name]) => name).join(', ')}, or nothing for all\n`,
  );
  process.exit(2);
}
if (!existsSync(`${folder}node_modules`)) install();
const results = {};
for (const [name, flags] of PROGRAMS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  results[name] = await run(name, flags);
}

const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
// What the README prints is of one run.
if (wanted.length === 0) writeFileSync(`${folder}results.json`, `${JSON.stringify({ machine, results }, null, 2)}\n`);
process.stdout.write(`\n${tableOf(results, machine)}`);

function install() {
  const { status } = spawnSync('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'], {
    // The table is all that goes to standard output.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('The stacks to compare with could not be installed: npm ci --prefix bench failed.');
}

async function run(name, flags) {
  const program = await bundle(name);
  const { status, stdout } = spawnSync(process.execPath, [...flags, program], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error(`The benchmark ${name} failed.`);
  return JSON.parse(stdout);
}
