// What the policy would do with what was filled in.
import { actionInWords, detailInWords, durationInWords } from '../../../policy/in-words.js';
import { giveUpSentences } from '../../../policy/reason-sentence.js';
import { visible } from '../../../sip/visible.js';
import type { Inspection } from '../inspection.js';
import { ChangesView } from '../why/changes-view.js';
import { ConditionsView } from '../why/conditions-view.js';
import { keyOfRule } from '../why/rule-key.js';
import { inputOf } from './trial-form.js';
import { tryOut, type Trial } from './trial.js';

export function TrialView({ inspection }: { readonly inspection: Inspection }) {
  const { form, policy, edits } = inspection;
  const trial = tryOut(inputOf(form), { policy, limits: edits.limits, seed: form.seed, now: Date.now() });
  return (
    <section class="trial-result" aria-label="What the policy would do">
      {trial.kind === 'decided' ? (
        <Decided trial={trial} inspection={inspection} />
      ) : (
        <p class="defect" role="status">
          {visible(trial.why)}
        </p>
      )}
    </section>
  );
}

function Decided({
  trial,
  inspection,
}: {
  readonly trial: Extract<Trial, { kind: 'decided' }>;
  readonly inspection: Inspection;
}) {
  const { told, decision, changes } = trial;
  const { action, rule, cite, trace, status, treatedAs } = decision;
  return (
    <>
      <h2>
        <span role="status">
          {status} → {visible(actionInWords(action))}
        </span>
      </h2>
      <p class="faint">
        {cite.join(', ')} (rule {rule}
        {status === treatedAs ? '' : `; ${status} is treated as ${treatedAs}`})
      </p>
      {action.type === 'giveUp' ? (
        <p>{visible([giveUpSentences[action.reason], ...detailInWords(action.detail)].join('; '))}.</p>
      ) : null}
      {told.delayMs > 0 ? <p>After {durationInWords(Math.round(told.delayMs))}.</p> : null}
      {told.notes.map((note, index) => (
        <p key={index} class="faint">
          {visible(note)}
        </p>
      ))}
      <p class="links">
        <button type="button" onClick={() => showInChart(inspection, rule)}>
          Show in the chart
        </button>
        <button
          type="button"
          onClick={() => inspection.update({ selection: { kind: 'key', key: keyOfRule(rule) }, pane: 'why' })}
        >
          Show the entry
        </button>
      </p>
      <ConditionsView trace={trace} />
      <ChangesView changes={changes} />
      <details>
        <summary>As JSON, as sip-retry decide prints it</summary>
        <pre class="json" id="try-json">
          {JSON.stringify(told, null, 2)}
        </pre>
      </details>
    </>
  );
}

/** The row of the chart that was made from this rule. */
function showInChart(inspection: Inspection, rule: string): void {
  const rows = inspection.shown?.layout.bundles.flatMap((placed) => placed.rows) ?? [];
  const row = rows.find((placed) => placed.row.edges.some((edge) => edge.rule === rule))?.row;
  if (row !== undefined) inspection.update({ selection: { kind: 'row', row: row.id }, view: 'chart' });
}
