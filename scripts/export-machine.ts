// Writes the chart of the RFC policy as pure data: `npm run export`.
import { writeFileSync } from 'node:fs';
import { exportMachine } from '../machines/export-machine.js';

writeFileSync(new URL('../machines/retry.machine.json', import.meta.url), exportMachine());
