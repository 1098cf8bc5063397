// The style sheet of a picture: fonts by name, colours from a palette.
import { families, fonts } from './font.js';
import type { Palette } from './palette.js';

/** Rules for fonts, lines and shapes; the same for every palette. */
export function pictureStyle(palette: Palette): string {
  return [
    ...Object.entries(fonts).map(([name, font]) => {
      const { size, family, weight } = font;
      return `.t-${name}{font:${weight} ${size}px ${families[family]}}`;
    }),
    'text{unicode-bidi:isolate}',
    '.lane,.axis{stroke-width:1.5}',
    '.gap{stroke-width:2.5;stroke-dasharray:2.5 5}',
    '.arrow{stroke-width:1.6;fill:none}',
    '.again{stroke-dasharray:6 4}',
    '.late{stroke-dasharray:1.5 4}',
    '.halo{stroke-width:5;stroke-linejoin:round;paint-order:stroke}',
    '.box{stroke-width:1}',
    pictureColours(palette),
  ].join('\n');
}

/** The colours alone. */
export function pictureColours({ ground, panel, ink, faint, lane, arrow, lost, tones }: Palette): string {
  return [
    `.ground{fill:${ground}}`,
    `.head{fill:${panel};stroke:${lane}}`,
    `.ink{fill:${ink}}`,
    `.faint{fill:${faint}}`,
    `.lost-ink{fill:${lost}}`,
    `.halo{stroke:${ground}}`,
    `.lane,.axis{stroke:${lane}}`,
    `.arrow{stroke:${arrow}}`,
    `.tip{fill:${arrow}}`,
    `.cut{stroke:${lost};fill:none;stroke-width:2}`,
    ...Object.entries(tones).flatMap(([tone, { ink: text, fill }]) => [
      `.${tone}-ink{fill:${text}}`,
      `.${tone}-box{fill:${fill};stroke:${text}}`,
      `.${tone}-line{stroke:${text};stroke-width:1.5}`,
    ]),
  ].join('\n');
}
