// Sizes of bundles for the browser, minified, in octets and gzipped, door by door and for what a program imports, without
// XState and, where it is not said, hashes; what a rival cannot do for a browser is said.
import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { report } from '../measure.mjs';

// The program runs as a bundle in bench/dist.
const bench = new URL('..', import.meta.url).pathname;
const root = `${bench}../`;

const foreign = ['xstate', '@noble/hashes', '@noble/hashes/*'];

const door = (file) => ({ code: `export * from './${file}';`, resolveDir: root, external: foreign });
const names = (list, file) => ({ code: `export { ${list} } from './${file}';`, resolveDir: root, external: foreign });

const bundles = {
  './policy': door('src/policy/index.ts'),
  'core, the main door': door('src/index.ts'),
  './policy/custom': door('src/policy/custom.ts'),
  './policy/describe': door('src/policy/describe.ts'),
  './policy/subscription': door('src/policy/subscription.ts'),
  './request': door('src/request/index.ts'),
  './digest': door('src/digest/index.ts'),
  './digest, with hashes': { ...door('src/digest/index.ts'), external: [] },
  './machines': door('machines/index.ts'),
  './testing': door('src/testing.ts'),
  'decide alone': names('decide', 'src/policy/index.ts'),
  'decide, rfcPolicy': names('decide, rfcPolicy', 'src/policy/index.ts'),
  'decide, factsOf, rfcPolicy': names('decide, factsOf, rfcPolicy', 'src/index.ts'),
  'decide, factsOf, rewrite, rfcPolicy': names('decide, factsOf, rewrite, rfcPolicy', 'src/index.ts'),
  'driveRetry, secret': names('driveRetry, secret', 'machines/index.ts'),
  'sendWithRetry, createUacCore, secret': names('sendWithRetry, createUacCore, secret', 'src/uac/index.ts'),
  'JsSIP 3.13.8': { code: "export * from 'jssip';" },
  'SIP.js 0.21.2': { code: "export * from 'sip.js';" },
  'drachtio-srf 5.0.29 (Node only)': { code: "export * from 'drachtio-srf';", platform: 'node' },
  'sip 0.0.6 (Node only)': { code: "export * from 'sip';", platform: 'node' },
};

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
