// The answer to `POST /layout`: the chart of a policy, or a chart that the page already has with some states closed.
import { createRetryMachine } from '../../machines/retry.machine.js';
import { sentenceOf } from '../policy/defect.js';
import { onlyStatuses } from '../policy/only-statuses.js';
import { parsePolicy } from '../policy/parse-policy.js';
import type { PolicyJson } from '../policy/policy-json.js';
import type { RetryPolicy } from '../policy/rule.js';
import { rfcPolicy } from '../policy/table/index.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import {
  bundlesOf,
  chartOf,
  collapsed,
  familyBundlesOf,
  layOut,
  OVERVIEW,
  withoutUnreachable,
  type ChartModel,
  type GraphLayout,
} from './chart/index.js';
import type { ChartEntry } from './inspector-entry.js';
import { isTooLarge, TOO_LARGE } from './layout-limit.js';

export type LayoutRequest = LayoutOfPolicy | LayoutOfChart;

/** Every edge by its conditions, or for each pair of states the families of its codes. */
export type ChartDetail = 'edges' | 'families';

export interface LayoutOfPolicy {
  /** `null` is the table of the RFCs. */
  readonly policy: PolicyJson | null;
  readonly only?: readonly number[];
  /** Paths of compound states that are shown closed. */
  readonly closed?: readonly string[];
  /** Default: edges. */
  readonly detail?: ChartDetail;
}

export interface LayoutOfChart {
  /** The id of a chart that the inspector has sent. */
  readonly chart: string;
  readonly closed: readonly string[];
  readonly detail?: ChartDetail;
}

export type LayoutAnswer = Omit<ChartEntry, 'type'> | { readonly defects: readonly string[] };

/** Total: whatever was asked, there is a chart or a sentence. `charts` are those that the inspector keeps. */
export async function answerLayout(
  asked: unknown,
  charts: (id: string) => ChartModel | undefined,
  layOutGraph?: GraphLayout,
): Promise<LayoutAnswer> {
  if (typeof asked !== 'object' || asked === null) return { defects: ['A layout is asked for with a JSON object.'] };
  const closed = textsOf('closed' in asked ? asked.closed : undefined);
  const detail = 'detail' in asked && asked.detail === 'families' ? 'families' : 'edges';
  if ('chart' in asked) {
    const model = typeof asked.chart === 'string' ? charts(asked.chart) : undefined;
    if (model === undefined) return { defects: ['There is no such chart.'] };
    return laidOut(String(asked.chart), collapsed(model, closed), detail, layOutGraph);
  }
  const policy = policyOf('policy' in asked ? asked.policy : null, 'only' in asked ? asked.only : undefined);
  if ('defects' in policy) return policy;
  const model = withoutUnreachable(chartOf(createRetryMachine(policy).config));
  if (isTooLarge(model)) return { defects: [TOO_LARGE] };
  return laidOut('retry', collapsed(model, closed), detail, layOutGraph);
}

async function laidOut(
  id: string,
  model: ChartModel,
  detail: ChartDetail,
  layOutGraph?: GraphLayout,
): Promise<LayoutAnswer> {
  const layout =
    detail === 'edges'
      ? await layOut(model, bundlesOf(model), layOutGraph)
      : await layOut(model, familyBundlesOf(model), layOutGraph, OVERVIEW);
  return { id, model, layout };
}

function policyOf(json: unknown, only: unknown): RetryPolicy | { readonly defects: readonly string[] } {
  const parsed = json === null ? { ok: true as const, policy: rfcPolicy } : parsePolicy(json);
  if (!parsed.ok) return { defects: parsed.defects.map((defect) => sentenceOf(defect)) };
  if (only === undefined) return parsed.policy;
  const statuses = Array.isArray(only) ? only.filter((one): one is number => typeof one === 'number') : [];
  try {
    return onlyStatuses(parsed.policy, [...new Set(statuses)]);
  } catch (cause) {
    if (!(cause instanceof SipRetryError)) throw cause;
    return { defects: [cause.message] };
  }
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
