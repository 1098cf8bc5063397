// Scenarios on the command line: files, folders of them, standard input.
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readScenario, type ReadScenario } from '../../simulator/read-scenario.js';
import { textOf } from '../../sip/octets.js';
import type { Io } from '../io.js';
import { nameOf, readOctets } from '../read-octets.js';
import { UnusableInput } from '../unusable-input.js';

/** A scenario that was read from a file. */
export type UsableScenario = Extract<ReadScenario, { kind: 'scenario' }>;

/** One file. */
export interface ScenarioFile {
  /** As it was named on the command line, or as it is found in the folder that was. */
  readonly name: string;
  /** @throws UnusableInput for the first defect, with its line. */
  read(): Promise<UsableScenario>;
}

/** The files, those of a folder and of its folders in the order of their names. */
export async function scenariosAt(paths: readonly string[], io: Io): Promise<readonly ScenarioFile[]> {
  const names: string[] = [];
  for (const path of paths) names.push(...(await filesAt(path, io)));
  return names.map((name) => ({ name, read: () => readScenarioFile(name, io) }));
}

async function filesAt(path: string, io: Io): Promise<readonly string[]> {
  if (path === '-' || !(await isFolder(resolve(io.cwd, path)))) return [path];
  const found = await readdir(resolve(io.cwd, path), { recursive: true });
  const names = found.filter((name) => /\.(?:ya?ml|json)$/i.test(name)).sort();
  if (names.length > 0) return names.map((name) => join(path, name));
  throw new UnusableInput(path, undefined, 'there is no scenario in this folder', 'files such as call.yaml');
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // Reading it says why.
    return false;
  }
}

async function readScenarioFile(name: string, io: Io): Promise<UsableScenario> {
  const read = readScenario(textOf(await readOctets(name, io, 'a scenario as YAML or JSON')).replace(/^\uFEFF/, ''));
  if (read.kind === 'scenario') return read;
  const [first, ...others] = read.defects;
  if (first === undefined) throw new UnusableInput(nameOf(name), 1, 'it cannot be used', 'a scenario');
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  throw new UnusableInput(nameOf(name), first.line, first.found, `${first.expected}${more}`);
}
