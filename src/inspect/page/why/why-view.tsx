// Why: what was chosen in the chart or the ladder, told from the table of the policy; else the last decision.
import { visible } from '../../../sip/visible.js';
import type { FlowEntry } from '../flow/sorted-entries.js';
import type { Inspection } from '../inspection.js';
import type { Selection } from '../selection.js';
import { DecisionView } from './decision-view.js';
import { EntryView } from './entry-view.js';
import { MessageView } from './message-view.js';
import { OutcomeView } from './outcome-view.js';
import { RowView } from './row-view.js';
import { StateView } from './state-view.js';

export function WhyView({ inspection }: { readonly inspection: Inspection }) {
  const { selection, moment, playback } = inspection;
  return (
    <div
      class="scroll why"
      tabIndex={0}
      role="region"
      aria-label="Why"
      aria-live={playback.isPlaying ? 'off' : 'polite'}
    >
      {selection !== undefined ? (
        <Chosen inspection={inspection} selection={selection} />
      ) : moment?.decision === undefined ? (
        <p class="faint">Choose an edge or a state of the chart, or a row of the ladder: here stands why.</p>
      ) : (
        <DecisionView decision={moment.decision} inspection={inspection} />
      )}
    </div>
  );
}

function Chosen({ inspection, selection }: { readonly inspection: Inspection; readonly selection: Selection }) {
  switch (selection.kind) {
    case 'row':
      return <RowView inspection={inspection} id={selection.row} />;
    case 'state':
      return <StateView inspection={inspection} id={selection.state} />;
    case 'key':
      return <EntryView inspection={inspection} entryKey={selection.key} used={new Set()} />;
    case 'entry': {
      const { all } = inspection.window;
      const entry = all.at(all.after(selection.seq) - 1);
      return entry?.seq === selection.seq ? (
        <Told entry={entry} inspection={inspection} />
      ) : (
        <p>It is no longer kept.</p>
      );
    }
  }
}

function Told({ entry, inspection }: { readonly entry: FlowEntry; readonly inspection: Inspection }) {
  switch (entry.type) {
    case 'message':
      return <MessageView message={entry} inspection={inspection} />;
    case 'decision':
      return <DecisionView decision={entry} inspection={inspection} />;
    case 'outcome':
      return <OutcomeView outcome={entry} inspection={inspection} />;
    case 'note':
      return <p>{visible(entry.text)}</p>;
    default:
      return null;
  }
}
