// What XState tells an inspector, as far as a transcript reads it; XState's own types stay behind this door.

/** Sees every step of all charts, as XState tells it; nothing in it is secret. */
export type Inspect = (event: { readonly type: string }) => void;

/** One step of a chart. */
export interface ChartStep {
  /** The chart, by identity. */
  readonly chart: object;
  /** The event, by type. */
  readonly event: string;
  /** Where the chart is now: `recovering.waiting`. */
  readonly state: string;
}

/** A chart was made. */
export function newChartOf(event: { readonly type: string }): object | undefined {
  return event.type === '@xstate.actor' ? objectAt(event, 'actorRef') : undefined;
}

/** The step that an inspection event is about. */
export function chartStepOf(event: { readonly type: string }): ChartStep | undefined {
  if (event.type !== '@xstate.snapshot') return undefined;
  const chart = objectAt(event, 'actorRef');
  const type: unknown = memberOf(objectAt(event, 'event'), 'type');
  const value: unknown = memberOf(objectAt(event, 'snapshot'), 'value');
  if (chart === undefined || typeof type !== 'string' || value === undefined) return undefined;
  return { chart, event: type, state: pathOf(value) };
}

function pathOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([name, inner]) => `${name}.${pathOf(inner)}`)
    .join(' ');
}

function objectAt(owner: unknown, name: string): object | undefined {
  const member = memberOf(owner, name);
  return typeof member === 'object' && member !== null ? member : undefined;
}

function memberOf(owner: unknown, name: string): unknown {
  if (typeof owner !== 'object' || owner === null || !(name in owner)) return undefined;
  return (owner as { readonly [name: string]: unknown })[name];
}
