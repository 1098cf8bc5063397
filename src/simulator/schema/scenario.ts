// A whole scenario, as it is written.
import { z } from 'zod';
import { disagreementsOf } from './agreement.js';
import { duration } from './duration.js';
import { expectation } from './expectation.js';
import { line } from './message-parts.js';
import { request } from './request.js';
import { network, server } from './server.js';
import { uac } from './uac.js';

export const scenarioSchema = z
  .strictObject({
    $schema: z.string().describe('Where an editor finds the schema of this file. Not looked at.').exactOptional(),
    name: line.describe('What happens, in a line.').exactOptional(),
    cite: z
      .union([line, z.array(line)])
      .describe('The sections that it shows, such as "RFC 3261 §10.2.8".')
      .exactOptional(),
    description: z.string().describe('What happens, in a few sentences.').exactOptional(),
    seed: z.int().describe('The seed of all chance. Default: 1.').exactOptional(),
    startAt: z
      .string()
      .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'Invalid date: use one such as 2000-01-01T00:00:00Z')
      .describe('The date at the start, in UTC. Default: 2000-01-01T00:00:00Z.')
      .exactOptional(),
    uac: uac.describe('The user agent client.').exactOptional(),
    requests: z.array(request).min(1).describe('What it sends.'),
    servers: z.array(server).min(1).describe('Whom it meets.'),
    network: network.describe('What lies between.').exactOptional(),
    stopAfter: duration.describe('When the simulation ends. Default: when nothing more happens.').exactOptional(),
    maxEvents: z
      .int()
      .min(1)
      .max(10_000_000)
      .describe('More events than this mean that the scenario would never end. Default: 100 000.')
      .exactOptional(),
    expect: expectation.describe('What is expected; `sip-retry simulate --check` holds it.').exactOptional(),
  })
  // Only a scenario whose parts are what they should be is looked at as a whole.
  .superRefine((written, context) => {
    for (const { path, message } of disagreementsOf(written)) {
      context.addIssue({ code: 'custom', path, message, input: written });
    }
  });
