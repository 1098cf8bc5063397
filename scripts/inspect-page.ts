// How the inspector's page is bundled; the build and the browser tests do it alike.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'src/inspect/page');

/** Writes index.html, page.js and page.css into the folder. */
export async function buildInspectPage(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { metafile } = await build({
    entryPoints: { page: join(page, 'page.tsx') },
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome120', 'firefox121'],
    legalComments: 'none',
    metafile: true,
    absWorkingDir: root,
  });
  const script = join(folder, 'page.js');
  await writeFile(script, `${await licencesOf(Object.keys(metafile.inputs))}${await readFile(script, 'utf8')}`);
  await copyFile(join(page, 'index.html'), join(folder, 'index.html'));
}

/** The licences of the packages that are bundled ask to go with them. */
async function licencesOf(inputs: readonly string[]): Promise<string> {
  const names = new Set(inputs.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []));
  const texts = [...names].sort().map(async (name) => {
    const licence = await readFile(join(root, 'node_modules', name, 'LICENSE'), 'utf8');
    return `/*! ${name}\n\n${licence.trim()}\n*/\n`;
  });
  return (await Promise.all(texts)).join('');
}
