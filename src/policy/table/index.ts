// The policy of the RFCs: every file of this folder, one entry per status code.
import type { RetryPolicy, StatusEntry } from '../rule.js';
import { addressing } from './addressing.js';
import { authentication } from './authentication.js';
import { availability } from './availability.js';
import { content } from './content.js';
import { dialog } from './dialog.js';
import { extension } from './extension.js';
import { fallback } from './fallback.js';
import { globalFailure } from './global-failure.js';
import { identity } from './identity.js';
import { interval } from './interval.js';
import { withNextTarget } from './next-target.js';
import { outbound } from './outbound.js';
import { redirection } from './redirection.js';
import { refusal } from './refusal.js';
import { serverFailure } from './server-failure.js';

/** The files of the table whose failures may be the failure of one target; a test rejects a code that stands twice. */
export const tableFiles: readonly Readonly<Record<string, StatusEntry>>[] = [
  redirection,
  authentication,
  refusal,
  interval,
  addressing,
  availability,
  content,
  extension,
  identity,
  dialog,
  outbound,
  serverFailure,
];

/** What the RFCs say a UAC does, with the judgements of this project where they leave a choice. */
export const rfcPolicy: RetryPolicy = {
  name: 'rfc',
  entries: {
    ...everyTargetTried(),
    ...globalFailure,
    '2xx': fallback['2xx'],
    '3xx': withNextTarget(fallback['3xx']),
    '4xx': withNextTarget(fallback['4xx']),
    '5xx': withNextTarget(fallback['5xx']),
    '6xx': fallback['6xx'],
  },
};

function everyTargetTried(): Readonly<Record<string, StatusEntry>> {
  const entries = tableFiles.flatMap((file) => Object.entries(file));
  return Object.fromEntries(entries.map(([key, entry]) => [key, withNextTarget(entry)]));
}
