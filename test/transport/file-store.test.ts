import {
  chmodSync,
  mkdtempSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { textOf } from '../../src/sip/octets.js';
import { fileStore } from '../../src/transport/index.js';
import { fileNameOf } from '../../src/transport/stored-name.js';
import type { UacSnapshot } from '../../src/uac/uac-snapshot.js';
import { register } from '../machines/requests.js';
import { coreInTest, running } from '../uac/running.js';

const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sip-retry-store-'));
  folders.push(folder);
  return folder;
}

/** A snapshot that can be told from others by its moment. */
function snapshotAt(savedAt: number, body = ''): UacSnapshot {
  const whole = running(coreInTest().core, { ...register, body }, { id: 'call-1' }).uac.persist();
  return { ...whole, retry: { ...whole.retry, savedAt } };
}

const some = snapshotAt(1);

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('fileStore', () => {
  it('gives back in another process what was saved, the last state of each request', async () => {
    const folder = join(newFolder(), 'new', 'folder');
    const store = fileStore(folder);
    await store.save('call-1', snapshotAt(1));
    await store.save('call-1', snapshotAt(2));
    await store.save('a84b4c76e66710@Example.COM', snapshotAt(1, 'Jäsøn \udc80'));
    expect(await fileStore(folder).load()).toEqual({
      stored: [
        { id: 'call-1', snapshot: snapshotAt(2) },
        { id: 'a84b4c76e66710@Example.COM', snapshot: snapshotAt(1, 'Jäsøn \udc80') },
      ],
      unreadable: [],
    });
  });

  it('writes a file that only its owner may read, with a version, and leaves no other', async () => {
    const folder = newFolder();
    await fileStore(folder).save('call-1', some);
    expect(readdirSync(folder)).toEqual(['request-call-1.json']);
    expect(statSync(join(folder, 'request-call-1.json')).mode & 0o777).toBe(0o600);
    const text = readFileSync(join(folder, 'request-call-1.json'), 'utf8');
    expect(JSON.parse(text)).toEqual({ v: 1, id: 'call-1', snapshot: some });
  });

  it('removes a request, also one that is not there', async () => {
    const folder = newFolder();
    const store = fileStore(folder);
    await store.save('call-1', some);
    await store.remove('call-1');
    await store.remove('call-1');
    expect((await store.load()).stored).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('does what is asked of one request in order', async () => {
    const store = fileStore(newFolder());
    const work = Array.from({ length: 20 }, (_, moment) => store.save('call-1', snapshotAt(moment)));
    expect((await store.load()).stored).toEqual([{ id: 'call-1', snapshot: snapshotAt(19) }]);
    await Promise.all([...work, store.remove('call-1')]);
    expect((await store.load()).stored).toEqual([]);
  });

  it('passes over what is damaged, says why, and leaves it there', async () => {
    const folder = newFolder();
    const store = fileStore(folder);
    await store.save('good', some);
    await store.save('cut-off', some);
    truncateSync(join(folder, 'request-cut-off.json'), 50);
    writeFileSync(join(folder, 'request-empty.json'), '');
    writeFileSync(join(folder, 'request-later.json'), '{"v":2,"id":"later","snapshot":{}}');
    writeFileSync(join(folder, 'request-list.json'), '[]');
    writeFileSync(join(folder, 'request-moved.json'), '{"v":1,"id":"good","snapshot":{}}');
    writeFileSync(join(folder, 'request-odd.json'), '{"v":1,"id":"odd","snapshot":7}');
    mkdirSync(join(folder, 'request-folder.json'));
    writeFileSync(join(folder, 'notes.txt'), 'not ours');
    const { stored, unreadable } = await store.load();
    expect(stored).toEqual([{ id: 'good', snapshot: some }]);
    expect(unreadable).toEqual([
      { entry: 'request-cut-off.json', why: 'it is no JSON: it was cut off or changed' },
      { entry: 'request-empty.json', why: 'it is no JSON: it was cut off or changed' },
      { entry: 'request-folder.json', why: 'it cannot be read (EISDIR)' },
      { entry: 'request-later.json', why: 'its version is 2, and 1 can be read' },
      { entry: 'request-list.json', why: 'it has not v, id and snapshot' },
      { entry: 'request-moved.json', why: 'its id is not that of its file name' },
      {
        entry: 'request-odd.json',
        why: 'its snapshot cannot be used: This is not what persist() of a UacRequest gave; begin the request anew.',
      },
    ]);
    expect(readdirSync(folder)).toContain('request-cut-off.json');
  });

  it('clears away what a process was writing when it was killed, and no file that is not ours', async () => {
    const folder = newFolder();
    const store = fileStore(folder);
    await store.save('call-1', some);
    for (const file of ['request-call-1.json.tmp', 'request-call-2.json.tmp', 'other.tmp', '.tmp']) {
      writeFileSync(join(folder, file), '{"v":1,');
    }
    expect(await store.load()).toEqual({ stored: [{ id: 'call-1', snapshot: some }], unreadable: [] });
    expect(readdirSync(folder).sort()).toEqual(['.tmp', 'other.tmp', 'request-call-1.json']);
  });

  it('can be loaded while requests are saved and removed', async () => {
    const folder = newFolder();
    const store = fileStore(folder);
    for (let round = 0; round < 20; round += 1) {
      const ids = Array.from({ length: 5 }, (_, number) => `call-${number}`);
      const saved = ids.map((id) => store.save(id, some));
      const loaded = store.load();
      const changed = ids.map((id, number) => (number % 2 === 0 ? store.remove(id) : store.save(id, some)));
      expect((await loaded).unreadable).toEqual([]);
      await Promise.all([...saved, ...changed]);
    }
    expect(readdirSync(folder).sort()).toEqual(['request-call-1.json', 'request-call-3.json']);
  });

  it('writes through no link that lies where its temporary file goes', async () => {
    const folder = newFolder();
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'untouched');
    symlinkSync(victim, join(folder, 'request-call-1.json.tmp'));
    await fileStore(folder).save('call-1', some);
    expect(readFileSync(victim, 'utf8')).toBe('untouched');
  });

  it('rejects with what to do when the folder is a file', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    const store = fileStore(file);
    for (const work of [store.save('a', some), store.load()]) {
      await expect(work).rejects.toMatchObject({ name: 'SipRetryError', code: 'storeFailed' });
    }
    await expect(store.save('a', some)).rejects.toThrow(/name a folder/);
  });

  it.skipIf(process.getuid?.() === 0)('rejects with what to do when the folder may not be written', async () => {
    const folder = newFolder();
    chmodSync(folder, 0o500);
    await expect(fileStore(folder).save('a', some)).rejects.toThrow(/right to read and write/);
  });

  it('leaves no temporary file behind when it fails', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'request-a.json'));
    const store = fileStore(folder);
    await expect(store.save('a', some)).rejects.toMatchObject({ code: 'storeFailed' });
    await expect(store.remove('a')).rejects.toMatchObject({ code: 'storeFailed' });
    expect(readdirSync(folder)).toEqual(['request-a.json']);
  });

  it('goes on after a failure', async () => {
    const folder = join(newFolder(), 'folder');
    writeFileSync(folder, '');
    const store = fileStore(folder);
    await expect(store.save('a', some)).rejects.toMatchObject({ code: 'storeFailed' });
    rmSync(folder);
    await store.save('a', some);
    expect((await store.load()).stored).toHaveLength(1);
  });

  it('has nothing to load before anything was saved', async () => {
    expect(await fileStore(join(newFolder(), 'missing')).load()).toEqual({ stored: [], unreadable: [] });
  });
});

describe('fileNameOf', () => {
  it('is safe on every file system, whatever the id is, and tells ids apart', () => {
    fc.assert(
      fc.property(fc.uint8Array().map(textOf), fc.string(), (one, other) => {
        expect(fileNameOf(one)).toMatch(/^request[-~][0-9a-z-]+\.json$/);
        if (one !== other) expect(fileNameOf(one)).not.toBe(fileNameOf(other));
      }),
    );
    expect(new Set(['A', 'a', '../a', 'con', ''].map(fileNameOf)).size).toBe(5);
  });
});
