// Bundles the page once for all tests of a run.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildInspectPage } from '../../../scripts/inspect-page.js';

declare module 'vitest' {
  interface ProvidedContext {
    readonly pageFolder: string;
  }
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'inspect-page-'));
  await buildInspectPage(folder);
  provide('pageFolder', folder);
  return () => rm(folder, { recursive: true });
}
