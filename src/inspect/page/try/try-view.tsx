// Try it: a request and what came back, what the policy would do, and the policy itself to be changed. Nothing is sent.
import type { Inspection } from '../inspection.js';
import { ExportPolicy } from './export-policy.js';
import { EntriesForm } from './entries-form.js';
import { LimitsForm } from './limits-form.js';
import { MessagesForm } from './messages-form.js';
import { TrialView } from './trial-view.js';

export function TryView({ inspection }: { readonly inspection: Inspection }) {
  return (
    <div class="scroll try" tabIndex={0} role="region" aria-label="Try it">
      <MessagesForm inspection={inspection} />
      <TrialView inspection={inspection} />
      <details>
        <summary>Limits</summary>
        <LimitsForm inspection={inspection} />
      </details>
      <details>
        <summary>Entries of the policy</summary>
        <EntriesForm inspection={inspection} />
      </details>
      <details>
        <summary>Export</summary>
        <ExportPolicy inspection={inspection} />
      </details>
    </div>
  );
}
