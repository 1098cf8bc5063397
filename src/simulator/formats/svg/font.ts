// The fonts of a picture, and how wide their text is at most: the picture must hold whatever system font draws it.
import { graphemesOf, widthOf } from '../text-width.js';

export type FontName = 'title' | 'head' | 'address' | 'time' | 'label' | 'header' | 'card' | 'why' | 'source' | 'note';

export interface Font {
  readonly size: number;
  readonly family: 'sans' | 'mono';
  readonly weight: 400 | 600;
}

export const fonts: { readonly [K in FontName]: Font } = {
  title: { size: 18, family: 'sans', weight: 600 },
  head: { size: 14, family: 'sans', weight: 600 },
  address: { size: 11, family: 'mono', weight: 400 },
  time: { size: 11, family: 'mono', weight: 400 },
  label: { size: 12.5, family: 'mono', weight: 600 },
  header: { size: 11, family: 'mono', weight: 400 },
  card: { size: 13, family: 'sans', weight: 600 },
  why: { size: 12.5, family: 'sans', weight: 400 },
  source: { size: 11.5, family: 'sans', weight: 400 },
  note: { size: 12, family: 'sans', weight: 400 },
};

export const families = {
  sans: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  mono: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace',
} as const;

/** How wide a text is at most, in user units. */
export function measure(text: string, name: FontName): number {
  const { size, family, weight } = fonts[name];
  let ems = 0;
  for (const grapheme of graphemesOf(text)) ems += family === 'mono' ? monoEms(grapheme) : sansEms(grapheme);
  return ems * size * (weight === 600 && family === 'sans' ? 1.08 : 1);
}

/** The text in at most this width, the end of a longer one replaced by `…`. */
export function cutToFit(text: string, width: number, name: FontName): string {
  if (measure(text, name) <= width) return text;
  let cut = '';
  let left = width - measure('…', name);
  for (const grapheme of graphemesOf(text)) {
    left -= measure(grapheme, name);
    if (left < 0) break;
    cut += grapheme;
  }
  return `${cut.trimEnd()}…`;
}

/** The text in lines of at most this width, broken at blanks but not inside a citation. */
export function wrapToFit(text: string, width: number, name: FontName): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/\(?RFC \d+ §\S+|\S+/g) ?? []) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || measure(longer, name) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].map((one) => cutToFit(one, width, name));
}

// Fonts of one width take 0.55 to 0.61 em; a wide character or a foreign script falls back to another font.
function monoEms(grapheme: string): number {
  return ASCII.test(grapheme) ? 0.61 : foreignEms(grapheme);
}

// The widest of the usual sans-serif fonts (DejaVu Sans, Verdana).
function sansEms(grapheme: string): number {
  if (!ASCII.test(grapheme)) return foreignEms(grapheme);
  if (THIN.test(grapheme)) return 0.34;
  if (NARROW.test(grapheme)) return 0.42;
  if (WIDE.test(grapheme)) return 1;
  return CAPITAL.test(grapheme) ? 0.79 : 0.635;
}

/** A cluster without ligature may be drawn sign by sign. */
function foreignEms(grapheme: string): number {
  return widthOf(grapheme) > 1
    ? 1.4 * Math.max(1, Array.from(grapheme).length / 2)
    : Math.max(0.85, 0.4 * grapheme.length);
}

const ASCII = /^[\x20-\x7e…§’]$/;
const THIN = /^[ijlI.,:;'’| /]$/;
const NARROW = /^[tfr!()[\]{}\\-]$/;
const WIDE = /^[mwMW@%…]$/;
const CAPITAL = /^[A-Z&#+=<>~]$/;
