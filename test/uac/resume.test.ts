import { describe, expect, it } from 'vitest';
import type { SipRequest } from '../../src/sip/message.js';
import { setHeader } from '../../src/sip/header-list.js';
import { SipRetryError } from '../../src/sip/sip-retry-error.js';
import { memoryStore, type RequestStore } from '../../src/uac/request-store.js';
import { resumeUacRequest } from '../../src/uac/uac-request.js';
import type { UacSnapshot } from '../../src/uac/uac-snapshot.js';
import { challenge, invite, register } from '../machines/requests.js';
import { coreInTest, credentials, follow, later, numbered, rowsOf, running } from './running.js';

const options: SipRequest = { ...invite, method: 'OPTIONS', headers: setHeader(invite.headers, 'CSeq', '1 OPTIONS') };

/** A second process, which has only the store. */
async function restart(store: RequestStore) {
  const { core, clock } = coreInTest({ credentials }, 2);
  const {
    stored: [stored],
  } = await store.load();
  return { core, clock, request: follow(resumeUacRequest(stored!.snapshot, { core, store })) };
}

describe('a request with a store', () => {
  it('is stored before each attempt is sent, with its CSeq, and removed when it is done', async () => {
    const { core } = coreInTest({ credentials });
    const log: string[] = [];
    const store = logging(log);
    const request = running(core, register, { store, id: 'one' });
    request.uac.on('send', ({ request: sent }) => log.push(`send ${rowsOf(sent, 'CSeq')[0]}`));
    request.respond(401, [challenge]);
    request.respond(200);
    await request.outcome;
    // The second one says that the first attempt was challenged.
    expect(log).toEqual(['save 1 REGISTER', 'save 1 REGISTER', 'save 2 REGISTER', 'send 2 REGISTER', 'remove']);
    expect(await store.load()).toEqual({ stored: [], unreadable: [] });
  });

  it('is sent only when a slow store has written it, and not at all if it is cancelled before', async () => {
    const { core } = coreInTest();
    const written: (() => void)[] = [];
    const store = { ...memoryStore(), save: () => new Promise<void>((resolve) => written.push(resolve)) };
    const request = running(core, register, { store });
    expect(request.types()).toEqual([]);
    written.shift()!();
    await later();
    expect(request.types()).toEqual(['send']);
    const second = running(core, numbered(invite, 2), { store });
    second.uac.cancel();
    written.shift()!();
    expect(await second.outcome).toEqual({ type: 'cancelled', attempts: 0, because: 'cancelled' });
    expect(second.types()).toEqual(['done']);
  });

  it.each(['thrown', 'rejected'])('goes on when the store fails, and tells it (%s)', async (how) => {
    const { core } = coreInTest();
    const request = running(core, register, { store: failing(how), id: 'one' });
    await later();
    request.respond(200);
    expect(await request.outcome).toMatchObject({ type: 'accepted' });
    await later();
    const failures = request.told.filter(({ type }) => type === 'storeFailure');
    expect(failures).toMatchObject([{ doing: 'save', id: 'one' }, { doing: 'remove' }]);
    expect(request.sent()).toHaveLength(1);
  });

  it.each(['thrown', 'rejected'])('ends when the store fails and it is told to (%s)', async (how) => {
    const { core } = coreInTest();
    const request = running(core, invite, { store: failing(how), onStoreFailure: 'end' });
    expect(await request.outcome).toEqual({ type: 'cancelled', attempts: 0, because: 'storeFailure' });
    expect(request.sent()).toHaveLength(0);
    expect(request.types()).toContain('storeFailure');
  });

  it('is stored while it waits, so that a restart does not end the wait early', async () => {
    const { core, clock } = coreInTest();
    const store = memoryStore();
    running(core, register, { store }).respond(503, [['Retry-After', '600']]);
    clock.advance(100_000);
    const second = await restart(store);
    second.clock.advance(599_999);
    expect(second.request.sent()).toEqual([]);
    second.clock.advance(120_000);
    expect(rowsOf(second.request.sent()[0], 'CSeq')).toEqual(['2 REGISTER']);
  });
});

describe('resumeUacRequest', () => {
  it('sends what was held, as it was, once the empty allowance lets it', async () => {
    const { core } = coreInTest();
    const store = memoryStore();
    running(core, register);
    const held = running(core, numbered(register, 2), { store });
    expect(held.uac.persist()).toMatchObject({ v: 1, held: true });
    const { request, clock } = await restart(store);
    expect(request.told).toMatchObject([{ type: 'hold', for: 'ceiling' }]);
    clock.advance(61_000);
    expect(rowsOf(request.sent()[0], 'Call-ID')).toEqual(['call-2@192.0.2.1']);
    expect(rowsOf(request.sent()[0], 'CSeq')).toEqual(['1 REGISTER']);
    request.respond(401, [challenge]);
    request.respond(200);
    expect(await request.outcome).toMatchObject({ type: 'accepted', attempts: 2 });
  });

  it('sends a REGISTER that was in flight again with a higher CSeq, and does not know what became of an INVITE', async () => {
    const { core } = coreInTest();
    const store = memoryStore();
    const first = running(core, register, { store });
    expect(first.uac.persist()).toMatchObject({ held: false });
    const resumed = await restart(store);
    resumed.clock.advance(120_000);
    expect(rowsOf(resumed.request.sent()[0], 'CSeq')).toEqual(['2 REGISTER']);
    const calls = memoryStore();
    running(core, invite, { store: calls });
    const call = await restart(calls);
    expect(await call.request.outcome).toMatchObject({ type: 'gaveUp', reason: 'outcomeUnknown' });
    expect(await calls.load()).toEqual({ stored: [], unreadable: [] });
  });

  it('computes the credentials of an attempt that was held anew', async () => {
    const { core, clock } = coreInTest({ credentials });
    const store = memoryStore();
    const request = running(core, options, { store });
    request.respond(401, [challenge]);
    core.health.noteUnavailable('example.com', 600_000);
    request.respond(500, [['Retry-After', '5']]);
    clock.advance(10_000);
    expect(request.holds()).toEqual(['quarantine']);
    const second = await restart(store);
    second.clock.advance(70_000);
    expect(rowsOf(second.request.sent()[0], 'Authorization')[0]).toContain('nc=00000001');
    expect(rowsOf(second.request.sent()[0], 'CSeq')).toEqual(['3 OPTIONS']);
  });

  it('asks beforeSend, with the time that has passed since', () => {
    const { core, clock } = coreInTest();
    core.health.noteUnavailable('example.com', 600_000);
    const held = running(core, options);
    const snapshot = held.uac.persist();
    clock.advance(1_000);
    const asked: number[] = [];
    const resumed = coreInTest();
    resumed.clock.advance(30_000);
    follow(
      resumeUacRequest(snapshot, {
        core: resumed.core,
        beforeSend: (request, { waitedMs }) => {
          asked.push(waitedMs);
          return request;
        },
      }),
    );
    expect(asked).toEqual([30_000]);
  });

  it.each([{}, null, { v: 2, id: 'a', held: false, retry: {} }, { v: 1, id: 'a', held: 'no', retry: {} }])(
    'refuses what is no snapshot: %j',
    (value) => {
      expect(() => resumeUacRequest(value as unknown as UacSnapshot)).toThrow(SipRetryError);
    },
  );
});

function logging(log: string[]): RequestStore {
  const store = memoryStore();
  return {
    ...store,
    save: (id, snapshot) => {
      log.push(`save ${rowsOf(snapshot.retry.record.request, 'CSeq')[0]}`);
      return store.save(id, snapshot);
    },
    remove: (id) => {
      log.push('remove');
      return store.remove(id);
    },
  };
}

function failing(how: string): RequestStore {
  const fail = (): Promise<void> => {
    if (how === 'thrown') throw new Error('disk full');
    return Promise.reject(new Error('disk full'));
  };
  return { save: fail, remove: fail, load: () => Promise.resolve({ stored: [], unreadable: [] }) };
}
