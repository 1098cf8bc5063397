// Those who wait for a server: told once that it is back, they go within the spread, whatever else is heard meanwhile.
import { describe, expect, it } from 'vitest';
import { OverloadControl } from '../../src/budget/overload-control.js';
import { ServerHealth } from '../../src/budget/server-health.js';
import { seededRandom } from '../../src/timing/random.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { ServerWatch } from '../../src/uac/server-watch.js';

const SERVER = 'sip:192.0.2.1;transport=udp';
const unavailable = { status: 503, reason: 'Service Unavailable', headers: [['Retry-After', '2']], body: '' } as const;
const ok = { status: 200, reason: 'OK', headers: [], body: '' } as const;

describe('those who wait for a server', () => {
  it('go within a second once it is back, also when each of them is answered meanwhile', () => {
    const clock = new VirtualClock();
    const environment = { clock, random: seededRandom(7), token: () => 'token' };
    const health = new ServerHealth(environment);
    const watch = new ServerWatch(environment, health, new OverloadControl(environment));
    watch.noteResponse(SERVER, unavailable);
    const gone: number[] = [];
    const go = (): void => {
      if (!health.admit(SERVER).admitted) return void watch.await(SERVER, go);
      gone.push(clock.now());
      clock.at(clock.now() + 5, () => watch.noteResponse(SERVER, ok));
    };
    for (let each = 0; each < 200; each += 1) watch.await(SERVER, go);
    clock.advance(600_000);
    expect(gone).toHaveLength(200);
    expect((gone.at(-1) ?? 0) - (gone[0] ?? 0)).toBeLessThan(1_100);
  });
});
