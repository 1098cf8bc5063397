import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServerHealth } from '../../src/budget/server-health.js';
import type { HealthAdmission } from '../../src/budget/standing.js';
import { ClientStandings } from '../../src/fleet/client-standings.js';
import { Rows } from '../../src/fleet/rows.js';
import { seededRandom } from '../../src/timing/random.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';

const CLIENTS = 3;

const step = fc.record({
  client: fc.nat({ max: CLIENTS - 1 }),
  afterMs: fc.nat({ max: 200_000 }),
  what: fc.constantFrom('timeout', 'transportError', 'response', 'unavailable', 'told', 'admit', 'release' as const),
});

function take(health: ServerHealth, server: string, what: string): HealthAdmission | undefined {
  if (what === 'admit') return health.admit(server);
  if (what === 'timeout') health.noteTimeout(server);
  else if (what === 'transportError') health.noteTransportError(server);
  else if (what === 'response') health.noteResponse(server);
  else if (what === 'release') health.releaseProbe(server);
  else health.noteUnavailable(server, what === 'told' ? 90_000 : undefined);
  return undefined;
}

describe('what the clients of a fleet know of their registrar', () => {
  it('is what one ServerHealth each would know of it, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const clock = new VirtualClock();
        // A client of its own in front: the rows of a cohort begin where its first client is.
        const standings = new ClientStandings(Rows.forClients(CLIENTS + 1).of('standings', 1));
        const inRows = new ServerHealth({ clock, random: seededRandom(1) }, {}, standings);
        const inMap = new ServerHealth({ clock, random: seededRandom(1) });
        for (const { client, afterMs, what } of steps) {
          clock.advance(afterMs);
          standings.client = client;
          const server = `registrar of ${client}`;
          expect(take(inRows, 'any', what)).toEqual(take(inMap, server, what));
          expect(inRows.explain('any')).toEqual(inMap.explain(server));
          expect(inRows.earliest(['any'])).toBe(inMap.earliest([server]));
          expect(inRows.size).toBe(inMap.size);
        }
      }),
    );
  });

  it('is nothing once the registrar has answered', () => {
    const standings = new ClientStandings(Rows.forClients(1).of('standings'));
    const health = new ServerHealth({ clock: new VirtualClock(), random: () => 0.5 }, {}, standings);
    expect(standings.has(0)).toBe(false);
    health.noteTimeout('any');
    expect(standings.has(0)).toBe(true);
    health.noteResponse('any');
    expect(standings.has(0)).toBe(false);
  });
});
