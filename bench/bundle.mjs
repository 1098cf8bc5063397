// Bundles a benchmark as a program would be: in production mode, the rivals left where npm put them.
import { build } from 'esbuild';

const folder = new URL('.', import.meta.url).pathname;

/** @returns the path of the bundle. */
export async function bundle(name) {
  const outfile = `${folder}dist/${name}.mjs`;
  await build({
    entryPoints: [`${folder}programs/${name}.mjs`],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    define: { 'process.env.NODE_ENV': '"production"' },
    external: ['jssip', 'jssip/*', 'sip.js', 'sip.js/*', 'drachtio-srf', 'drachtio-srf/*', 'sip', 'sip/*', 'esbuild'],
    logLevel: 'warning',
  });
  return outfile;
}
