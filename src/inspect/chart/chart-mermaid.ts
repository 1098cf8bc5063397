// A chart as a Mermaid state diagram, for pages that draw one themselves.
import { bundlesOf, type ChartRow } from './bundle.js';
import type { ChartModel } from './chart-model.js';

/** States and edges in Mermaid's words (`stateDiagram-v2`). */
export function chartMermaid(model: ChartModel): string {
  const statesIn = (parent: string, indent: string): readonly string[] =>
    model.states
      .filter((state) => state.parent === parent)
      .flatMap((state) => {
        const inner = statesIn(state.id, `${indent}  `);
        const own = `${indent}state "${state.name}" as ${idOf(state.id)}`;
        const initial = state.initial === undefined ? [] : [`${indent}  [*] --> ${idOf(state.initial)}`];
        const end = state.kind === 'final' ? [`${indent}${idOf(state.id)} --> [*]`] : [];
        return inner.length === 0 ? [own, ...end] : [`${own} {`, ...initial, ...inner, `${indent}}`];
      });
  const [root] = model.states;
  const initial = root?.initial === undefined ? [] : [`  [*] --> ${idOf(root.initial)}`];
  const edges = bundlesOf(model).map(({ source, target, rows }) => {
    const label = rows.map(rowAsText).join('\\n');
    return `  ${source === '' ? 'anyState' : idOf(source)} --> ${idOf(target)}${label === '' ? '' : `: ${label}`}`;
  });
  const any = model.edges.some(({ source }) => source === '') ? ['  state "any state" as anyState'] : [];
  return ['stateDiagram-v2', '  direction LR', ...initial, ...statesIn('', '  '), ...any, ...edges, ''].join('\n');
}

function rowAsText({ events, guard }: ChartRow): string {
  // A colon ends the label for Mermaid, and a semicolon the line.
  const text = [events, ...(guard === undefined ? [] : [`[${guard}]`])].filter((part) => part !== '').join(' ');
  return text.replaceAll(':', '#colon;').replaceAll(/;(?!.)/g, '');
}

function idOf(path: string): string {
  return path.replaceAll(/[^A-Za-z0-9]/g, '_');
}
