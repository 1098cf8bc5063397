// Writes a file whole or not at all: into a file beside it first, which then takes its place.
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { whyUnreadable } from '../read-octets.js';
import { UnusableInput } from '../unusable-input.js';

/**
 * @param name how a sentence calls it.
 * @throws UnusableInput when it cannot be written.
 */
export async function writeWhole(path: string, content: string | Uint8Array, name: string): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(beside, content);
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw new UnusableInput(name, undefined, whyUnreadable(cause, 'written'), 'a file that can be written');
  }
}
