// States and edges of a chart in words: for screen readers, the table and the panel beside the chart.
import type { ChartBundle, ChartRow } from '../../chart/bundle.js';
import type { ChartState } from '../../chart/chart-model.js';

/** A state by its path, as the command line and the JSON name it: `recovering.waiting`. */
export function pathInWords(path: string): string {
  return path === '' || path === '*' ? 'any state' : path;
}

export function stateInWords({ id, kind, description }: ChartState): string {
  const said = [`${kind === 'final' ? 'final state' : 'state'} ${pathInWords(id)}`, description];
  return said.filter((part) => part !== undefined).join(': ');
}

/** What is seen comes first: who speaks to the page says what is seen. */
export function rowInWords({ events, guard }: ChartRow, { source, target }: ChartBundle): string {
  const seen = [events, guard === undefined ? '' : `[${guard}]`].filter((part) => part !== '').join(' ');
  return `${seen === '' ? 'at once' : seen}, from ${pathInWords(source)} to ${pathInWords(target)}`;
}

/** The conditions of a row; of an overview only how many there are. */
export function guardsInWords({ guard, edges }: ChartRow): string {
  if (guard !== undefined) return guardInWords(guard);
  const guards = new Set(edges.flatMap((edge) => edge.guard ?? []));
  const [only] = guards;
  if (guards.size === 0 || only === undefined) return '';
  const isOnly = guards.size === 1 && edges.every((edge) => edge.guard !== undefined);
  return isOnly ? guardInWords(only) : `one of ${guards.size} conditions`;
}

export function guardInWords(guard: string): string {
  return guard.split(' & ').join(' and ');
}
