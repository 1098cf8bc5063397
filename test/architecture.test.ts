// The rings: imports go one way, and what runs in a browser imports nothing from Node.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** What decides and writes requests: no XState, no sockets. */
const pure = ['src/sip', 'src/policy', 'src/request', 'src/digest', 'src/timing'];

/** A UAC on top of it, up to the wire. */
const uac = [...pure, 'src/budget', 'machines', 'src/uac'];
const wire = [...uac, 'src/transaction', 'src/transport'];

/** What each folder may import from, besides itself. The order is the order of the rings. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'src/sip': [],
  'src/policy': ['src/sip'],
  'src/timing': ['src/sip'],
  'src/digest': ['src/sip'],
  'src/budget': ['src/sip', 'src/policy', 'src/timing'],
  'src/request': ['src/sip', 'src/policy', 'src/digest'],
  machines: pure,
  'src/transaction': [...pure, 'src/budget', 'machines'],
  'src/uac': [...pure, 'src/budget', 'machines'],
  'src/transport': [...uac, 'src/transaction'],
  'src/adapters': uac,
  'src/inspect': ['src/sip', 'src/policy', 'src/request', 'src/timing', 'machines', 'src/simulator'],
  // Beside the command line: it may use everything below that runs in a browser.
  'src/simulator': wire,
  'src/fleet': ['src/sip', 'src/policy', 'src/request', 'src/budget', 'machines', 'src/uac'],
  'src/cli': ['src/inspect', 'src/simulator', 'src/fleet', ...wire],
  src: [...pure, 'machines'],
};

/** The packages that each folder may load. */
const packages: Readonly<Record<string, readonly string[]>> = {
  'src/digest': ['@noble/hashes'],
  machines: ['xstate'],
  'src/transaction': ['xstate'],
  'src/transport': ['node'],
  // preact draws the page, and is bundled into it.
  'src/inspect': ['elkjs', 'preact', 'ws', 'node'],
  'src/simulator': ['yaml', 'zod', 'saxes', 'string-width'],
  'src/fleet': ['d3-scale', 'd3-shape'],
  'src/cli': ['commander', 'picocolors', 'diff', 'zod', 'jsonc-parser', 'yaml', 'cli-progress', 'node'],
};

const files = [...sourceFiles('src'), ...sourceFiles('machines')];

describe('architecture', () => {
  it.each(files)('%s imports only from the rings below it', (file) => {
    const folder = folderOf(file);
    const outside = importsOf(file).filter(({ target }) => {
      // The command line and the inspector tell their version.
      if (/^src\/(?:cli|inspect)$/.test(folder) && /^(?:\.\.\/)+package\.json$/.test(target)) return false;
      if (target.startsWith('.')) {
        const to = folderOf(relative(root, resolve(root, dirname(file), target)));
        return to !== folder && !(allowed[folder] ?? []).includes(to);
      }
      return !(packages[folder] ?? []).includes(packageOf(target));
    });
    expect(outside).toEqual([]);
  });

  it('knows every folder of the sources', () => {
    expect([...new Set(files.map(folderOf))].sort()).toEqual(Object.keys(allowed).sort());
  });

  it.each(files)('%s is short enough to hold one concept', (file) => {
    const lines = readFileSync(join(root, file), 'utf8').split('\n').length;
    expect(lines).toBeLessThanOrEqual(300);
  });

  it('has hardly any file over 220 lines', () => {
    const long = files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 220);
    expect(long.length).toBeLessThanOrEqual(3);
  });

  it.each(files)('%s begins by saying what it is', (file) => {
    expect(readFileSync(join(root, file), 'utf8')).toMatch(/^(?:\/\/ |\/\*\*)/);
  });

  it('keeps most files under 90 lines', () => {
    const counts = files.map((file) => readFileSync(join(root, file), 'utf8').split('\n').length).sort((a, b) => a - b);
    expect(counts[Math.floor(counts.length / 2)]).toBeLessThanOrEqual(90);
  });
});

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(join(root, path)).isDirectory()) return sourceFiles(path);
    return /\.tsx?$/.test(path) ? [path] : [];
  });
}

function folderOf(file: string): string {
  const [first = '', second = ''] = file.split('/');
  return first === 'src' && !second.endsWith('.ts') && !second.endsWith('.js') ? `src/${second}` : first;
}

function importsOf(file: string): readonly { readonly target: string }[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [
    ...text.matchAll(
      /^(?:import|export)\b[^;'"]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/gms,
    ),
  ].map((match) => ({ target: match[1] ?? match[2] ?? match[3] ?? '' }));
}

function packageOf(target: string): string {
  if (target.startsWith('node:')) return 'node';
  const [scope = '', name = ''] = target.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}
