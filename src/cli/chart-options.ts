// What `sip-retry chart` can be told; apart from the command, which loads the layout of charts.

export const chartFormats = ['svg', 'mermaid', 'json'] as const;
export type ChartFormat = (typeof chartFormats)[number];

export const chartNames = ['retry', 'invite-client-transaction', 'non-invite-client-transaction'] as const;
export type ChartName = (typeof chartNames)[number];

export interface ChartOptions {
  readonly format: ChartFormat;
  readonly machine: ChartName;
  readonly policy?: string;
  /** Codes to draw; the others go the way of their class. */
  readonly only?: readonly number[];
}
