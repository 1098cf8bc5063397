// How the inspector's page is bundled; the build and the browser tests do it alike.
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const page = fileURLToPath(new URL('../src/inspect/page', import.meta.url));

/** Licences of what is bundled ask to be named with it. */
const NOTICE = '/*! With preact (MIT, (c) 2015-present Jason Miller). Licence: see the package. */';

export async function buildInspectPage(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: { page: join(page, 'page.tsx') },
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome120', 'firefox121'],
    banner: { js: NOTICE },
    legalComments: 'none',
  });
  await copyFile(join(page, 'index.html'), join(folder, 'index.html'));
}
