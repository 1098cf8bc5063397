// What a picture is made of, before it is markup: so that a test can ask where everything stands.
import { escapeLine } from '../markup.js';
import type { FontName } from './font.js';

export type Shape =
  | {
      readonly shape: 'text';
      readonly x: number;
      /** Of the baseline. */
      readonly y: number;
      readonly text: string;
      readonly font: FontName;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly ink: string;
      /** Lines behind the text step back from it. */
      readonly hasHalo?: boolean;
    }
  | {
      readonly shape: 'line';
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly look: string;
    }
  | { readonly shape: 'path'; readonly d: string; readonly look: string }
  | {
      readonly shape: 'box';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly look: string;
    };

/** A part of a picture, as wide as the picture; y counts from its upper edge. */
export interface Block {
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export function markupOf(shape: Shape): string {
  switch (shape.shape) {
    case 'text': {
      const { x, y, text, font, anchor, ink, hasHalo } = shape;
      const look = `t-${font} ${ink}${hasHalo === true ? ' halo' : ''}`;
      return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" class="${look}">${escapeLine(text)}</text>`;
    }
    case 'line': {
      const { x1, y1, x2, y2, look } = shape;
      return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${look}"/>`;
    }
    case 'path':
      return `<path d="${shape.d}" class="${shape.look}"/>`;
    case 'box': {
      const { x, y, width, height, look } = shape;
      return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="5" class="${look}"/>`;
    }
  }
}

/** Half units keep lines crisp. */
export function round(value: number): number {
  return Math.round(value * 2) / 2;
}
