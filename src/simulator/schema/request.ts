// What the UAC sends and answers, as a scenario writes it.
import { z } from 'zod';
import { duration } from './duration.js';
import { anyUri, body, headers, line, method, word } from './message-parts.js';
import type { Readonlys } from './readonly.js';

const answers = z.strictObject({
  digits: z
    .array(z.string().regex(/^[0-9*#A-Da-d().-]+$/, 'Invalid digits: use 0 to 9, *, #, A to D and separators'))
    .describe('What is dialled in addition after each 484, in order.')
    .exactOptional(),
  target: anyUri.describe('The address that is chosen after a 300 or 485.').exactOptional(),
  bodies: z.array(body).min(1).describe('Bodies that can be sent instead, best first.').exactOptional(),
  headers: headers.describe('Header fields that are given when they are asked for.').exactOptional(),
  confirm: z
    .array(line.min(1))
    .describe('The actions that are confirmed when asked, by type: "revealIdentity".')
    .exactOptional(),
  after: duration.describe('How long each answer takes. Default: at once.').exactOptional(),
});

export const request = z.strictObject({
  id: word
    .describe('How it is called; unique. Default: the method in small letters, with a number where needed.')
    .exactOptional(),
  method: method.describe('The method.'),
  uri: anyUri.describe('The Request-URI.'),
  from: anyUri.describe('The address-of-record in From. Default: sip:alice@example.com.').exactOptional(),
  to: anyUri
    .describe('The address in To. Default: the Request-URI; of a REGISTER, the address in From.')
    .exactOptional(),
  expires: z.int().min(0).max(4_294_967_295).describe('The interval to ask for, in seconds.').exactOptional(),
  at: duration.describe('When it is sent. Default: 0 s.').exactOptional(),
  keep: z
    .literal(true)
    .describe('A REGISTER that is kept: refreshed, and tried again after a failure.')
    .exactOptional(),
  unregisterAfter: duration.describe('When a kept registration is removed, from its sending on.').exactOptional(),
  headers: headers
    .describe('Further header fields. An empty list leaves one out that is written otherwise, such as Contact.')
    .exactOptional(),
  body: body.describe('The body.').exactOptional(),
  ringFor: duration.describe('How long a call may ring. Default: 3 min.').exactOptional(),
  hangUpAfter: duration.describe('How long an accepted call lasts. Default: 1 s.').exactOptional(),
  cancelAfter: duration.describe('When the user cancels, from its sending on.').exactOptional(),
  answers: answers.describe('What the user answers when the policy asks.').exactOptional(),
});

export type WrittenRequest = Readonlys<z.output<typeof request>>;
export type WrittenAnswers = Readonlys<z.output<typeof answers>>;
