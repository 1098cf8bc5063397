// How large a chart is laid out: one from elsewhere may be of any size, and the time that it takes grows faster than the chart.
import type { ChartModel } from './chart/index.js';

const MOST_STATES = 150;
const MOST_EDGES = 1_500;

export function isTooLarge({ states, edges }: ChartModel): boolean {
  return states.length > MOST_STATES || edges.length > MOST_EDGES;
}

export const TOO_LARGE = `A chart of more than ${MOST_STATES} states or ${MOST_EDGES} edges is not laid out.`;
