// How a request ended.
import { visible } from '../../../sip/visible.js';
import type { OutcomeEntry } from '../../inspector-entry.js';
import type { Inspection } from '../inspection.js';

export function OutcomeView({
  outcome: entry,
  inspection,
}: {
  readonly outcome: OutcomeEntry;
  readonly inspection: Inspection;
}) {
  const { outcome, status, reason, cite, attempts, actor } = entry;
  return (
    <>
      <h2 class={outcome}>{outcome === 'gaveUp' ? 'gave up' : outcome}</h2>
      <dl>
        <dt>actor</dt>
        <dd>{visible(inspection.window.actors.get(actor) ?? actor)}</dd>
        <dt>status</dt>
        <dd>{status ?? 'none'}</dd>
        {reason === null ? null : (
          <>
            <dt>reason</dt>
            <dd>{visible(reason)}</dd>
          </>
        )}
        <dt>attempts</dt>
        <dd>{attempts}</dd>
        {cite.length === 0 ? null : (
          <>
            <dt>sections</dt>
            <dd>{cite.join(', ')}</dd>
          </>
        )}
      </dl>
    </>
  );
}
