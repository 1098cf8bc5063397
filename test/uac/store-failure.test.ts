// Stores that fail: at random writes, on a full disk, in a folder that is none. Each failure is told, and obeyed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SipRetryError } from '../../src/sip/sip-retry-error.js';
import { seededRandom } from '../../src/timing/random.js';
import { fileStore } from '../../src/transport/file-store.js';
import { memoryStore, type RequestStore } from '../../src/uac/request-store.js';
import { resumeStored } from '../../src/uac/resume-stored.js';
import { challenge, invite, register } from '../machines/requests.js';
import { coreInTest, credentials, numbered, running, type Told } from './running.js';

const scratch = mkdtempSync(join(tmpdir(), 'sip-retry-full-'));
const disk = join(scratch, 'disk');
const isMounted = mountTiny(disk);

afterAll(() => {
  if (isMounted) execFileSync('umount', [disk]);
  rmSync(scratch, { recursive: true, force: true });
});

/** A disk of four pages; only the superuser may have one. */
function mountTiny(folder: string): boolean {
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A store whose disk is full now and then. */
function failingNowAndThen(random: () => number): { readonly store: RequestStore; readonly failures: () => number } {
  const store = memoryStore();
  let failures = 0;
  const maybe = async (work: () => void | Promise<void>): Promise<void> => {
    await Promise.resolve();
    if (random() < 0.4) {
      failures += 1;
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    }
    await work();
  };
  return {
    store: {
      save: (id, snapshot) => maybe(() => store.save(id, snapshot)),
      remove: (id) => maybe(() => store.remove(id)),
      load: () => store.load(),
    },
    failures: () => failures,
  };
}

/** Lets the promises and the disk do their work until something is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise<void>((resolve) => setImmediate(resolve));
}

function failuresIn(told: readonly Told[]): readonly { readonly doing: string; readonly cause: unknown }[] {
  return told.flatMap((event) => (event.type === 'storeFailure' ? [event] : []));
}

describe('a store that fails now and then', () => {
  it('delays nothing for good: every request ends, and each failure is told once (goOn)', async () => {
    const random = seededRandom(5);
    const { store, failures } = failingNowAndThen(random);
    let told = 0;
    for (let number = 1; number <= 50; number += 1) {
      const { core } = coreInTest({ credentials }, number);
      const request = running(core, numbered(register, number), { store, id: `r${number}` });
      await until(() => request.sent().length === 1);
      request.respond(401, [challenge]);
      await until(() => request.sent().length === 2);
      request.respond(200);
      expect(await request.outcome).toMatchObject({ type: 'accepted', attempts: 2 });
      told += failuresIn(request.told).length;
    }
    expect(told).toBe(failures());
    expect(told).toBeGreaterThan(50);
  });

  it('ends a request with its first failure, before anything of that attempt is sent (end)', async () => {
    let ended = 0;
    for (let number = 1; number <= 50; number += 1) {
      const { store } = failingNowAndThen(seededRandom(number));
      const { core } = coreInTest({ credentials }, number);
      const request = running(core, numbered(invite, number), { store, onStoreFailure: 'end' });
      const isOver = (): boolean => request.types().includes('done');
      await until(() => isOver() || request.sent().length === 1);
      const first = failuresIn(request.told).length;
      if (first > 0) expect(request.sent()).toHaveLength(0);
      else request.respond(401, [challenge]);
      await until(() => isOver() || request.sent().length === 2);
      if (!isOver()) request.respond(200);
      const outcome = await request.outcome;
      const saves = failuresIn(request.told).filter(({ doing }) => doing === 'save').length;
      if (saves === 0) expect(outcome.type).toBe('accepted');
      else expect(outcome).toMatchObject({ type: 'cancelled', because: 'storeFailure' });
      ended += saves === 0 ? 0 : 1;
    }
    expect(ended).toBeGreaterThan(10);
    expect(ended).toBeLessThan(50);
  });
});

describe.skipIf(!isMounted)('a full disk', () => {
  it('is told, and leaves the last state that fitted, and no temporary file', async () => {
    const { core } = coreInTest({ credentials });
    const store = fileStore(join(disk, 'requests'));
    const request = running(core, register, { store, id: 'one' });
    await until(() => request.sent().length === 1);
    fill(join(disk, 'full'));
    request.respond(401, [challenge]);
    await until(() => request.sent().length === 2);
    const [failure] = failuresIn(request.told);
    expect(failure).toMatchObject({ doing: 'save', cause: { code: 'storeFailed' } });
    expect(String(failure?.cause)).toMatch(/ENOSPC.*make room/);
    expect(readdirSync(join(disk, 'requests'))).toEqual(['request-one.json']);
    const { stored, unreadable } = await store.load();
    expect([stored.map(({ snapshot }) => snapshot.retry.record.history.attempts), unreadable]).toEqual([[1], []]);
    const other = running(core, invite, { store, id: 'two', onStoreFailure: 'end' });
    expect(await other.outcome).toMatchObject({ type: 'cancelled', attempts: 0, because: 'storeFailure' });
    rmSync(join(disk, 'full'));
    request.respond(200);
    expect(await request.outcome).toMatchObject({ type: 'accepted' });
    expect(readdirSync(join(disk, 'requests'))).toEqual([]);
  });
});

describe('a folder that is none', () => {
  it('is told for each save, and nobody resumes from it in silence', async () => {
    const file = join(scratch, 'file');
    writeFileSync(file, '');
    const store = fileStore(file);
    const { core } = coreInTest();
    const request = running(core, register, { store });
    await until(() => request.sent().length === 1);
    request.respond(200);
    expect(await request.outcome).toMatchObject({ type: 'accepted' });
    const failures = failuresIn(request.told);
    expect(failures.map(({ doing }) => doing)).toEqual(['save', 'remove']);
    for (const { cause } of failures) expect(cause).toBeInstanceOf(SipRetryError);
    const other = running(core, invite, { store, onStoreFailure: 'end' });
    expect(await other.outcome).toMatchObject({ type: 'cancelled', attempts: 0, because: 'storeFailure' });
    await expect(resumeStored(store)).rejects.toMatchObject({ code: 'storeFailed' });
  });
});

/** Writes until nothing more fits. */
function fill(path: string): void {
  let octets = '';
  try {
    for (;;) writeFileSync(path, (octets += 'x'.repeat(4_096)));
  } catch {
    // It is full now.
  }
}
