// What a scenario expects of its own run.
import { z } from 'zod';
import { actionTypes } from '../../policy/vocabulary.js';
import { giveUpReasons } from '../../policy/reason.js';
import { bounds, condition } from './condition.js';
import { duration } from './duration.js';
import { line, status } from './message-parts.js';
import type { Readonlys } from './readonly.js';

const outcomeName = z.enum(['accepted', 'gaveUp', 'cancelled', 'unfinished']);

/** A request of the scenario, or one inside the call that it began: `invite/BYE`. */
const requestName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9.-]*(?:\/[A-Z]+)?$/,
    'Invalid id: use the id of a request, or that with "/BYE" for one inside its call',
  );

/** `invite`, or of what its call sends by itself `invite/BYE`. */
const requestId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9.-]*(?:\/[A-Z]+)?$/,
    'Invalid id: use the id of a request, or "id/METHOD" inside its call',
  );

const amount = z.union([z.int().min(0), bounds]);

const decision = z.strictObject({
  status: status.describe('The status code that was decided on.').exactOptional(),
  action: z.enum(actionTypes).describe('The action.').exactOptional(),
  reason: z.enum(giveUpReasons).describe('Why it gave up.').exactOptional(),
  rule: line.describe('The rule, such as "423#1".').exactOptional(),
  delay: z
    .union([
      duration,
      z.strictObject({
        atLeast: duration.describe('The least.').exactOptional(),
        atMost: duration.describe('The most.').exactOptional(),
      }),
    ])
    .describe('How long is waited.')
    .exactOptional(),
  request: requestId.describe('The id of the request that it is about.').exactOptional(),
});

const gap = z.strictObject({
  attempt: z.int().min(2).describe('The attempt.'),
  after: duration.describe('How long after the response to the attempt before.'),
  request: requestName.describe('The id of the request. Default: the first.').exactOptional(),
});

export const expectation = z.strictObject({
  outcome: z
    .union([outcomeName, z.record(requestName, outcomeName)])
    .describe('How the first request ends, or several by id.')
    .exactOptional(),
  status: status.describe('The status code that the first request ends with.').exactOptional(),
  reason: z.enum(giveUpReasons).describe('Why the first request was given up.').exactOptional(),
  attempts: amount.describe('The attempts of the first request, or bounds on them.').exactOptional(),
  decisions: z.array(decision).describe('Every decision in order, of all requests.').exactOptional(),
  sent: z
    .array(condition)
    .describe('Requests that the UAC sends, in this order; others may stand between.')
    .exactOptional(),
  neverSent: z.array(condition).describe('Requests that the UAC must not send.').exactOptional(),
  noEarlierThan: z.array(gap).describe('Attempts and the least that lies before them.').exactOptional(),
  noLaterThan: z.array(gap).describe('Attempts and the most that lies before them.').exactOptional(),
  within: duration.describe('When every request has ended at the latest.').exactOptional(),
  counts: z
    .strictObject({
      sent: amount.describe('Messages that the UAC sent.').exactOptional(),
      received: amount.describe('Messages that the UAC received.').exactOptional(),
      retransmitted: amount.describe('Retransmissions, of all parties.').exactOptional(),
      lost: amount.describe('Messages that did not arrive.').exactOptional(),
      decisions: amount.describe('Decisions.').exactOptional(),
      transactions: amount.describe('Transactions that the UAC began.').exactOptional(),
    })
    .describe('What is counted, exactly or within bounds.')
    .exactOptional(),
});

export type Expectation = Readonlys<z.output<typeof expectation>>;
export type Amount = Readonlys<z.output<typeof amount>>;
