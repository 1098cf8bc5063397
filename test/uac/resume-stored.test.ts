import { describe, expect, it } from 'vitest';
import { SipRetryError } from '../../src/sip/sip-retry-error.js';
import { memoryStore, type RequestStore } from '../../src/uac/request-store.js';
import { resumeStored } from '../../src/uac/resume-stored.js';
import { challenge, invite, register } from '../machines/requests.js';
import { coreInTest, credentials, follow, numbered, rowsOf, running } from './running.js';

const AOR = { From: '<sip:bob@example.com>;tag=b1', To: '<sip:bob@example.com>' };

/** A REGISTER that waits, another one that is in flight, and a call that is in flight. */
async function stored() {
  const { core } = coreInTest();
  const store = memoryStore();
  running(core, register, { store, id: 'waiting' }).respond(500, [['Retry-After', '300']]);
  running(core, numbered(register, 2, AOR), { store, id: 'in-flight' });
  running(core, invite, { store, id: 'call' });
  return { store, ids: (await store.load()).stored.map(({ id }) => id) };
}

describe('resumeStored', () => {
  it('goes on with everything on one core, whose allowances are used up for a minute', async () => {
    const { store, ids } = await stored();
    const { core: first, clock } = coreInTest({}, 3);
    const { environment } = first;
    const { core, requests, unreadable } = await resumeStored(store, { environment, credentials });
    expect([requests.map(({ id }) => id), unreadable]).toEqual([ids, []]);
    expect(core.ceilings.left({ server: 'any', addressOfRecord: 'any', method: 'REGISTER' })).toBe(0);
    const [waiting, again, call] = requests.map((uac) => follow(uac));
    expect(await call?.outcome).toMatchObject({ type: 'gaveUp', reason: 'outcomeUnknown' });
    clock.advance(59_999);
    expect(again?.sent()).toHaveLength(0);
    clock.advance(60_000);
    expect(rowsOf(again?.sent()[0], 'CSeq')).toEqual(['2 REGISTER']);
    again?.respond(401, [challenge]);
    again?.respond(200);
    expect(waiting?.sent()).toHaveLength(0);
    clock.advance(240_000);
    waiting?.respond(200);
    expect(await Promise.all([waiting?.outcome, again?.outcome])).toMatchObject([
      { type: 'accepted' },
      { type: 'accepted' },
    ]);
    expect(await store.load()).toEqual({ stored: [], unreadable: [] });
  });

  it('leaves in the store what is not started', async () => {
    const { store, ids } = await stored();
    await resumeStored(store, { core: coreInTest({ restarted: true }).core });
    expect((await store.load()).stored.map(({ id }) => id)).toEqual(ids);
  });

  it('gives each request what belongs to it', async () => {
    const { store } = await stored();
    const { core, clock } = coreInTest({ restarted: true });
    const { requests } = await resumeStored(store, {
      core,
      each: ({ id }) => ({ client: { servers: [`sip:${id}.example.com`] } }),
    });
    const told = requests.map((uac) => follow(uac).told);
    clock.advance(1_000_000);
    const servers = told.flatMap((all) => all.flatMap((event) => (event.type === 'send' ? [event.server] : [])));
    expect(servers.sort()).toEqual(['sip:in-flight.example.com', 'sip:waiting.example.com']);
  });

  it('tells what is unreadable, and what is no request though it can be read', async () => {
    const { store } = await stored();
    const { stored: whole } = await store.load();
    const [one] = whole;
    const broken = { ...one!.snapshot, retry: { ...one!.snapshot.retry, record: null } };
    const damaged: RequestStore = {
      ...store,
      load: () =>
        Promise.resolve({
          stored: [...whole, { id: 'broken', snapshot: broken as unknown as (typeof whole)[0]['snapshot'] }],
          unreadable: [{ entry: 'request-x.json', why: 'it is no JSON' }],
        }),
    };
    const { requests, unreadable } = await resumeStored(damaged, { core: coreInTest({ restarted: true }).core });
    expect(requests).toHaveLength(3);
    expect(unreadable.map(({ entry }) => entry)).toEqual(['request-x.json', 'broken']);
  });

  it('throws what is wrong with the options, and rejects with what the store rejects with', async () => {
    const { store } = await stored();
    await expect(resumeStored(store, { limits: { maxAttempts: 0 } })).rejects.toThrow(SipRetryError);
    const away: RequestStore = { ...store, load: () => Promise.reject(new Error('away')) };
    await expect(resumeStored(away)).rejects.toThrow('away');
  });
});
