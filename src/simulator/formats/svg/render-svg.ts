// A ladder as one SVG picture on light ground.
import type { Transcript } from '../../transcript.js';
import { countsInWords } from '../counts-in-words.js';
import { escapeLine } from '../markup.js';
import { dateInWords, momentWriter, type WriteMoment } from '../moment.js';
import { wrapToFit } from './font.js';
import { rowInWords } from '../ladder/row-in-words.js';
import { lightPalette } from './palette.js';
import { pictureStyle } from './picture-style.js';
import { pictureOf } from './picture.js';
import { markupOf, type Block, type Shape } from './shape.js';

/** The picture as an SVG document. It needs no script and no network, and brings its ground with it. */
export function renderSvg(transcript: Transcript, options: { readonly details?: boolean } = {}): string {
  const { width, heads, rows, legend, ladder } = pictureOf(transcript, options);
  const moment = momentWriter(ladder.lastAt);
  const title = titleBlock(transcript, moment, width);
  let y = 0;
  const placed = (block: Block, name?: string): string => {
    const group = groupOf(block, y, name);
    y += block.height;
    return group;
  };
  const groups = [
    placed(title),
    placed(heads),
    ...rows.map((row) => placed(row, rowInWords(row.row, moment))),
    placed({ height: 10, shapes: [] }),
    placed(legend),
  ];
  const summary = countsInWords(transcript.counts);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" role="img" aria-labelledby="title summary">`,
    `<title id="title">${escapeLine(transcript.name)}</title>`,
    `<desc id="summary">${escapeLine(summary)}</desc>`,
    `<style>\n${pictureStyle(lightPalette)}\n</style>`,
    `<rect width="${width}" height="${y}" rx="8" class="ground"/>`,
    ...groups,
    '</svg>',
  ].join('\n')}\n`;
}

function groupOf({ shapes }: Block, y: number, name: string | undefined): string {
  const title = name === undefined ? '' : `<title>${escapeLine(name)}</title>`;
  return `<g transform="translate(0 ${y})">${title}${shapes.map(markupOf).join('')}</g>`;
}

function titleBlock({ name, counts, seed, startedAt }: Transcript, moment: WriteMoment, width: number): Block {
  const names = wrapToFit(name, width - 40, 'title');
  const facts = wrapToFit(
    `${countsInWords(counts)} · seed ${seed} · ${moment(0)} s is ${dateInWords(startedAt)}`,
    width - 40,
    'note',
  );
  const shapes: Shape[] = [];
  let y = 12;
  for (const text of names)
    shapes.push({ shape: 'text', x: 20, y: (y += 24), text, font: 'title', anchor: 'start', ink: 'ink' });
  for (const text of facts)
    shapes.push({ shape: 'text', x: 20, y: (y += 20), text, font: 'note', anchor: 'start', ink: 'faint' });
  return { height: y + 18, shapes };
}
