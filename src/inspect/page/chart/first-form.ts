// In which form a chart opens: readable comes before complete.
import { ROW_FONT, type Size } from '../../chart/geometry.js';
import { smallCompounds } from '../../chart/families.js';
import type { ChartModel } from '../../chart/chart-model.js';
import type { Inspection, Shown } from '../inspection.js';
import { vary, type Wanted } from './vary.js';
import { fit } from './viewport.js';

/** Text of this height, in pixels, is read without effort. */
const READABLE = 9;

/** Whether the text of a chart can be read when all of it is seen. */
export function isReadable({ layout }: Shown, screen: Size): boolean {
  return fit(layout, screen).scale * ROW_FONT >= READABLE;
}

/** A chart whose text would be too small opens as an overview. */
export async function openReadably(inspection: Inspection, chart: Shown, screen: Size): Promise<void> {
  if (!inspection.isFirstSeen(chart.id) || isReadable(chart, screen)) return;
  inspection.update({ arranging: chart.id });
  await vary(inspection, overviewOf(chart.model));
  inspection.update({ arranging: undefined });
}

/** The families of codes, with small compound states closed. */
export function overviewOf(model: ChartModel): Wanted {
  return { detail: 'families', only: undefined, closed: smallCompounds(model) };
}
