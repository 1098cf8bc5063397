// File names for the ids of requests: whatever the id is, the name is safe on every file system.
import { createHash } from 'node:crypto';

/** The name of the file that keeps this request. Ids of [0-9a-z-] stay legible; of others the name is a hash. */
export function fileNameOf(id: string): string {
  const legible = /^[0-9a-z-]{1,64}$/.test(id);
  return legible ? `request-${id}.json` : `request~${createHash('sha256').update(id).digest('hex')}.json`;
}

/** Whether a file in the folder is one of ours. */
export function isEntryName(file: string): boolean {
  return /^request(?:-[0-9a-z-]{1,64}|~[0-9a-f]{64})\.json$/.test(file);
}

/** What a file is called while it is written. */
export function temporaryOf(file: string): string {
  return `${file}${TEMPORARY}`;
}

/** The file that this one was to become; empty when it is no temporary file. */
export function fileOfTemporary(name: string): string {
  return name.endsWith(TEMPORARY) ? name.slice(0, -TEMPORARY.length) : '';
}

const TEMPORARY = '.tmp';
