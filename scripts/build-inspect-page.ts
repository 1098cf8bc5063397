// Bundles the inspector's page into dist/inspect-page: one HTML file, one script, one style sheet.
import { fileURLToPath } from 'node:url';
import { buildInspectPage } from './inspect-page.js';

await buildInspectPage(fileURLToPath(new URL('../dist/inspect-page', import.meta.url)));
