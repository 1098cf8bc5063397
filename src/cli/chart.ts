// `sip-retry chart`: a statechart as a picture, as Mermaid's text or as data, without a server.
import { createInviteClientTransactionMachine } from '../../machines/invite-client-transaction.machine.js';
import { createNonInviteClientTransactionMachine } from '../../machines/non-invite-client-transaction.machine.js';
import { createRetryMachine } from '../../machines/retry.machine.js';
import { chartMermaid, chartOf, drawChart, withoutUnreachable, type ChartModel } from '../inspect/chart/index.js';
import { onlyStatuses } from '../policy/only-statuses.js';
import type { RetryPolicy } from '../policy/rule.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import type { ChartFormat, ChartName, ChartOptions } from './chart-options.js';
import type { Io } from './io.js';
import { readPolicyFile } from './send/given-files.js';
import { UnusableInput } from './unusable-input.js';

/** Prints a chart. */
export async function chartCommand({ format, machine, policy, only }: ChartOptions, io: Io): Promise<void> {
  requirePolicyChart(machine, policy, only);
  const read = await readPolicyFile(policy, io);
  const chart = withoutUnreachable(chartOf(configs[machine](only === undefined ? read : reduced(read, only))));
  io.stdout.write(await printers[format](chart));
}

const configs: { readonly [K in ChartName]: (policy: RetryPolicy) => object } = {
  retry: (policy) => createRetryMachine(policy).config,
  'invite-client-transaction': () => createInviteClientTransactionMachine().config,
  'non-invite-client-transaction': () => createNonInviteClientTransactionMachine().config,
};

const printers: { readonly [K in ChartFormat]: (chart: ChartModel) => string | Promise<string> } = {
  svg: drawChart,
  mermaid: chartMermaid,
  json: (chart) => `${JSON.stringify(chart, null, 2)}\n`,
};

/** The chart of a transaction is that of RFC 3261, whatever the policy. */
function requirePolicyChart(machine: ChartName, policy: string | undefined, only: readonly number[] | undefined): void {
  const option = policy === undefined ? '--only' : '--policy';
  if (machine === 'retry' || (policy === undefined && only === undefined)) return;
  throw new UnusableInput(
    option,
    undefined,
    `the chart of the ${machine} is the same for each policy`,
    'no such option',
  );
}

function reduced(policy: RetryPolicy, only: readonly number[]): RetryPolicy {
  try {
    return onlyStatuses(policy, [...new Set(only)]);
  } catch (cause) {
    if (!(cause instanceof SipRetryError)) throw cause;
    throw new UnusableInput('--only', undefined, only.join(','), 'codes that the policy has entries for');
  }
}
