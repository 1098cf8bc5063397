// The shape of the file that `--config` names: the library's own options, as JSON.
import { z } from 'zod';
import { Secret } from '../digest/secret.js';
import { complaintOf } from '../policy/defect.js';
import type { Limits } from '../policy/limits.js';
import { parsePolicy } from '../policy/parse-policy.js';

const text = z.string().min(1);
/** It goes into a header field: a line break would end that. */
const line = z.string().regex(/^[^\0\r\n]*$/, 'Invalid text: use one line');
const count = (least: number) => z.int().min(least);
const milliseconds = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
// No flags: a pattern of JSON Schema has none.
const sipUri = z
  .string()
  .regex(/^[sS][iI][pP][sS]?:[^\s<>]+$/, 'Invalid SIP URI: use sip:host, sips:host or sip:host:port');
/** Wrapped at once, so that no later message, state or log can print it. */
const secretText = z.string().transform((plain) => new Secret(plain));

const account = {
  realm: line
    .describe('The realm that these credentials are for, as it reads in the challenge. Absent: any realm.')
    .exactOptional(),
  username: line.min(1).describe('The user name that the server knows.'),
};

const withPassword = z.strictObject({
  ...account,
  password: secretText.describe('The password. Never printed and never part of an answer.'),
});

const withHa1 = z.strictObject({
  ...account,
  ha1: z
    .string()
    .regex(/^(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{64})$/, 'Invalid HA1: use 32 hexadecimal digits (MD5) or 64 (SHA-256)')
    .transform((digits) => new Secret(digits))
    .describe(
      'The hash of user name, realm and password (RFC 7616 §3.4.2): 32 hexadecimal digits are MD5, 64 SHA-256.',
    ),
  ha1Algorithm: z
    .enum(['MD5', 'SHA-256', 'SHA-512-256'])
    .describe('The hash function of the HA1. Absent: by its length.')
    .exactOptional(),
});

const maxWait = z.union([
  milliseconds,
  z
    .object({ default: milliseconds.describe('For methods without a number of their own.') })
    .catchall(milliseconds)
    .refine((byMethod) => Object.keys(byMethod).every((name) => name === 'default' || name === name.toUpperCase()), {
      error: 'Invalid method: use methods in capital letters, such as INVITE',
    }),
]);

const limits = {
  maxAttempts: count(1).describe('Client transactions for one request, the first included.').exactOptional(),
  maxRoundsPerRealm: count(1)
    .describe('Answers to a challenge of one realm without stale=true (RFC 3261 §22.1).')
    .exactOptional(),
  maxStale: count(0).describe('Answers to stale=true for one realm.').exactOptional(),
  maxElapsedMs: milliseconds
    .describe('Milliseconds from the first attempt to the last. Absent: no limit.')
    .exactOptional(),
  maxWaitMs: maxWait
    .describe('The longest wait in milliseconds: one number, or an object of numbers by method with a "default".')
    .exactOptional(),
  minWaitMs: milliseconds.describe('A shorter Retry-After is waited for this long, in milliseconds.').exactOptional(),
  spread: z
    .number()
    .min(0)
    .max(1)
    .describe('The part of a Retry-After, from 0 to 1, that is added by chance.')
    .exactOptional(),
  maxSpreadMs: milliseconds.describe('The most that the spread may add, in milliseconds.').exactOptional(),
  maxIntervalSeconds: count(1)
    .describe('The longest interval accepted from Min-Expires or Min-SE, in seconds.')
    .exactOptional(),
  maxRaises: count(0).describe('How often an interval is raised.').exactOptional(),
  maxGlareRounds: count(0).describe('How often a 491 is waited for (RFC 3261 §14.1).').exactOptional(),
  maxRedirects: count(0).describe('How many targets of a redirection are tried (RFC 3261 §8.1.3.4).').exactOptional(),
  askMs: milliseconds.describe('How long a question to the application stays open, in milliseconds.').exactOptional(),
  ceilingPerMinute: count(1)
    .describe('Transactions a minute for one server, address-of-record and method.')
    .exactOptional(),
} satisfies { readonly [K in keyof Limits]-?: z.ZodType<Limits[K]> };

const answers = z.strictObject({
  digits: z
    .array(z.string().regex(/^[0-9*#A-Da-d().-]+$/, 'Invalid digits: use 0 to 9, *, #, A to D and separators'))
    .describe('What is dialled in addition after each 484, one text a question, in order.')
    .exactOptional(),
  target: text.describe('The address that is chosen after a 300 or 485, as the response lists it.').exactOptional(),
  bodies: z
    .array(
      z.strictObject({
        type: text.describe('The media type of the body, such as application/sdp.'),
        file: text.describe('The file that holds the body, relative to the configuration file.'),
      }),
    )
    .describe('Bodies that can be sent instead, best first.')
    .exactOptional(),
  confirm: z
    .array(text)
    .describe('The actions that are confirmed when asked, by type or by the name of a custom action: "revealIdentity".')
    .exactOptional(),
});

const environment = z.strictObject({
  inDialog: z
    .boolean()
    .describe('Whether the request is sent inside a dialog. Absent: what the tag of To says.')
    .exactOptional(),
  ownsCallId: z
    .boolean()
    .describe('Whether this UAC generated the Call-ID of the dialog (RFC 3261 §14.1). Absent: unknown.')
    .exactOptional(),
});

/** The policy as JSON; each of its defects becomes an issue at the path where it is. */
const policy = z.unknown().transform((value, context) => {
  const parsed = parsePolicy(value);
  if (parsed.ok) return parsed.policy;
  for (const defect of parsed.defects) {
    const message = complaintOf(defect);
    context.issues.push({ code: 'custom', message, params: { defect }, path: [defect.path], input: value });
  }
  return z.NEVER;
});

/** The configuration of the command line. Unknown keys are refused; credentials come out with their secrets wrapped. */
export const configSchema = z.strictObject({
  $schema: z.string().describe('Where an editor finds the schema of this file. Not looked at.').exactOptional(),
  credentials: z
    .array(z.union([withPassword, withHa1]))
    .describe(
      'What challenges are answered with (RFC 3261 §22). With credentials given, a challenge that none of them answers is given up on; without, it is asked for.',
    )
    .exactOptional(),
  servers: z
    .array(sipUri)
    .min(1)
    .describe('The server set as SIP URIs, the first one in use (RFC 3263 §4).')
    .exactOptional(),
  supported: z
    .array(text)
    .describe('The option-tags that this client implements. Absent: those that the request names.')
    .exactOptional(),
  limits: z.strictObject(limits).describe('Bounds on one request; absent ones keep their default.').exactOptional(),
  policy: policy.describe('The policy table, as schema/policy.schema.json says.').exactOptional(),
  redial: z
    .union([z.boolean(), z.literal('sameCallId')])
    .describe(
      'Whether a call that was refused with 404, 600 or 603 is repeated when Retry-After says when; "sameCallId" keeps the Call-ID of every repeated call.',
    )
    .exactOptional(),
  answers: answers.describe('What the application would answer when it is asked.').exactOptional(),
  environment: environment.describe('What is otherwise read from the request.').exactOptional(),
});

/** What the configuration says, secrets wrapped and the policy ready for use. */
export type Config = z.infer<typeof configSchema>;
