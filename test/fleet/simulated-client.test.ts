// One client of a fleet is the UAC of a simulation: the same requests at the same moments.
import { describe, expect, it } from 'vitest';
import { chanceOf } from '../../src/fleet/chance.js';
import type { FleetPlan } from '../../src/fleet/fleet-plan.js';
import { FleetRun } from '../../src/fleet/fleet-run.js';
import { simulate } from '../../src/simulator/simulate.js';
import { readCSeq } from '../../src/sip/cseq.js';
import { firstHeader } from '../../src/sip/header-list.js';
import { readMessage } from '../../src/sip/read-message.js';
import { fleet, HOUR, outage, registrar } from './plans.js';

interface Sent {
  readonly at: number;
  readonly cseq: number;
  readonly expires: number;
  readonly hasCredentials: boolean;
}

/** A nonce is good for ever, but a registrar that was down knows none of before. */
function plan(seed: number): FleetPlan {
  const down = { ...outage('silent'), forgets: { bindings: true, nonces: true } };
  return fleet({ seed, registrars: [registrar({ perSecond: 1_000, nonceLifetimeMs: 100 * HOUR, outages: [down] })] });
}

function sentByFleet(one: FleetPlan): readonly Sent[] {
  const run = new FleetRun(one);
  const sent: Sent[] = [];
  run.onSend = ({ at, cseq, nonce, expires }) => sent.push({ at, cseq, expires, hasCredentials: nonce >= 0 });
  run.advance(Infinity);
  return sent;
}

async function sentBySimulation(one: FleetPlan): Promise<readonly Sent[]> {
  const transcript = await simulate(
    {
      uac: { credentials: [{ realm: 'example.com', username: 'phone', password: 'a password' }] },
      // A numeric address: choosing among SRV records would take chance.
      requests: [{ method: 'REGISTER', uri: 'sip:192.0.2.10', expires: 3_600, keep: true }],
      servers: [
        {
          name: 'registrar',
          host: '192.0.2.10',
          // As long as a registrar takes for one of a thousand requests a second.
          behaviour: { type: 'registrar', maxExpires: 3_600, after: 1, challenge: { realm: 'example.com' } },
          down: [{ from: HOUR, for: HOUR }],
        },
      ],
      network: { latency: one.network.latencyMs },
      stopAfter: one.untilMs,
    },
    { random: chanceOf(one.seed, 0) },
  );
  return transcript.events.flatMap((event): readonly Sent[] => {
    if (event.type !== 'message' || event.from !== 'uac' || event.retransmission) return [];
    const read = readMessage(event.text);
    if (read.kind !== 'request') return [];
    const { headers } = read.request;
    const cseq = readCSeq(headers)?.number ?? 0;
    const hasCredentials = firstHeader(headers, 'Authorization') !== undefined;
    return [{ at: event.at, cseq, expires: Number(firstHeader(headers, 'Expires')), hasCredentials }];
  });
}

describe('one client of a fleet', () => {
  it.each([1, 2, 3, 4, 5])(
    'sends what simulate() sends through an hour without a registrar (seed %d)',
    async (seed) => {
      const sent = await sentBySimulation(plan(seed));
      expect(sent.length).toBeGreaterThan(10);
      expect(sentByFleet(plan(seed))).toEqual(sent);
    },
  );
});
