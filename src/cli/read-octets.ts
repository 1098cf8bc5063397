// Reading a file or standard input, with a limit: a message is some kilobytes, and a mistake may be a disk image.
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Io } from './io.js';
import { UnusableInput } from './unusable-input.js';

/** The most octets that are read of one input. */
export const MOST_OCTETS = 16 * 1024 * 1024;

/**
 * The octets of a file, or of standard input for `-`.
 * @param expected what belongs there, for the sentence that says why it cannot be used.
 */
export async function readOctets(file: string, io: Io, expected: string): Promise<Uint8Array> {
  const octets = await readUpTo(file, io, expected);
  if (octets.length <= MOST_OCTETS) return octets;
  throw new UnusableInput(nameOf(file), 1, 'there are more than 16 MiB to read', 'at most 16 MiB');
}

/** What a file is called in a sentence. */
export function nameOf(file: string): string {
  if (file === '') return '""';
  return file === '-' ? 'standard input' : file;
}

async function readUpTo(file: string, io: Io, expected: string): Promise<Uint8Array> {
  if (file === '-') return io.stdin(MOST_OCTETS);
  try {
    return await collect(createReadStream(resolve(io.cwd, file)), MOST_OCTETS);
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
  return REASONS[code] ?? `it cannot be ${what} (${code === '' ? String(cause) : code})`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'that is not permitted',
  EPERM: 'that is not permitted',
  ENOSPC: 'the disk is full',
};
