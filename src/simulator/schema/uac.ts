// The user agent client, as a scenario writes it.
import { z } from 'zod';
import { complaintOf } from '../../policy/defect.js';
import { limitDefects } from '../../policy/set-limits.js';
import { parsePolicy } from '../../policy/parse-policy.js';
import { duration } from './duration.js';
import { host, line, port, sipUri } from './message-parts.js';
import type { Readonlys } from './readonly.js';

const credential = z.strictObject({
  realm: line.describe('The realm that these are for. Absent: any realm.').exactOptional(),
  username: line.min(1).describe('The user name.'),
  password: z.string().min(1).describe('The password. Never part of a transcript.'),
});

/** Each defect of the policy becomes an issue at the path where it is. */
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

const timers = z.strictObject({
  t1: duration.describe('An estimate of the round-trip time. Default: 500 ms.').exactOptional(),
  t2: duration.describe('The longest interval between retransmissions. Default: 4 s.').exactOptional(),
  t4: duration.describe('How long a message stays in the network. Default: 5 s.').exactOptional(),
});

export const uac = z.strictObject({
  host: host.describe('Its numeric address. Default: 198.51.100.7.').exactOptional(),
  port: port.describe('Its port. Default: 5060.').exactOptional(),
  credentials: z.array(credential).describe('What challenges are answered with (RFC 3261 §22).').exactOptional(),
  supported: z.array(line.min(1)).describe('The option-tags that it implements.').exactOptional(),
  limits: limits.describe('Bounds on one request; absent ones keep their default.').exactOptional(),
  policy: policy.describe('The policy table, as schema/policy.schema.json says.').exactOptional(),
  outboundProxy: sipUri.describe('A proxy that every request goes through.').exactOptional(),
  servers: z.array(sipUri).min(1).describe('The server set, instead of what DNS says.').exactOptional(),
  redial: z
    .union([z.boolean(), z.literal('sameCallId')])
    .describe('Whether a call that was refused with 404, 600 or 603 is repeated when Retry-After says when.')
    .exactOptional(),
  refuseMd5: z.boolean().describe('Leave MD5 challenges unanswered (RFC 8760 §3).').exactOptional(),
  shorterUri: sipUri.describe('A shorter URI for the same resource, for a 414.').exactOptional(),
  acceptable: z.array(line.min(1)).describe('Media types that it could accept beyond its Accept.').exactOptional(),
  securityMechanisms: z.array(line.min(1)).describe('Mechanisms of RFC 3329 that it implements.').exactOptional(),
  timers: timers.describe('The timers of its transactions (RFC 3261 §17).').exactOptional(),
});

export type WrittenUac = Readonlys<z.output<typeof uac>>;
