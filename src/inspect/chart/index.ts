// A statechart as a picture, as Mermaid's text, and as data.
import { bundlesOf } from './bundle.js';
import { chartOf, type ChartModel } from './chart-model.js';
import { chartSvg } from './chart-svg.js';
import { layOut } from './lay-out.js';

export { bundlesOf, chartOf, chartSvg, layOut };
export { chartMermaid } from './chart-mermaid.js';
export { withoutUnreachable } from './reachable.js';
export type { ChartBundle, ChartRow } from './bundle.js';
export type { ChartEdge, ChartModel, ChartState, StateKind } from './chart-model.js';
export type { ChartLayout, PlacedBundle, PlacedState } from './lay-out.js';

/** The picture of a chart as an SVG document of its own. */
export async function drawChart(model: ChartModel): Promise<string> {
  const layout = await layOut(model, bundlesOf(model));
  const { name, description } = model;
  return chartSvg(layout, { title: `Statechart ${name}`, ...(description === undefined ? {} : { description }) });
}
