import { describe, expect, it } from 'vitest';
import {
  acceptanceOf,
  challengeOf,
  registerOf,
  unavailabilityOf,
  type Reply,
} from '../../src/fleet/message-templates.js';
import { SharedReadings } from '../../src/fleet/shared-readings.js';
import type { Client } from '../../src/policy/facts.js';
import { factsOf, type LocalOutcome } from '../../src/policy/facts-of.js';
import { defaultLimits } from '../../src/policy/limits.js';
import { beginRecord } from '../../src/request/record.js';

const client: Client = { credentials: [{}], acceptedRealms: [{ kind: 'user', realm: 'example.com' }] };
const endings: readonly (readonly [string, Reply | LocalOutcome])[] = [
  ['a 200', acceptanceOf(600, '')],
  ['a challenge', challengeOf(7, false, '')],
  ['a challenge to a stale nonce', challengeOf(8, true, '')],
  ['a 503', unavailabilityOf(undefined, '')],
  ['a 503 with Retry-After', unavailabilityOf(30, ';oc=10')],
  ['a timeout', 'timeout'],
  ['a transport error', 'transportError'],
];

describe('what is read once for all clients', () => {
  it.each([-1, 7])('is the record that beginRecord gives (nonce %i)', (nonce) => {
    const readings = new SharedReadings(600, defaultLimits);
    // Twice: what was kept must be the same as what is read first.
    for (const cseq of [3, 4, 3])
      expect(readings.begin(cseq, nonce, 5)).toEqual(beginRecord(registerOf(cseq, 600, nonce), 5));
  });

  it.each(endings)('is what factsOf gives for %s', (_, ending) => {
    const readings = new SharedReadings(600, defaultLimits);
    const response = typeof ending === 'string' ? ending : ending.response;
    for (const nonce of [7, -1, 7]) {
      const record = readings.begin(3, nonce, 0);
      const circumstances = { client, elapsedMs: 9, random: 0.25, ceilingLeft: 4 };
      const wanted = factsOf(record.request, response, record.history, { ...circumstances, limits: defaultLimits });
      expect(readings.factsOf(record.history, 3, ending, circumstances)).toEqual(wanted);
    }
  });
});
