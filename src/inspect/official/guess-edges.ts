// Which edge was taken, where nobody tells: the official inspector names the event and the states alone.
import type { ChartEdge, ChartModel } from '../chart/index.js';

export interface SeenStep {
  readonly before: readonly string[];
  readonly event: string;
  readonly after: readonly string[];
}

/** The only edge that explains the step; none when several do, or the event changed nothing. */
export function guessEdges({ edges }: ChartModel, { before, event, after }: SeenStep): readonly string[] {
  const entered = after.filter((state) => !before.includes(state));
  if (entered.length === 0) return [];
  const left = new Set(['', ...before]);
  const fitting = edges.filter((edge) => left.has(edge.source) && entered.includes(edge.target) && isFor(edge, event));
  const [first] = fitting;
  return first !== undefined && fitting.length === 1 ? [first.id] : [];
}

function isFor(edge: ChartEdge, event: string): boolean {
  if (edge.event === event || edge.event === '*') return true;
  if (edge.event.endsWith('.*')) return event.startsWith(edge.event.slice(0, -1));
  const [, delay] = /^xstate\.after\.([^.]+)\./.exec(event) ?? [];
  if (delay !== undefined) return edge.event === `after ${delay}`;
  const [, what, actor] = /^xstate\.(done\.actor|error\.actor|snapshot)\.(.+)$/s.exec(event) ?? [];
  if (what !== undefined && actor !== undefined) {
    const kind = what.split('.')[0] ?? '';
    // By its id; what has none is named by the place of its state.
    return (
      edge.event === `${kind} ${actor}` || (edge.event.startsWith(`${kind} `) && actor.endsWith(`.${edge.source}`))
    );
  }
  return edge.event === 'done' && event.startsWith('xstate.done.state.');
}
