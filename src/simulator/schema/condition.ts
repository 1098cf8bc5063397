// Conditions on a request, as a scenario writes them: its method, its URI, and any header field by name.
import { z } from 'zod';
import { line, method } from './message-parts.js';
import type { Readonlys } from './readonly.js';

/** A number and what it must be. */
export const bounds = z.strictObject({
  atLeast: z.number().describe('The least.').exactOptional(),
  atMost: z.number().describe('The most.').exactOptional(),
});

const headerCondition = z.union([
  z.boolean(),
  z.number(),
  line,
  z.strictObject({
    atLeast: z.number().describe('The least number that the header field may begin with.').exactOptional(),
    atMost: z.number().describe('The greatest number that the header field may begin with.').exactOptional(),
    has: line.describe('A text that the value contains, in any case.').exactOptional(),
    lacks: line.describe('A text that no value contains, in any case.').exactOptional(),
  }),
]);

const own = {
  method: z
    .union([method, z.array(method)])
    .describe('The method, or one of several.')
    .exactOptional(),
  uri: line.describe('The Request-URI, exactly.').exactOptional(),
  inDialog: z.boolean().describe('Whether the To header field has a tag.').exactOptional(),
  body: z.boolean().describe('Whether there is a body.').exactOptional(),
  contains: z.string().describe('A text that the body contains.').exactOptional(),
};

/** The names that are no header fields. */
export const conditionNames: readonly string[] = Object.keys(own);

/**
 * Conditions that must all hold. A header field is named as it is written, beginning with a capital: `true` and `false`
 * ask whether it is there, a text for one of its values, a number for the number that it begins with.
 */
export const condition = z
  .object(own)
  .catchall(headerCondition)
  .superRefine((written, context) => {
    for (const name of Object.keys(written)) {
      if (conditionNames.includes(name) || /^[A-Z][A-Za-z0-9.!%*_+`'~-]*$/.test(name)) continue;
      context.addIssue({ code: 'unrecognized_keys', keys: [name], path: [], input: written });
    }
  })
  .meta({ id: 'condition' });

export type Condition = Readonlys<z.output<typeof condition>>;
export type HeaderCondition = Readonlys<z.output<typeof headerCondition>>;
