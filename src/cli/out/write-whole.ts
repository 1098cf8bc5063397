// Writes files whole or not at all: each under another name first, and all get theirs when the last is complete.
import { open, rename, rm } from 'node:fs/promises';
import { whyUnreadable } from '../read-octets.js';
import { UnusableInput } from '../unusable-input.js';
import type { OutPlace } from './out-place.js';

/** What one file will hold. */
export interface OutFile {
  readonly place: OutPlace;
  /** In parts, so that a large one is never there as one text. */
  readonly parts: () => Iterable<string | Uint8Array>;
}

/** @throws UnusableInput when one cannot be written; what has stood there before stands there still. */
export async function writeWhole(files: readonly OutFile[]): Promise<void> {
  const written: { readonly part: string; readonly place: OutPlace }[] = [];
  try {
    for (const { place, parts } of files) {
      const part = place.isReplaced ? `${place.path}.${process.pid}.tmp` : place.path;
      if (place.isReplaced) written.push({ part, place });
      await told(place, () => writeParts(part, parts()));
    }
    for (const { part, place } of written) await told(place, () => rename(part, place.path));
  } finally {
    await Promise.all(written.map(({ part }) => rm(part, { force: true }).catch(() => undefined)));
  }
}

async function writeParts(path: string, parts: Iterable<string | Uint8Array>): Promise<void> {
  const handle = await open(path, 'w');
  try {
    for (const part of parts) await handle.writeFile(part);
  } finally {
    await handle.close();
  }
}

async function told({ name }: OutPlace, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (cause) {
    throw new UnusableInput(name, undefined, whyUnreadable(cause, 'written'), 'a file that can be written');
  }
}
