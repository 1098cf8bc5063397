// One decision of the flow: what was done, why, by which section, what was looked at, what changed in the request.
import { durationInWords } from '../../../policy/in-words.js';
import { visible } from '../../../sip/visible.js';
import type { DecisionEntry } from '../../inspector-entry.js';
import type { Inspection } from '../inspection.js';
import { ChangesView } from './changes-view.js';
import { ConditionsView } from './conditions-view.js';
import { EntryView } from './entry-view.js';
import { keyOfRule } from './rule-key.js';

export function DecisionView({
  decision,
  inspection,
}: {
  readonly decision: DecisionEntry;
  readonly inspection: Inspection;
}) {
  const { status, treatedAs, action, why, rule, cite, trace, delayMs, attempt, changes, actor } = decision;
  return (
    <>
      <h2>
        {status} → {visible(action)}
      </h2>
      <p class="faint">
        {visible(inspection.window.actors.get(actor) ?? actor)}, attempt {attempt}
        {treatedAs === status ? '' : `; ${status} is treated as ${treatedAs} (RFC 3261 §8.1.3.2)`}
      </p>
      <dl>
        <dt>why</dt>
        <dd>{visible(why)}</dd>
        <dt>sections</dt>
        <dd>
          {cite.join(', ')} (rule {rule})
        </dd>
        {delayMs > 0 ? (
          <>
            <dt>after</dt>
            <dd>{durationInWords(Math.round(delayMs))}</dd>
          </>
        ) : null}
      </dl>
      <ConditionsView trace={trace} />
      <ChangesView changes={changes} />
      <EntryView inspection={inspection} entryKey={keyOfRule(rule)} used={new Set([rule])} trace={trace} isBelow />
    </>
  );
}
