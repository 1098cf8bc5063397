// What stands in the place of the chart before there is one.
import type { StreamState } from '../wire/entries-stream.js';

export interface EmptyProps {
  readonly stream: StreamState;
  /** Something has happened, and its chart is on the way. */
  readonly isAwaited: boolean;
}

export function Empty({ stream, isAwaited }: EmptyProps) {
  return (
    <div class="empty" role="status">
      <p>{stream === 'open' && isAwaited ? 'The chart is being laid out …' : SENTENCES[stream]}</p>
    </div>
  );
}

const SENTENCES: { readonly [K in StreamState]: string } = {
  connecting: 'Connecting to the inspector …',
  open: 'Nothing has happened yet: the chart appears with the first request.',
  lost: 'The inspector does not answer. The page tries again every second.',
  refused: 'The inspector refused the token of this address. Open the address that it printed.',
};
