// Sizes of bundles for the browser, minified, in octets and gzipped; what a rival cannot do for a browser is said.
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { report } from '../measure.mjs';

// The program runs as a bundle in bench/dist.
const bench = new URL('..', import.meta.url).pathname;
const root = `${bench}../`;

/** The entry of the package, or its most important files where it is not written yet. */
function entry(...candidates) {
  const files = candidates.find((list) => list.every((file) => existsSync(root + file)));
  return files.map((file) => `export * from './${file}';`).join('\n');
}

const policyFiles = ['src/policy/decide.ts', 'src/policy/facts-of.ts', 'src/policy/table/index.ts'];
const coreFiles = [
  ...policyFiles,
  'src/sip/read-message.ts',
  'src/sip/write-message.ts',
  'src/digest/keyring.ts',
  'src/request/record.ts',
];
const foreign = ['xstate', '@noble/hashes', '@noble/hashes/*'];

const bundles = {
  './policy': { code: entry(['src/policy/index.ts'], policyFiles), resolveDir: root, external: foreign },
  'core, without xstate and hashes': { code: entry(['src/index.ts'], coreFiles), resolveDir: root, external: foreign },
  'core, with hashes': { code: entry(['src/index.ts'], coreFiles), resolveDir: root, external: ['xstate'] },
  'JsSIP 3.13.8': { code: "export * from 'jssip';" },
  'SIP.js 0.21.2': { code: "export * from 'sip.js';" },
  'drachtio-srf 5.0.29 (Node only)': { code: "export * from 'drachtio-srf';", platform: 'node' },
  'sip 0.0.6 (Node only)': { code: "export * from 'sip';", platform: 'node' },
};

const lean = "export { decide, rfcPolicy } from './src/policy/index.ts';";
if (existsSync(`${root}src/policy/index.ts`)) {
  bundles['./policy, decide and rfcPolicy alone'] = { code: lean, resolveDir: root, external: foreign };
}

const rows = {};
for (const [name, bundle] of Object.entries(bundles)) rows[name] = await sizeOf(bundle);
report({ unit: 'octets', rows });

async function sizeOf({ code, resolveDir = bench, external = [], platform = 'browser' }) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform,
    external,
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  const [{ contents }] = outputFiles;
  return { minified: contents.length, gzipped: gzipSync(contents, { level: 9 }).length };
}
