// A server's script, as a scenario writes it: answers in order.
import { z } from 'zod';
import { condition } from './condition.js';
import { duration } from './duration.js';
import { body, headers, line, method, status } from './message-parts.js';
import type { Readonlys } from './readonly.js';

/** One step: an answer, a silence, or a request of the server's own. */
export const step = z
  .strictObject({
    status: status
      .describe('The status code of the answer. After a provisional one the next step answers the same request.')
      .exactOptional(),
    silence: z.literal(true).describe('The request gets no answer at all.').exactOptional(),
    send: method
      .describe('Instead of an answer: the method of a request that the server sends in the dialog, such as BYE.')
      .exactOptional(),
    reason: line.describe('The reason phrase. Absent: the registered one.').exactOptional(),
    headers: headers.describe('Further header fields, by name.').exactOptional(),
    body: body.describe('The body.').exactOptional(),
    after: duration.describe('How long after the request, or after the step before. Default: at once.').exactOptional(),
    times: z
      .union([z.int().min(1), z.literal('always')])
      .describe('How many requests are answered like this. Default: 1; with "until", any number.')
      .exactOptional(),
    when: condition.describe('For requests that are like this; others go on to the next step.').exactOptional(),
    until: condition
      .describe('Every request is answered like this until one is like that; from then on the next step counts.')
      .exactOptional(),
  })
  .superRefine((written, context) => {
    const kinds = [written.status, written.silence, written.send].filter((kind) => kind !== undefined);
    if (kinds.length === 1) return;
    const message = `Invalid step with ${kinds.length} of status, silence and send: use exactly one of status, silence and send`;
    context.issues.push({ code: 'custom', message, input: written });
  });

export const script = z.array(step.meta({ id: 'step' })).min(1);

export type ScriptStep = Readonlys<z.output<typeof step>>;
