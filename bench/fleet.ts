// What a client of a fleet costs, from 1,000 to 1,000,000 of them: `npm run bench:fleet [-- COUNT …]`, each in a process of its own.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { FleetRun } from '../src/fleet/fleet-run.js';
import type { CohortPlan, FleetPlan } from '../src/fleet/index.js';
import { defaultLimits } from '../src/policy/limits.js';
import { rfcPolicy } from '../src/policy/table/index.js';

const HOUR = 3_600_000;
const COUNTS = [1_000, 10_000, 100_000, 1_000_000];

/** What one run cost. */
interface Cost {
  readonly clients: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly decisions: number;
  readonly requests: number;
  readonly megabytes: number;
}

/** An hour without a registrar, as the reference run has it: a tenth of habits, and a few who try at once. */
function planFor(clients: number): FleetPlan {
  const cohort = (name: string, behaviour: CohortPlan['behaviour'], count: number, retryMs: number): CohortPlan => ({
    name,
    count,
    behaviour,
    start: { atMs: 0, overMs: HOUR },
    expires: 3_600,
    hasPassword: true,
    retryMs,
    refreshAt: 0.9,
    policy: rfcPolicy,
    limits: defaultLimits,
  });
  const forgets = { bindings: false, nonces: false };
  return {
    name: `${clients} clients`,
    seed: 1,
    untilMs: 4 * HOUR,
    network: { transport: 'UDP', latencyMs: 20 },
    registrars: [
      {
        name: 'registrar',
        perSecond: clients / 100,
        queue: clients / 50,
        whenFull: 'drop',
        challenges: true,
        nonceLifetimeMs: 300_000,
        saysStale: true,
        mostExpires: 3_600,
        outages: [{ fromMs: HOUR, forMs: HOUR, answer: 'silent', forgets }],
      },
    ],
    cohorts: [
      cohort('standard', 'standard', clients, 60_000),
      cohort('fixed interval', 'fixedInterval', clients / 10, 60_000),
      cohort('immediate retry', 'immediateRetry', Math.min(100, clients / 10), 100),
    ],
  };
}

function measure(clients: number): Cost {
  const began = performance.now();
  // Not what it takes to load the program.
  const loaded = process.cpuUsage();
  const run = new FleetRun(planFor(clients));
  run.advance(Infinity);
  const { user, system } = process.cpuUsage(loaded);
  const count = (what: 'accepted' | 'challenged' | 'refused' | 'unanswered'): number =>
    run.tally.of(what, 0).reduce((sum, one) => sum + one, 0);
  return {
    clients,
    seconds: (performance.now() - began) / 1_000,
    cpuSeconds: (user + system) / 1e6,
    // Each ending of an attempt of a standard client is decided on.
    decisions: count('accepted') + count('challenged') + count('refused') + count('unanswered'),
    requests: run.events,
    // The system counts in units of 1024 octets.
    megabytes: process.resourceUsage().maxRSS / 1_024,
  };
}

function rowOf({ clients, seconds, cpuSeconds, decisions, megabytes }: Cost): string {
  const cells = [
    clients.toLocaleString('en-US'),
    (decisions / clients).toFixed(1),
    seconds.toFixed(1),
    cpuSeconds.toFixed(1),
    ((1e6 * cpuSeconds) / clients).toFixed(0),
    ((1e6 * cpuSeconds) / decisions).toFixed(1),
    megabytes.toFixed(0),
    ((1_024 * megabytes) / clients).toFixed(2),
  ];
  return cells.map((cell) => cell.padStart(16)).join('');
}

const HEADS = [
  'clients',
  'decisions/client',
  's',
  's of CPU',
  'µs of CPU/client',
  'µs/decision',
  'MB at most',
  'kB/client',
];

const [alone, ...others] = process.argv.slice(2);
if (alone === '--one') {
  process.stdout.write(JSON.stringify(measure(Number(others[0]))));
} else {
  const counts = [alone, ...others].filter((count) => count !== undefined).map(Number);
  process.stdout.write(`${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, Node ${process.version}\n`);
  process.stdout.write(`${HEADS.map((head) => head.padStart(16)).join('')}\n`);
  for (const clients of counts.length > 0 ? counts : COUNTS) {
    const self = fileURLToPath(import.meta.url);
    const { stdout, status, stderr } = spawnSync(process.execPath, [
      ...process.execArgv,
      self,
      '--one',
      String(clients),
    ]);
    if (status !== 0) throw new Error(stderr.toString());
    process.stdout.write(`${rowOf(JSON.parse(stdout.toString()) as Cost)}\n`);
  }
}
