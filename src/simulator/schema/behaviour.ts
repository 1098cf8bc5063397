// How a server without a script behaves, as a scenario writes it.
import { z } from 'zod';
import { readSipp } from '../sipp/read-sipp.js';
import { duration } from './duration.js';
import { anyUri, line, word } from './message-parts.js';
import { script } from './script.js';
import type { Readonlys } from './readonly.js';

const user = z.strictObject({
  username: line.min(1).describe('The user name.'),
  password: z.string().min(1).describe('The password. Never part of a transcript.'),
});

/** What is asked of whom, and how long an answer is good (RFC 7616 §3.3, RFC 3261 §22). */
export const challenge = z
  .strictObject({
    realm: line.min(1).describe('The realm.'),
    users: z
      .array(user)
      .min(1)
      .describe('Who is let in. Absent: whoever answers with the credentials that the UAC has for this realm.')
      .exactOptional(),
    algorithms: z
      .array(z.enum(['MD5', 'SHA-256', 'SHA-512-256']))
      .min(1)
      .describe('One challenge each, in this order (RFC 8760 §2.3). Default: MD5.')
      .exactOptional(),
    qop: z
      .enum(['auth', 'auth-int', 'none'])
      .describe('The quality of protection. Default: auth; none is the form of RFC 2069.')
      .exactOptional(),
    nonceUses: z
      .int()
      .min(1)
      .describe('How many requests a nonce is good for; then it is stale. Default: any number.')
      .exactOptional(),
    nonceLifetime: duration.describe('How long a nonce is good; then it is stale. Default: for ever.').exactOptional(),
    opaque: line.describe('The opaque parameter, which the client echoes.').exactOptional(),
    as: z
      .enum(['server', 'proxy'])
      .describe('server: 401 and WWW-Authenticate; proxy: 407 and Proxy-Authenticate. Default: what the behaviour is.')
      .exactOptional(),
  })
  .meta({ id: 'challenge' });

const after = duration.describe('How long each answer takes. Default: at once.').exactOptional();

const then = script.describe('What follows for a request that is let through. Default: 200, always.').exactOptional();

const sippScenario = z.string().superRefine((text, context) => {
  const read = readSipp(text);
  if (read.kind === 'server') return;
  const message = `is no server: in its line ${read.line} ${read.found}; use ${read.expected}`;
  context.addIssue({ code: 'custom', message, input: text });
});

export const behaviour = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('challenger').describe('Asks for digest credentials and verifies them (RFC 3261 §22).'),
    challenge: challenge.describe('What is asked.'),
    after,
    then,
  }),
  z.strictObject({
    type: z.literal('registrar').describe('Keeps bindings (RFC 3261 §10.3).'),
    minExpires: z
      .int()
      .min(1)
      .describe('A shorter interval in seconds is refused with 423. Default: 60.')
      .exactOptional(),
    maxExpires: z
      .int()
      .min(1)
      .describe('A longer interval in seconds is granted as this one. Default: 7200.')
      .exactOptional(),
    grants: z
      .int()
      .min(1)
      .describe('What is granted where nothing is asked for, in seconds. Default: 3600.')
      .exactOptional(),
    challenge: challenge.describe('What is asked first. Absent: nobody is asked.').exactOptional(),
    forgets: duration
      .describe('How long after its start the registrar loses all bindings and nonces. Absent: never.')
      .exactOptional(),
    after,
  }),
  z.strictObject({
    type: z.literal('gateway').describe('Takes digits as they are dialled (RFC 3578).'),
    numbers: z
      .array(z.string().regex(/^\+?[0-9*#A-D]+$/, 'Invalid number: use digits, *, #, A to D'))
      .min(1)
      .describe('The numbers that can be reached. A beginning of one is answered with 484, anything else with 404.'),
    then: script.describe('What follows for a complete number. Default: 180, 200 after 2 s, always.').exactOptional(),
    after,
  }),
  z.strictObject({
    type: z.literal('overloaded').describe('Serves so many requests a second and refuses the rest (RFC 3261 §21.5.4).'),
    capacity: z.number().min(0).max(1_000_000).describe('Requests a second.'),
    burst: z
      .int()
      .min(1)
      .describe('Requests that may come at once. Default: the capacity, at least 1.')
      .exactOptional(),
    background: z
      .number()
      .min(0)
      .max(1_000_000)
      .describe('Requests a second that others send. Default: 0.')
      .exactOptional(),
    retryAfter: duration.describe('The Retry-After of a 503. Absent: none.').exactOptional(),
    spread: duration.describe('What chance adds to it at most. Default: nothing.').exactOptional(),
    oc: z
      .enum(['loss', 'rate'])
      .describe(
        'Also says in the Via what part clients shall leave out (RFC 7339), or how many to send a second (RFC 7415); to a UAC with overloadControl.',
      )
      .exactOptional(),
    ocValidity: duration
      .describe('How long what it says is good. Default: 10 s; that of a server that does not say it is 500 ms.')
      .exactOptional(),
    until: duration.describe('How long it lasts from the start. Default: for ever.').exactOptional(),
    after,
    then,
  }),
  z.strictObject({
    type: z.literal('hostile').describe('Answers whatever it likes, by the seed.'),
    silences: z
      .number()
      .min(0)
      .max(1)
      .describe('The part of requests without an answer. Default: 0.05.')
      .exactOptional(),
    accepts: z.number().min(0).max(1).describe('The part that is accepted. Default: 0.05.').exactOptional(),
    after,
  }),
  z.strictObject({
    type: z.literal('proxy').describe('Passes requests on (RFC 3261 §16).'),
    to: z
      .union([word, anyUri])
      .describe('The name of a server, or a URI whose servers DNS gives. Default: where the Request-URI leads.')
      .exactOptional(),
    challenge: challenge.describe('What is asked first, with 407. Absent: nobody is asked.').exactOptional(),
    recordRoute: z.boolean().describe('Whether it stays on the way of the dialog. Default: true.').exactOptional(),
    minSe: z
      .int()
      .min(90)
      .describe('A shorter Session-Expires in seconds is refused with 422 (RFC 4028 §8).')
      .exactOptional(),
    after,
  }),
  z.strictObject({
    type: z.literal('sipp').describe('Does what a scenario of SIPp says.'),
    xml: sippScenario.describe('The text of the scenario file, of a user agent server.'),
  }),
]);

export type Behaviour = Readonlys<z.output<typeof behaviour>>;
export type BehaviourOf<K extends Behaviour['type']> = Extract<Behaviour, { type: K }>;
export type WrittenChallenge = Readonlys<z.output<typeof challenge>>;
