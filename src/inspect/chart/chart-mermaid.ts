// A chart as a Mermaid state diagram, for pages that draw one themselves.
import { bundlesOf, type ChartRow } from './bundle.js';
import type { ChartModel, ChartState } from './chart-model.js';

/**
 * States and edges in Mermaid's words (`stateDiagram-v2`). A state in another one bears the path of both and no frame
 * is drawn: Mermaid lays the labels of edges that cross a frame over each other.
 */
export function chartMermaid(model: ChartModel): string {
  const states = new Map(model.states.map((state) => [state.id, state]));
  /** What is entered in the end: a compound state is left to the first state in it. */
  const entered = (id: string): string => {
    const initial = states.get(id)?.initial;
    return initial === undefined || !states.has(initial) ? id : entered(initial);
  };
  const initial = entered('');
  const edges = bundlesOf(model).map(({ source, target, rows }) => {
    const label = rows.map(rowAsText).join('<br/>');
    const end = target === source ? target : entered(target);
    return { source, end, text: `  ${idOf(source)} --> ${idOf(end)}${label === '' ? '' : `: ${label}`}` };
  });
  const ends = new Set(edges.flatMap(({ source, end }) => [source, end]));
  const parents = new Set(model.states.map(({ parent }) => parent));
  const isDrawn = ({ id }: ChartState): boolean => !parents.has(id) || ends.has(id);
  return [
    'stateDiagram-v2',
    '  direction LR',
    ...(initial === '' ? [] : [`  [*] --> ${idOf(initial)}`]),
    ...model.states.filter(isDrawn).flatMap(({ id, kind }) => {
      const name = id === '' ? 'any state' : parents.has(id) ? `any of ${id}` : id;
      return [`  state "${name}" as ${idOf(id)}`, ...(kind === 'final' ? [`  ${idOf(id)} --> [*]`] : [])];
    }),
    ...edges.map(({ text }) => text),
    '',
  ].join('\n');
}

function rowAsText({ events, guard }: ChartRow): string {
  // A colon ends the label for Mermaid, and a semicolon the line.
  const text = [events, ...(guard === undefined ? [] : [`[${guard}]`])].filter((part) => part !== '').join(' ');
  return text.replaceAll(':', '#colon;').replaceAll(/;(?!.)/g, '');
}

function idOf(path: string): string {
  return path === '' ? 'anyState' : path.replaceAll(/[^A-Za-z0-9]/g, '_');
}
