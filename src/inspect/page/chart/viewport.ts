// What part of the chart is seen, and how large.
import type { Box, Point } from '../../chart/lay-out.js';
import type { Size } from '../../chart/geometry.js';

/** A point of the chart stands at `point * scale + offset` on the screen. */
export interface Viewport extends Point {
  readonly scale: number;
}

const LEAST = 0.1;
const MOST = 4;
const MARGIN = 8;
/** Around a whole chart, which has an edge of its own. */
const FIT_MARGIN = 4;
/** A small chart on a large screen is enlarged up to this. */
const LARGEST_FIT = 1.8;
/** Text that is drawn smaller than this cannot be read. */
const READABLE = 0.9;

export function fit(chart: Size, screen: Size): Viewport {
  const scale = bounded(
    Math.min(
      (screen.width - 2 * FIT_MARGIN) / chart.width,
      (screen.height - 2 * FIT_MARGIN) / chart.height,
      LARGEST_FIT,
    ),
  );
  return {
    scale,
    x: (screen.width - chart.width * scale) / 2,
    y: (screen.height - chart.height * scale) / 2,
  };
}

/** Larger or smaller, with this point of the screen staying where it is. */
export function zoomed({ scale, x, y }: Viewport, factor: number, at: Point): Viewport {
  const next = bounded(scale * factor);
  return { scale: next, x: at.x - ((at.x - x) / scale) * next, y: at.y - ((at.y - y) / scale) * next };
}

export function panned({ scale, x, y }: Viewport, by: Point): Viewport {
  return { scale, x: x + by.x, y: y + by.y };
}

/** These boxes in the middle, at a size at which they can be read if they fit, without going closer than needed. */
export function centred(boxes: readonly Box[], screen: Size, from: Viewport): Viewport {
  const around = frameOf(boxes);
  const whole = Math.min(
    (screen.width - 4 * MARGIN) / Math.max(around.width, 1),
    (screen.height - 4 * MARGIN) / Math.max(around.height, 1),
  );
  const scale = bounded(Math.min(Math.max(from.scale, READABLE), Math.max(whole, 0.3)));
  return {
    scale,
    x: screen.width / 2 - (around.x + around.width / 2) * scale,
    y: screen.height / 2 - (around.y + around.height / 2) * scale,
  };
}

/** Whether all of these boxes are on the screen, large enough to be read. */
export function shows({ scale, x, y }: Viewport, boxes: readonly Box[], screen: Size): boolean {
  const around = frameOf(boxes);
  const [left, top] = [around.x * scale + x, around.y * scale + y];
  const [right, bottom] = [left + around.width * scale, top + around.height * scale];
  return scale >= 0.5 && left >= 0 && top >= 0 && right <= screen.width && bottom <= screen.height;
}

function frameOf(boxes: readonly Box[]): Box {
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return boxes.length === 0
    ? { x: 0, y: 0, width: 1, height: 1 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

function bounded(scale: number): number {
  return Math.min(MOST, Math.max(LEAST, scale));
}
