// Reading a file or standard input, with a limit: a message is some kilobytes, and a mistake may be a disk image.
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Io } from './io.js';
import { UnusableInput } from './unusable-input.js';

const MIB = 1024 * 1024;

/** The most octets that are read of one input. */
export const MOST_OCTETS = 16 * MIB;

/** The most of one YAML file: a thousand times as much as anybody writes, and reading it takes seconds, not minutes. */
export const MOST_YAML_OCTETS = MIB;

/**
 * The octets of a file, or of standard input for `-`.
 * @param expected what belongs there, for the sentence that says why it cannot be used.
 */
export async function readOctets(file: string, io: Io, expected: string, most = MOST_OCTETS): Promise<Uint8Array> {
  const octets = await readUpTo(file, io, expected, most);
  if (octets.length <= most) return octets;
  throw new UnusableInput(
    nameOf(file),
    1,
    `there are more than ${most / MIB} MiB to read`,
    `at most ${most / MIB} MiB`,
  );
}

/** What a file is called in a sentence. */
export function nameOf(file: string): string {
  if (file === '') return '""';
  return file === '-' ? 'standard input' : file;
}

async function readUpTo(file: string, io: Io, expected: string, most: number): Promise<Uint8Array> {
  try {
    if (file === '-') return await io.stdin(most);
    return await collect(createReadStream(resolve(io.cwd, file)), most);
  } catch (cause) {
    throw new UnusableInput(nameOf(file), undefined, whyUnreadable(cause), expected);
  }
}

/** The octets of a stream, which is left as soon as there are more than `limit`. */
export async function collect(stream: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) break;
  }
  return Buffer.concat(chunks);
}

/** Why a file cannot be read, or written. */
export function whyUnreadable(cause: unknown, what: 'read' | 'written' = 'read'): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (what === 'written' && code === 'ENOENT') return 'the folder for it is missing';
  return REASONS[code] ?? `it cannot be ${what} (${code === '' ? String(cause) : code})`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EEXIST: 'there is a file of this name',
  EACCES: 'that is not permitted',
  EPERM: 'that is not permitted',
  EROFS: 'nothing can be written there',
  ENOSPC: 'the disk is full',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
};
