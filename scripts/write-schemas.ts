// Writes the JSON Schemas into schema/: `npx tsx scripts/write-schemas.ts`.
import { writeFile } from 'node:fs/promises';
import { schemaTexts } from './schemas.js';

for (const [name, text] of await schemaTexts()) {
  await writeFile(new URL(`../schema/${name}`, import.meta.url), text);
}
