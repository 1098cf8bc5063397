// One life of the UAC: its process, what it told until it was killed, and what it left in its folder.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readEntry } from '../../../src/transport/stored-entry.js';
import { isEntryName } from '../../../src/transport/stored-name.js';
import type { Life, Line } from './child.js';

/** Runs the program until it ends by itself or by SIGKILL. */
export async function runLife(
  program: string,
  life: Life,
  { onLine, started }: { readonly onLine: (line: Line) => void; readonly started: (kill: () => void) => void },
): Promise<{ readonly lines: readonly Line[]; readonly errors: string; readonly signal: string | null }> {
  const child = spawn(process.execPath, [program, JSON.stringify(life)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: Line[] = [];
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  createInterface(child.stdout).on('line', (text) => {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    onLine(line);
  });
  started(() => void child.kill('SIGKILL'));
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { lines, errors, signal };
}

/** A request as it lies in the folder of a process that is dead. */
export interface Left {
  readonly id: string;
  /** It was in flight, as far as the store knows. */
  readonly inFlight: boolean;
}

/** What lies in the folder; a file that is half written is a fault. */
export function leftIn(folder: string): {
  readonly left: readonly Left[];
  readonly temporaries: readonly string[];
  readonly faults: readonly string[];
} {
  const names = readdirSync(folder);
  const left: Left[] = [];
  const faults: string[] = [];
  for (const name of names.filter(isEntryName)) {
    const entry = readEntry(readFileSync(join(folder, name), 'utf8'), name);
    if (entry.kind === 'unreadable') {
      faults.push(`${name}: ${entry.why}`);
      continue;
    }
    const { held, retry } = entry.snapshot;
    left.push({ id: entry.id, inFlight: retry.state === 'pending' && !held });
  }
  return { left, temporaries: names.filter((name) => !isEntryName(name)), faults };
}
