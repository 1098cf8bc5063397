// Requests of an earlier process go on over the wire of this one.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstHeader } from '../../src/sip/header-list.js';
import { fileStore } from '../../src/transport/file-store.js';
import { invite, register } from '../machines/requests.js';
import { clientInTest, servers } from './client-in-test.js';
import { answering, settled, type FakeTransports } from './fake-transports.js';
import { dnsOf } from './zone.js';

const { dns } = dnsOf({
  addresses: { 'example.com': ['192.0.2.1', '192.0.2.2'], 'chicago.example': ['198.51.100.1', '198.51.100.2'] },
});
const hostsOf = ({ sent }: FakeTransports) => sent.map(({ to }) => to.host);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sip-retry-resume-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Waits for the file system, which no virtual clock moves. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
}

describe('resume', () => {
  it('sends a stored request when its wait is over, follows it to its end, and empties the store', async () => {
    const before = clientInTest();
    const store = fileStore(folder);
    const request = await before.client.request(register, { store, id: 'waiting' });
    void request.start();
    await until(() => before.transports.sent.length === 1);
    before.transports.bring(answering(before.transports.last('REGISTER'), 500, [['Retry-After', '300']]));
    await settled();
    await before.client.close();

    const { client, transports, clock } = clientInTest({ servers }, { restarted: true });
    const { requests, unreadable } = await client.resume(fileStore(folder));
    expect([requests.map(({ id }) => id), unreadable]).toEqual([['waiting'], []]);
    const ends = requests.map((uac) => uac.start());
    clock.advance(299_999);
    await settled();
    expect(transports.sent).toEqual([]);
    clock.advance(90_000);
    await until(() => transports.sent.length === 1);
    expect(firstHeader(transports.last('REGISTER').headers, 'CSeq')).toBe('2 REGISTER');
    transports.bring(answering(transports.last('REGISTER'), 200));
    expect(await Promise.all(ends)).toMatchObject([{ type: 'accepted', attempts: 2 }]);
    expect(await fileStore(folder).load()).toEqual({ stored: [], unreadable: [] });
  });

  it('goes on at the servers of the hop that a redirection had led to', async () => {
    const before = clientInTest({ dns });
    void (await before.client.request(register, { store: fileStore(folder) })).start();
    await until(() => before.transports.sent.length === 1);
    const moved = [['Contact', '<sip:chicago.example>']] as const;
    before.transports.bring(answering(before.transports.last('REGISTER'), 302, moved));
    await until(() => before.transports.sent.length === 2);

    const { client, transports, clock } = clientInTest({ dns }, { restarted: true });
    const { requests } = await client.resume(fileStore(folder));
    const ends = requests.map((uac) => uac.start());
    clock.advance(61_000);
    await until(() => transports.sent.length === 1);
    transports.bring(answering(transports.last('REGISTER'), 503));
    await until(() => transports.sent.length === 2);
    transports.bring(answering(transports.last('REGISTER'), 200));
    expect(await Promise.all(ends)).toMatchObject([{ type: 'accepted' }]);
    expect(hostsOf(transports)).toEqual(['198.51.100.1', '198.51.100.2']);
  });

  it('ends a call whose outcome nobody knows, and tells what it cannot read', async () => {
    const before = clientInTest();
    void (await before.client.request(invite, { store: fileStore(folder), id: 'call' })).start();
    await until(() => before.transports.sent.length === 1);
    await writeFile(join(folder, 'request-broken.json'), '{');

    const { client, transports } = clientInTest({ servers }, { restarted: true });
    const { requests, unreadable } = await client.resume(fileStore(folder));
    expect(await Promise.all(requests.map((uac) => uac.start()))).toMatchObject([{ reason: 'outcomeUnknown' }]);
    expect(unreadable).toHaveLength(1);
    expect(transports.sent).toEqual([]);
  });
});
