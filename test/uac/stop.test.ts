// A request whose sender goes away: it ends here, and whoever must not overlap with it waits until it is over for certain.
import { describe, expect, it } from 'vitest';
import { createUacCore } from '../../src/uac/uac-core.js';
import { createUacRequest } from '../../src/uac/uac-request.js';
import { invite, register } from '../machines/requests.js';
import { answering, environmentInTest } from '../transport/fake-transports.js';

describe('stop', () => {
  it('ends a call that rings without a CANCEL, since nobody would send it', async () => {
    const uac = createUacRequest(invite, { core: createUacCore({ environment: environmentInTest() }) });
    const told: string[] = [];
    for (const type of ['cancel', 'hangUp', 'done'] as const) uac.on(type, () => told.push(type));
    const outcome = uac.start();
    uac.receive(answering(invite, 180));
    uac.stop();
    expect(await outcome).toMatchObject({ type: 'cancelled', because: 'stopped', attempts: 1 });
    uac.receive(answering(invite, 200));
    expect(told).toEqual(['done']);
  });

  it('does nothing before the start and after the end', async () => {
    const uac = createUacRequest(register, { core: createUacCore({ environment: environmentInTest() }) });
    uac.stop();
    const outcome = uac.start();
    uac.receive(answering(register, 200));
    uac.stop();
    expect(await outcome).toMatchObject({ type: 'accepted' });
  });

  it('ends what waits in line, which then goes to the next one', async () => {
    const environment = environmentInTest();
    const core = createUacCore({ environment });
    const [first, second, third] = [1, 2, 3].map(() => createUacRequest(register, { core }));
    const sent: string[] = [];
    first?.on('send', () => sent.push('first'));
    second?.on('send', () => sent.push('second'));
    third?.on('send', () => sent.push('third'));
    void first?.start();
    const waiting = second?.start();
    void third?.start();
    second?.stop();
    expect(await waiting).toMatchObject({ type: 'cancelled', because: 'stopped', attempts: 0 });
    first?.receive(answering(register, 200));
    environment.clock.advance(0);
    expect(sent).toEqual(['first', 'third']);
  });
});
