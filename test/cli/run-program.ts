// Runs one command line in this process, with files in a folder of its own.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ask, Io } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';

export interface Surroundings {
  /** Files by name; every one is written into the folder that the run starts in. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTerminal?: boolean;
  readonly columns?: number;
  /** Answers for the person at the terminal. */
  readonly ask?: Ask;
  readonly onInterrupt?: Io['onInterrupt'];
  /** Sees everything that is printed on standard output so far. */
  readonly onPrint?: (stdout: string) => void;
}

export interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function runProgram(argv: readonly string[], surroundings: Surroundings = {}): Promise<Run> {
  const { files = {}, stdin = '', env = {}, isTerminal = false, columns, ask, onPrint } = surroundings;
  const { onInterrupt = () => () => undefined } = surroundings;
  const folder = await mkdtemp(join(tmpdir(), 'sip-retry-'));
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    write: (text: string): void => {
      written[name] += text;
      if (name === 'stdout') onPrint?.(written.stdout);
    },
    isTerminal,
    columns,
  });
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    const status = await main(argv, {
      stdout: output('stdout'),
      stderr: output('stderr'),
      onInterrupt,
      ask,
      stdin: () => Promise.resolve(new TextEncoder().encode(stdin)),
      env,
      cwd: folder,
    });
    return { status, ...written };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What `decide --json` printed, one object a line. */
export function linesOf(stdout: string): readonly Line[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

export interface Line {
  readonly attempt: number;
  readonly status: number;
  readonly treatedAs: number;
  readonly action: { readonly type: string; readonly [member: string]: unknown };
  readonly impact: string;
  readonly aftermath: string;
  readonly rule: string;
  readonly cite: readonly string[];
  readonly trace: readonly { readonly condition: string; readonly held: boolean }[];
  readonly delayMs: number;
  readonly notes: readonly string[];
  readonly request: string | null;
  readonly discarded?: string;
}
