// The files of a folder that may be scenarios: nothing hidden, nothing of other packages, no link to a folder.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What lies in a folder: a file whose name ends as that of a scenario, or a folder that cannot be looked into. */
export type Found =
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'closed'; readonly name: string; readonly cause: unknown };

/** Those of the folder and of its folders, in the order of their names. */
export async function findScenarios(folder: string): Promise<readonly Found[]> {
  const found: Found[] = [];
  await look(folder, '', found);
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}

async function look(root: string, within: string, found: Found[]): Promise<void> {
  const entries = await readdir(join(root, within), { withFileTypes: true }).catch((cause: unknown) => {
    found.push({ kind: 'closed', name: within, cause });
    return [];
  });
  for (const entry of entries) {
    const name = join(within, entry.name);
    // Links to folders are not followed, as by grep -r and find: they may lead around in a circle.
    if (entry.isDirectory()) {
      if (!isLeftOut(entry.name)) await look(root, name, found);
    } else if (/\.(?:ya?ml|json)$/i.test(entry.name) && !entry.name.startsWith('.')) {
      // Whoever opens a pipe waits for its other end.
      if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(join(root, name)))))
        found.push({ kind: 'file', name });
    }
  }
}

function isLeftOut(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

/** A link that leads nowhere counts: reading it says so. */
async function leadsToFile(path: string): Promise<boolean> {
  const behind = await stat(path).catch(() => undefined);
  return behind === undefined || behind.isFile();
}
