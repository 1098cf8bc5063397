// The files of the page. They hold nothing that anybody may not see.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface PageFile {
  readonly type: string;
  readonly content: Uint8Array;
}

const FILES: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['/', ['index.html', 'text/html; charset=utf-8']],
  ['/page.js', ['page.js', 'text/javascript; charset=utf-8']],
  ['/page.css', ['page.css', 'text/css; charset=utf-8']],
]);

/** Undefined where there is no such file. */
export async function pageFile(path: string, folder: string | undefined): Promise<PageFile | 'notBuilt' | undefined> {
  const [name, type] = FILES.get(path) ?? [];
  if (name === undefined || type === undefined) return undefined;
  for (const place of folder === undefined ? placesOfPage() : [folder]) {
    try {
      return { type, content: await readFile(join(place, name)) };
    } catch {
      // The next place.
    }
  }
  return 'notBuilt';
}

/** Beside the bundle that this file is in, or in the checkout that it is a source of. */
function placesOfPage(): readonly string[] {
  const own = dirname(fileURLToPath(import.meta.url));
  return [
    join(own, 'inspect-page'),
    join(own, '..', 'inspect-page'),
    join(own, '..', '..', '..', 'dist', 'inspect-page'),
  ];
}
