// Other forms of the chart that is looked at: of edited entries, of the codes of this flow alone, with states closed.
import type { ChartDetail, LayoutRequest } from '../../lay-out-request.js';
import { readEntryKey } from '../../../policy/entry-key.js';
import { policyToJson } from '../../../policy/policy-json.js';
import type { RetryPolicy } from '../../../policy/rule.js';
import type { Inspection, Shown } from '../inspection.js';
import { editedPolicy, type Edits } from '../try/edited-policy.js';
import { askLayout } from '../wire/ask-layout.js';

export interface Variation {
  readonly entries: Edits['entries'];
  /** Compound states that are shown closed. */
  readonly closed: readonly string[];
  /** Only these codes; undefined for all. */
  readonly only: readonly number[] | undefined;
  readonly detail: ChartDetail;
  readonly shown: Shown;
}

export type Wanted = Partial<Pick<Variation, 'entries' | 'closed' | 'only' | 'detail'>>;

/** Shows another form; gives back what is wrong with it, and then the chart stays as it is. */
export async function vary(inspection: Inspection, wanted: Wanted): Promise<readonly string[]> {
  const { chart, edits, variation, token, base } = inspection;
  const { closed = [], only, detail = 'edges' } = variation ?? {};
  const next = { entries: edits.entries, closed, only, detail, ...wanted };
  const edited = editedPolicy(base, next.entries);
  if ('defects' in edited) return edited.defects;
  inspection.update({ edits: { ...edits, entries: next.entries } });
  if (chart === undefined) return [];
  const isEdited = isPolicyChart(chart) && edited.policy !== base;
  const number = inspection.noteAsked();
  if (!isEdited && next.closed.length === 0 && next.only === undefined && next.detail === 'edges') {
    inspection.show(chart.id, undefined);
    return [];
  }
  const answer = await askLayout(token, requestFor(chart, edited.policy, isEdited, next));
  if ('defects' in answer) return answer.defects;
  // Whoever has asked for another form since then waits for that one.
  if (inspection.isLastAsked(number)) inspection.show(chart.id, { ...next, shown: answer });
  return [];
}

/** The codes that decisions of this flow were about, as far as the policy has entries for them. */
export function codesOf({ window: kept, policy }: Inspection): readonly number[] {
  const known = new Set(Object.keys(policy.entries).map(codeOf));
  const codes = new Set<number>();
  for (const entry of kept.told.slice(0, kept.told.length)) if (entry.type === 'decision') codes.add(entry.treatedAs);
  return [...codes].filter((code) => known.has(code)).sort((one, other) => one - other);
}

/** Whether the rows of a policy stand behind its edges. */
export function isPolicyChart({ model }: Shown): boolean {
  return model.edges.some(({ rule }) => rule !== undefined);
}

function requestFor(
  chart: Shown,
  policy: RetryPolicy,
  isEdited: boolean,
  { closed, only, detail }: Pick<Variation, 'closed' | 'only' | 'detail'>,
): LayoutRequest {
  if (!isEdited && only === undefined) return { chart: chart.id, closed, detail };
  return { policy: policyToJson(policy), closed, detail, ...(only === undefined ? {} : { only }) };
}

function codeOf(key: string): number {
  const parts = readEntryKey(key);
  return parts === undefined || parts.isClass ? NaN : parts.status;
}
