// Scenarios on the command line: files, folders of them, standard input.
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readScenario, type ReadScenario } from '../../simulator/read-scenario.js';
import { isMeantAsScenario } from '../../simulator/scenario-likeness.js';
import { textOf } from '../../sip/octets.js';
import { visible } from '../../sip/visible.js';
import type { Io } from '../io.js';
import { isFolder } from '../out/out-place.js';
import { MOST_YAML_OCTETS, nameOf, readOctets, whyUnreadable } from '../read-octets.js';
import { UnusableInput } from '../unusable-input.js';
import { findScenarios, type Found } from './find-scenarios.js';

/** A scenario that was read from a file. */
export type UsableScenario = Extract<ReadScenario, { kind: 'scenario' }>;

/** One file. */
export interface ScenarioFile {
  /** As it was named on the command line, or as it is found in the folder that was. */
  readonly name: string;
  /** @throws UnusableInput for the first defect, with its line. */
  read(): Promise<UsableScenario>;
}

/**
 * The files, and those of folders. What lies in a folder and is not meant as a scenario is left out, and told on standard
 * error; a file that is named is a scenario.
 * @throws UnusableInput for a folder without scenarios.
 */
export async function scenariosAt(paths: readonly string[], io: Io): Promise<readonly ScenarioFile[]> {
  const files: ScenarioFile[] = [];
  for (const path of paths) {
    if (path !== '-' && path !== '' && (await isFolder(resolve(io.cwd, path))))
      files.push(...(await scenariosIn(path, io)));
    else files.push({ name: path, read: async () => scenarioOf(await readText(path, io), path) });
  }
  return files;
}

async function scenariosIn(folder: string, io: Io): Promise<readonly ScenarioFile[]> {
  const files: ScenarioFile[] = [];
  const others: string[] = [];
  for (const found of await findScenarios(resolve(io.cwd, folder))) {
    const file = await fileOf(folder, found, io);
    if (file === undefined) others.push(join(folder, found.name));
    else files.push(file);
  }
  const many = others.length === 1 ? '1 file is' : `${others.length} files are`;
  const leftOut = `${many} left out that ${others.length === 1 ? 'is' : 'are'} no scenario: ${someOf(others)}`;
  if (files.length === 0) {
    const found = `there is no scenario in this folder${others.length === 0 ? '' : `; ${leftOut}`}`;
    throw new UnusableInput(nameOf(folder), undefined, found, 'files such as call.yaml');
  }
  if (others.length > 0) io.stderr.write(`${visible(`sip-retry: ${nameOf(folder)}: ${leftOut}`)}\n`);
  return files;
}

/** `undefined` for what is not meant as a scenario. What cannot be read may be one, and says so when its turn comes. */
async function fileOf(folder: string, found: Found, io: Io): Promise<ScenarioFile | undefined> {
  const name = join(folder, found.name);
  if (found.kind === 'closed') {
    const refusal = new UnusableInput(name, undefined, whyUnreadable(found.cause), 'a folder that can be read');
    return { name, read: () => Promise.reject(refusal) };
  }
  try {
    if ((await stat(resolve(io.cwd, name))).size > MOST_YAML_OCTETS) return undefined;
  } catch {
    // Reading it says why.
  }
  try {
    const text = await readText(name, io);
    return isMeantAsScenario(text)
      ? { name, read: () => Promise.resolve().then(() => scenarioOf(text, name)) }
      : undefined;
  } catch (cause) {
    if (!(cause instanceof UnusableInput)) throw cause;
    return { name, read: () => Promise.reject(cause) };
  }
}

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).join(', ');
  return names.length > MOST_NAMED ? `${shown} and ${names.length - MOST_NAMED} more` : shown;
}

const MOST_NAMED = 3;

async function readText(name: string, io: Io): Promise<string> {
  return textOf(await readOctets(name, io, 'a scenario as YAML or JSON', MOST_YAML_OCTETS)).replace(/^\uFEFF/, '');
}

function scenarioOf(text: string, name: string): UsableScenario {
  const read = readScenario(text);
  if (read.kind === 'scenario') return read;
  const [first, ...others] = read.defects;
  if (first === undefined) throw new UnusableInput(nameOf(name), 1, 'it cannot be used', 'a scenario');
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  throw new UnusableInput(nameOf(name), first.line, first.found, `${first.expected}${more}`);
}
