// Where the columns of the ladder stand, and what they are called.
import { visible } from '../../../sip/visible.js';

export interface Lanes {
  readonly names: readonly string[];
  readonly width: number;
  /** The middle of a column; who has none of its own stands in the last. */
  readonly x: (name: string) => number;
}

export function lanesOf(names: readonly string[], width: number): Lanes {
  const column = width / Math.max(names.length, 1);
  const places = new Map(names.map((name, index) => [name, (index + 0.5) * column]));
  const last = width - column / 2;
  return { names, width, x: (name) => places.get(name) ?? last };
}

/** As the ladder names it, wherever it is spoken of. */
export function laneName(name: string): string {
  return name === 'uac' ? 'UAC' : visible(name);
}

/** The advance of the ladder's fixed-width font. */
const CHARACTER = 7.25;

/** Where a label begins that stands above an arrow: over its middle, and inside the ladder. */
export function labelStart(text: string, from: number, to: number, width: number): number {
  const length = text.length * CHARACTER;
  const middle = (from + to) / 2;
  return Math.max(0, Math.min(middle - length / 2, width - length));
}
