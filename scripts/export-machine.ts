// Writes the charts as pure data, the one of a request under the RFC policy: `npm run export`.
import { writeFileSync } from 'node:fs';
import { exportMachine } from '../machines/export-machine.js';
import { createInviteClientTransactionMachine } from '../machines/invite-client-transaction.machine.js';
import { createNonInviteClientTransactionMachine } from '../machines/non-invite-client-transaction.machine.js';
import { createRetryMachine } from '../machines/retry.machine.js';

const charts = {
  retry: createRetryMachine(),
  'invite-client-transaction': createInviteClientTransactionMachine(),
  'non-invite-client-transaction': createNonInviteClientTransactionMachine(),
};

for (const [name, chart] of Object.entries(charts)) {
  writeFileSync(new URL(`../machines/${name}.machine.json`, import.meta.url), exportMachine(chart));
}
