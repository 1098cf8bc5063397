// What each door of the package loads: the core runs in a browser and depends on one library besides XState.
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

const doors = [
  { door: '.', entry: 'src/index.ts', loads: [] },
  { door: './policy', entry: 'src/policy/index.ts', loads: [] },
  { door: './policy/custom', entry: 'src/policy/custom.ts', loads: [] },
  { door: './policy/describe', entry: 'src/policy/describe.ts', loads: [] },
  { door: './policy/subscription', entry: 'src/policy/subscription.ts', loads: [] },
  { door: './request', entry: 'src/request/index.ts', loads: [] },
  { door: './digest', entry: 'src/digest/index.ts', loads: ['@noble/hashes'] },
  { door: './machines', entry: 'machines/index.ts', loads: ['@noble/hashes', 'xstate'] },
  { door: './uac', entry: 'src/uac/index.ts', loads: ['@noble/hashes', 'xstate'] },
  { door: './adapters/sip-js', entry: 'src/adapters/sip-js/index.ts', loads: ['@noble/hashes', 'xstate'] },
  {
    door: './simulator',
    entry: 'src/simulator/index.ts',
    loads: [
      '@noble/hashes',
      'ansi-regex',
      'get-east-asian-width',
      'saxes',
      'string-width',
      'xmlchars',
      'xstate',
      'yaml',
      'zod',
    ],
  },
  {
    door: './fleet',
    entry: 'src/fleet/index.ts',
    loads: [
      'd3-array',
      'd3-color',
      'd3-format',
      'd3-interpolate',
      'd3-path',
      'd3-scale',
      'd3-shape',
      'd3-time',
      'd3-time-format',
    ],
  },
  { door: './testing', entry: 'src/testing.ts', loads: [] },
];

describe('what is loaded', () => {
  it.each(doors)('$door loads $loads and nothing else', async ({ entry, loads }) => {
    expect(await packagesOf(entry)).toEqual(loads);
  });

  it('./transport loads what ./uac does, and modules of Node', async () => {
    expect(await packagesOf('src/transport/index.ts')).toEqual(['@noble/hashes', 'xstate']);
  });

  it('the command line loads its own libraries, which the core does not', async () => {
    expect(await packagesOf('src/cli/bin.ts')).toEqual(
      expect.arrayContaining(['@noble/hashes', 'commander', 'diff', 'jsonc-parser', 'picocolors', 'zod']),
    );
  });
});

describe('the adapters', () => {
  it.each([
    ...doors.filter(({ door }) => !door.startsWith('./adapters')).map(({ entry }) => entry),
    'src/transport/index.ts',
    'src/cli/bin.ts',
  ])('are not loaded by %s', async (entry) => {
    expect((await modulesOf(entry)).filter((module) => module.startsWith('src/adapters/'))).toEqual([]);
  });

  it('are loaded by their own doors', async () => {
    expect(await modulesOf('src/adapters/sip-js/index.ts')).toContain('src/adapters/sip-js/index.ts');
  });
});

describe('in a browser', () => {
  it.each(doors)('$door is bundled without any module of Node', async ({ entry }) => {
    const { outputFiles } = await build({
      entryPoints: [resolve(root, entry)],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      // XState is no part of this package, and asks for itself what it runs on.
      external: ['xstate'],
      minifyWhitespace: true,
      logLevel: 'silent',
    });
    const text = outputFiles[0]?.text ?? '';
    expect(text).not.toMatch(/\bfrom\s*["']node:|require\(["']node:|\bBuffer\.|\bprocess\.(?!env\.NODE_ENV)/);
    expect(text.length).toBeGreaterThan(1_000);
  });

  it('fails when something of Node is imported', async () => {
    const stdin = { contents: "import { readFileSync } from 'node:fs'; readFileSync('x');", loader: 'ts' as const };
    await expect(build({ stdin, bundle: true, write: false, platform: 'browser', logLevel: 'silent' })).rejects.toThrow(
      /node:fs/,
    );
  });
});

/** The packages that the modules reachable from an entry come from. */
async function packagesOf(entry: string): Promise<readonly string[]> {
  const packages = (await modulesOf(entry)).flatMap((input) => {
    const inside = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    return inside === undefined ? [] : [inside];
  });
  return [...new Set(packages)].sort();
}

/** The modules reachable from an entry, as paths from the root of the project. */
async function modulesOf(entry: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [resolve(root, entry)],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
    absWorkingDir: root,
  });
  return Object.keys(metafile.inputs);
}
