// Requests kept in a folder: one file for each, replaced as a whole, so that a crash leaves the old one or the new one.
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { platform } from 'node:process';
import { SipRetryError } from '../sip/sip-retry-error.js';
import type { RequestStore, StoredRequest, StoredRequests, UnreadableEntry } from '../uac/request-store.js';
import { MOST_ENTRY_OCTETS, readEntry, type StoredEntry } from './stored-entry.js';
import { fileNameOf, fileOfTemporary, isEntryName, temporaryOf } from './stored-name.js';
import { systemCode } from './transport-failure.js';

/**
 * A store in a folder of its own, which is made if it is not there. Files can be read by their owner only (mode 0600).
 * One process may use a folder at a time, by one store. Of a process that was killed at any moment there is the request
 * as it was saved last; what it was just writing is cleared away by `load`.
 *
 * Every method rejects with SipRetryError `storeFailed` where the system does not let it do its work.
 */
export function fileStore(folder: string): RequestStore {
  const queue = new Map<string, Promise<void>>();
  /** What is asked for one file is done in the order in which it was asked. */
  const inTurn = (file: string, work: () => Promise<void>): Promise<void> => {
    const turn = (queue.get(file) ?? Promise.resolve()).then(work);
    const settled = turn
      .catch(() => undefined)
      .then(() => {
        if (queue.get(file) === settled) queue.delete(file);
      });
    queue.set(file, settled);
    return turn;
  };
  return {
    save: (id, snapshot) => {
      const file = fileNameOf(id);
      const text = JSON.stringify({ v: 1, id, snapshot });
      return inTurn(file, () => working('save a request', folder, () => replaceFile(folder, file, text)));
    },
    remove: (id) => {
      const file = fileNameOf(id);
      return inTurn(file, () => working('remove a request', folder, () => removeFile(folder, file)));
    },
    load: async () => {
      await Promise.all(queue.values());
      return working('load the requests', folder, async () => {
        const names = await namesIn(folder);
        const clear = (temporary: string) => inTurn(fileOfTemporary(temporary), () => clearAway(folder, temporary));
        await Promise.all(names.filter((name) => isEntryName(fileOfTemporary(name))).map(clear));
        return readFiles(folder, names.filter(isEntryName).sort());
      });
    },
  };
}

async function working<T>(task: string, folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const system = systemCode(error);
    const advice = ADVICE[system] ?? 'check the folder';
    throw new SipRetryError('storeFailed', `Could not ${task} in ${folder} (${system || String(error)}): ${advice}.`);
  }
}

const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; make room on it',
  EDQUOT: 'the quota is used up; make room',
  EACCES: 'give this program the right to read and write there',
  EPERM: 'give this program the right to read and write there',
  EROFS: 'the file system is read-only; choose another folder',
  ENOTDIR: 'a part of the path is a file; name a folder',
  EEXIST: 'there is a file of that name; name a folder',
  EMFILE: 'too many files are open; raise the limit of the process',
  EIO: 'the disk fails; choose another',
};

async function replaceFile(folder: string, file: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, temporaryOf(file));
  // What a crash has left is no file of ours to write through: it may be a link.
  await rm(temporary, { force: true });
  try {
    await writeDurably(temporary, text);
    await rename(temporary, join(folder, file));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeFile(folder: string, file: string): Promise<void> {
  try {
    await rm(join(folder, file));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  await syncFolder(folder);
}

/** The new name is on the disk only when the folder is. Windows knows no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readFiles(folder: string, files: readonly string[]): Promise<StoredRequests> {
  const stored: StoredRequest[] = [];
  const unreadable: UnreadableEntry[] = [];
  for (const file of files) {
    const entry = await readFileEntry(folder, file);
    if (entry.kind === 'entry') stored.push({ id: entry.id, snapshot: entry.snapshot });
    else if (entry.kind === 'unreadable') unreadable.push({ entry: file, why: entry.why });
  }
  return { stored, unreadable };
}

/** A folder that can only be read can still be loaded. */
async function clearAway(folder: string, temporary: string): Promise<void> {
  await rm(join(folder, temporary), { force: true }).catch(() => undefined);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // Nothing was saved yet.
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The entry in a file; `gone` when the request was removed meanwhile. */
async function readFileEntry(folder: string, file: string): Promise<StoredEntry | { readonly kind: 'gone' }> {
  try {
    const { size } = await stat(join(folder, file));
    if (size > MOST_ENTRY_OCTETS) return { kind: 'unreadable', why: `it is larger than ${MOST_ENTRY_OCTETS} octets` };
    const handle = await open(join(folder, file), 'r');
    try {
      return readEntry(await handle.readFile('utf8'), file);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const system = systemCode(error);
    if (system === 'ENOENT') return { kind: 'gone' };
    return { kind: 'unreadable', why: `it cannot be read (${system || String(error)})` };
  }
}
