// What stands in the file of one request: JSON with a version. A file that was damaged says so instead of throwing.
import { readUacSnapshot, type UacSnapshot } from '../uac/uac-snapshot.js';
import { fileNameOf } from './stored-name.js';

/** A larger file is not read: a snapshot is some kilobytes. */
export const MOST_ENTRY_OCTETS = 16 * 1024 * 1024;

export type StoredEntry =
  | { readonly kind: 'entry'; readonly id: string; readonly snapshot: UacSnapshot }
  | { readonly kind: 'unreadable'; readonly why: string };

/** What stands in the file of that name. */
export function readEntry(text: string, file: string): StoredEntry {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'unreadable', why: 'it is no JSON: it was cut off or changed' };
  }
  if (typeof json !== 'object' || json === null || !('v' in json) || !('id' in json) || !('snapshot' in json)) {
    return { kind: 'unreadable', why: 'it has not v, id and snapshot' };
  }
  const { v, id, snapshot } = json;
  if (v !== 1)
    return { kind: 'unreadable', why: `its version is ${JSON.stringify(v).slice(0, 40)}, and 1 can be read` };
  if (typeof id !== 'string' || fileNameOf(id) !== file) {
    return { kind: 'unreadable', why: 'its id is not that of its file name' };
  }
  try {
    return { kind: 'entry', id, snapshot: readUacSnapshot(snapshot) };
  } catch (error) {
    return {
      kind: 'unreadable',
      why: `its snapshot cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
