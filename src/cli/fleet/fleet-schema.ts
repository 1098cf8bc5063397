// A fleet as it is written: YAML or JSON, checked here member by member.
import { z } from 'zod';
import { complaintOf } from '../../policy/defect.js';
import { limitDefects } from '../../policy/set-limits.js';
import { parsePolicy } from '../../policy/parse-policy.js';
import { duration } from '../../simulator/schema/duration.js';

/** More would not fit into the memory of a small machine. */
export const MOST_CLIENTS = 5_000_000;
/** As many colours as can be told apart. */
export const MOST_COHORTS = 6;
const LONGEST_RUN_MS = 30 * 86_400_000;

const name = z.string().regex(/^[^\0\r\n]{1,60}$/, 'Invalid name: use one line of 1 to 60 characters');
const positive = duration.refine((ms) => ms > 0, 'Invalid duration: use one above 0');

const retryAfter = z
  .union([duration, z.strictObject({ from: duration, to: duration })])
  .transform((written) => {
    const { from, to } = typeof written === 'number' ? { from: written, to: written } : written;
    return { least: Math.ceil(from / 1_000), most: Math.max(Math.ceil(from / 1_000), Math.floor(to / 1_000)) };
  })
  .describe('Retry-After of each 503: one time, or chosen by chance between two. Whole seconds. Absent: none.');

const outage = z.strictObject({
  from: duration.describe('When it begins, from the beginning of the run.'),
  for: positive.describe('How long it takes.'),
  answer: z
    .enum(['silent', 'refused', 'unavailable'])
    .default('silent')
    .describe('Nothing comes back, the host refuses (ICMP, RST), or something before it answers 503.'),
  retryAfter: retryAfter.exactOptional(),
  forgets: z
    .array(z.enum(['bindings', 'nonces']))
    .default([])
    .describe('What is lost: a restart forgets nonces, and bindings that are kept in memory alone.'),
});

const registrar = z.strictObject({
  name: name.default('registrar').describe('What it is called.'),
  perSecond: z.number().min(0.001).max(1e9).describe('Requests that it answers in a second.'),
  queue: z
    .int()
    .min(0)
    .max(1e9)
    .describe('Requests that may wait for that. Absent: as many as in two seconds.')
    .exactOptional(),
  whenFull: z
    .enum(['drop', 'refuse', 'control'])
    .default('drop')
    .describe(
      'What happens to a request that finds the queue full: nothing, 503, or 503 and overload control (RFC 7339).',
    ),
  retryAfter: retryAfter.exactOptional(),
  challenges: z.boolean().default(true).describe('Whether it asks for Digest credentials (RFC 3261 §22).'),
  nonceLifetime: positive.default(300_000).describe('How long a nonce can be used.'),
  saysStale: z
    .boolean()
    .default(true)
    .describe('Whether an expired nonce draws stale=true; many registrars leave it out.'),
  mostExpires: positive.default(3_600_000).describe('The longest interval that it grants.'),
  outages: z.array(outage).default([]).describe('When it does not work, in order.'),
});

/** Each defect of a policy, or of limits, becomes an issue at the path where it is. */
const policy = z.unknown().superRefine((value, context) => {
  const parsed = parsePolicy(value);
  if (parsed.ok) return;
  for (const defect of parsed.defects) {
    context.addIssue({ code: 'custom', message: complaintOf(defect), path: [defect.path], input: value });
  }
});

const limits = z.record(z.string(), z.unknown()).superRefine((value, context) => {
  for (const defect of limitDefects(value)) {
    context.addIssue({ code: 'custom', message: complaintOf(defect), path: [defect.path], input: value });
  }
});

const clients = z.strictObject({
  name: name.describe('What they are called in the results.'),
  count: z.int().min(1).max(MOST_CLIENTS).describe('How many.'),
  behaviour: z
    .enum(['standard', 'fixedInterval', 'immediateRetry'])
    .default('standard')
    .describe(
      'By the rules of keepRegistered; or a habit of clients in use: after any failure again after the same time, whatever was asked of them, or nearly at once.',
    ),
  start: z
    .strictObject({ at: duration.default(0), over: duration.default(0) })
    .default({ at: 0, over: 0 })
    .describe('When they begin: each by chance within `over` from `at` on.'),
  expires: positive.default(3_600_000).describe('The interval that they ask for.'),
  password: z.enum(['right', 'wrong']).default('right').describe('Whether their password is right.'),
  retry: positive
    .describe('Of a habit: the wait after a failure. Default: 60 s for fixedInterval, 100 ms for immediateRetry.')
    .exactOptional(),
  refreshAt: z
    .number()
    .min(0.01)
    .max(1)
    .describe('Of a habit: the part of the granted interval after which it refreshes. Default: 0.9.')
    .exactOptional(),
  policy: policy.describe('Of standard clients: the policy table, as schema/policy.schema.json says.').exactOptional(),
  limits: limits
    .describe('Of standard clients: bounds on one request; absent ones keep their default.')
    .exactOptional(),
});

/** A fleet. Unknown keys are refused. */
export const fleetSchema = z.strictObject({
  $schema: z.string().describe('Where an editor finds the schema of this file. Not looked at.').exactOptional(),
  name: name.describe('What the run is called.'),
  seed: z.int().min(0).max(4_294_967_295).default(1).describe('The same seed gives the same run.'),
  until: positive
    .refine((ms) => ms <= LONGEST_RUN_MS, 'Invalid duration: use one of up to 30 d')
    .describe('When the run ends.'),
  network: z
    .strictObject({
      transport: z.enum(['UDP', 'TCP']).default('UDP').describe('UDP retransmits (RFC 3261 §17.1.2.2), TCP does not.'),
      latency: duration.default(20).describe('One way.'),
    })
    .default({ transport: 'UDP', latency: 20 })
    .describe('What is between clients and registrars.'),
  registrars: z.array(registrar).min(1).max(64).describe('Clients are dealt out to them in turn.'),
  clients: z.array(clients).min(1).max(MOST_COHORTS).describe('Who registers.'),
});

/** What is written, with its defaults. */
export type WrittenFleet = z.output<typeof fleetSchema>;
