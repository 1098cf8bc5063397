// Where a result will stand: found out before anything is computed, because a long run whose result has no place is lost.
import { mkdir, open, realpath, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Io } from '../io.js';
import { whyUnreadable } from '../read-octets.js';
import { UnusableInput } from '../unusable-input.js';

/** A file that can be written. */
export interface OutPlace {
  /** Where it is; behind a symbolic link, what that leads to. */
  readonly path: string;
  /** How a sentence calls it: as on the command line. */
  readonly name: string;
  /** A device or a pipe is written to; any other file is taken the place of when the new one is whole. */
  readonly isReplaced: boolean;
}

/**
 * A file to write into, in a folder that is there. No folder is made for it: a path that was mistyped would leave a tree.
 * @throws UnusableInput when it cannot be written.
 */
export async function requireOutFile(name: string, io: Pick<Io, 'cwd'>): Promise<OutPlace> {
  const path = resolve(io.cwd, name);
  try {
    const known = await stat(path).catch(() => undefined);
    if (known?.isDirectory() === true) throw new UnusableInput(name, undefined, 'it is a folder', A_FILE);
    if (known !== undefined && !known.isFile()) return { path, name, isReplaced: false };
    const place = known === undefined ? path : await realpath(path);
    await requireWritable(dirname(place), name, A_FILE);
    return { path: place, name, isReplaced: true };
  } catch (cause) {
    throw refusal(cause, name, A_FILE);
  }
}

/**
 * Files of these names in a folder, which is made where it is missing; the folder around it must be there.
 * @throws UnusableInput when one cannot be written.
 */
export async function requireOutFolder(
  out: string,
  files: readonly string[],
  io: Pick<Io, 'cwd'>,
): Promise<readonly OutPlace[]> {
  const folder = resolve(io.cwd, out);
  try {
    // Not recursively: Node never comes back from a folder in which none can be made, such as /proc.
    await mkdir(folder).catch(async (cause: unknown) => {
      if (!(await isFolder(folder))) throw cause;
    });
    await requireWritable(folder, out, A_FOLDER);
  } catch (cause) {
    throw refusal(cause, out, A_FOLDER);
  }
  const places: OutPlace[] = [];
  for (const file of files) places.push(await requireOutFile(join(out, file), io));
  return places;
}

const A_FILE = 'a file that can be written';
const A_FOLDER = 'a folder to write into';

/** Rights say little: root has all of them, and a file system may be read-only. So a file is made, and removed. */
async function requireWritable(folder: string, name: string, expected: string): Promise<void> {
  const probe = join(folder, `.sip-retry.${process.pid}.tmp`);
  try {
    await (await open(probe, 'w')).close();
  } catch (cause) {
    throw refusal(cause, name, expected);
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

function refusal(cause: unknown, name: string, expected: string): UnusableInput {
  return cause instanceof UnusableInput
    ? cause
    : new UnusableInput(name, undefined, whyUnreadable(cause, 'written'), expected);
}

/** Whether there is a folder. */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}
