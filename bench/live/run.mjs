// npm run bench:live: a thousand registrations at once against a registrar that fails in many ways, and SIPp beside it.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { figuresOf, mediansOf, weightOf } from './figures.mjs';
import { faultsOf, rightOf } from './judge.mjs';
import { registerOurs, registerSipp } from './register.mjs';
import { sippVersion } from './sipp.mjs';
import { tableOf } from './table.mjs';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    details: { type: 'boolean', default: false },
  },
});
const count = Number(values.count);
const rounds = Number(values.rounds);
const sipp = sippVersion();
const faults = [];
const details = {};

const runs = new Map();
for (let round = 0; round < rounds; round += 1) {
  for (const transport of ['udp', 'tcp']) {
    for (const client of ['mixed', 'plain', 'SIPp']) await measure(client, transport, round);
  }
}
const columns = ['mixed', 'plain', 'SIPp'].flatMap((client) =>
  ['UDP', 'TCP']
    .map((transport) => `${client} ${transport}`)
    .filter((name) => runs.has(name))
    .map((name) => [name, mediansOf(runs.get(name))]),
);
const weighed = columns.filter(([name]) => name.startsWith('plain'));
for (const [name, figures] of weighed) Object.assign(figures, await weigh(name.endsWith('UDP') ? 'udp' : 'tcp'));

const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
const about = { ...machine, count, seed: Number(values.seed), rounds, sipp };
if (values.json) {
  const found = { about, runs: Object.fromEntries(columns), faults, ...(values.details ? { details } : {}) };
  process.stdout.write(`${JSON.stringify(found, null, values.details ? 0 : 2)}\n`);
} else process.stdout.write(`\n${tableOf(columns, about)}`);
for (const fault of faults.slice(0, 20)) process.stderr.write(`WRONG: ${fault}\n`);
if (faults.length > 20) process.stderr.write(`… and ${faults.length - 20} more\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function measure(client, transport, round) {
  const name = `${client} ${transport.toUpperCase()}`;
  if (values.only !== undefined && !values.only.includes(name)) return;
  if (client === 'SIPp' && sipp === undefined) return;
  process.stderr.write(`${name}, round ${round + 1} …\n`);
  const what = { transport, count, seed: Number(values.seed) + round };
  const run = client === 'SIPp' ? await registerSipp(what) : await registerOurs({ ...what, mix: client });
  const found = faultsOf(run, what);
  faults.push(...found.map((fault) => `${name}: ${fault}`));
  runs.set(name, [...(runs.get(name) ?? []), figuresOf(run, rightOf(run, found, count))]);
  if (values.details) details[name] = run;
}

/** Memory, in a run of its own: collecting the garbage takes time. */
async function weigh(transport) {
  process.stderr.write(`weighing ${transport.toUpperCase()} …\n`);
  return weightOf(await registerOurs({ transport, count, seed: 1, mix: 'plain', weighs: true }));
}
