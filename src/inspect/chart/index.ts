// A statechart as a picture, as Mermaid's text, and as data.
import { bundlesOf } from './bundle.js';
import { chartOf, type ChartModel } from './chart-model.js';
import { chartShapes, chartSvg } from './chart-svg.js';
import { layOut } from './lay-out.js';

export { bundlesOf, chartOf, chartShapes, chartSvg, layOut };
export { THEMED_STYLE } from './chart-style.js';
export { familyBundlesOf, smallCompounds } from './families.js';
export { OVERVIEW, type LayoutStyle } from './layout-style.js';
export { collapsed } from './collapsed.js';
export { chartMermaid } from './chart-mermaid.js';
export { withoutUnreachable } from './reachable.js';
export type { ChartBundle, ChartRow } from './bundle.js';
export type { ChartEdge, ChartModel, ChartState, StateKind } from './chart-model.js';
export type { GraphLayout } from './lay-out.js';
export type { ChartLayout, PlacedBundle, PlacedRow, PlacedState } from './lay-out.js';

/** The picture of a chart as an SVG document of its own. */
export async function drawChart(model: ChartModel): Promise<string> {
  const layout = await layOut(model, bundlesOf(model));
  const { name, description } = model;
  return chartSvg(layout, { title: `Statechart ${name}`, ...(description === undefined ? {} : { description }) });
}
