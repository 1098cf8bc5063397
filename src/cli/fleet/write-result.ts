// The files of a run: each is complete or not there at all.
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { FleetResult } from '../../fleet/index.js';
import type { Io } from '../io.js';
import { whyUnreadable } from '../read-octets.js';
import { UnusableInput } from '../unusable-input.js';

/**
 * The folder, made where it was not there.
 * @throws UnusableInput when it cannot be.
 */
export async function requireFolder(out: string, io: Pick<Io, 'cwd'>): Promise<string> {
  const folder = resolve(io.cwd, out);
  try {
    await mkdir(folder, { recursive: true });
    return folder;
  } catch (cause) {
    throw new UnusableInput('--out', undefined, `${out}: ${whyUnreadable(cause, 'written')}`, 'a folder to write into');
  }
}

/**
 * Writes all files under other names first, and gives them theirs when each is complete; returns where they are.
 * @throws UnusableInput when one cannot be written; what is there is whole all the same.
 */
export async function writeResult(result: FleetResult, folder: string): Promise<readonly string[]> {
  const files = [
    { name: 'fleet.html', parts: () => [result.html()] },
    { name: 'fleet.svg', parts: () => [result.svg()] },
    { name: 'fleet.csv', parts: () => result.csv() },
    { name: 'fleet.json', parts: () => [`${JSON.stringify(result.summary, null, 2)}\n`] },
  ].map(({ name, parts }) => ({
    parts,
    whole: join(folder, name),
    part: join(folder, `.${name}.${process.pid}.part`),
  }));
  try {
    for (const { part, parts } of files) await writeParts(part, parts());
    for (const { part, whole } of files) await rename(part, whole);
  } catch (cause) {
    await Promise.all(files.map(({ part }) => rm(part, { force: true })));
    throw new UnusableInput(
      '--out',
      undefined,
      `${folder}: ${whyUnreadable(cause, 'written')}`,
      'a folder to write into',
    );
  }
  return files.map(({ whole }) => whole);
}

async function writeParts(file: string, parts: Iterable<string>): Promise<void> {
  const handle = await open(file, 'w');
  try {
    for (const part of parts) await handle.write(part);
  } finally {
    await handle.close();
  }
}
