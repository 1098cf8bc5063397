// A ladder for a terminal: one column for each party, times on the left, decisions below the UAC.
import { visible } from '../../../sip/visible.js';
import type { PassingMessage, Transcript } from '../../transcript.js';
import { countsInWords } from '../counts-in-words.js';
import { ladderOf } from '../ladder/ladder-of.js';
import type { CardRow, Ladder, LadderRow, MessageRow } from '../ladder/ladder-row.js';
import { dateInWords, momentWriter } from '../moment.js';
import type { Arrow } from './arrow.js';
import { Lanes } from './lanes.js';
import { asAscii, asciiSigns, unicodeSigns, type Signs } from './signs.js';
import { TextDrawing } from './text-drawing.js';

/** How a ladder is written. */
export interface TextOptions {
  /** Characters in a line. Default: 80. */
  readonly columns?: number;
  /** Whether colours are written. Default: no. */
  readonly colour?: boolean;
  /** Whether nothing but ASCII is written. Default: no. */
  readonly ascii?: boolean;
  /** Whether every timer and every step of a chart is told. Default: no. */
  readonly details?: boolean;
}

/** The whole ladder, its last line ended; no line is longer than `columns` as long as the lanes fit. */
export function renderText(transcript: Transcript, options: TextOptions = {}): string {
  const { ascii = false, colour = false, columns = 80 } = options;
  const { name, counts, seed, startedAt } = transcript;
  const ladder = ladderOf(transcript, options);
  const signs = ascii ? asciiSigns : unicodeSigns;
  const write = ascii ? (text: string) => asAscii(visible(text)) : visible;
  const moment = momentWriter(ladder.lastAt);
  const lanes = new Lanes(columns, moment(ladder.lastAt).length + 3, ladder.lanes);
  const drawing = new TextDrawing(lanes, signs);

  drawing.paragraph(write(name), 'strong');
  drawing.empty();
  drawing.heads(write);
  const rows = new RowWriter({ drawing, lanes, write, moment, signs, ladder });
  for (const row of ladder.rows) rows.write(row);
  drawing.space();
  drawing.empty();
  drawing.paragraph(countsInWords(counts), 'faint');
  drawing.paragraph(`seed ${seed}, ${moment(0)} is ${dateInWords(startedAt)}`, 'faint');
  const legend = legendOf(ladder, signs);
  if (legend !== '') drawing.paragraph(legend, 'faint');
  const text = drawing.toText(colour);
  return ascii ? asAscii(text) : text;
}

interface RowWriting {
  readonly drawing: TextDrawing;
  readonly lanes: Lanes;
  readonly write: (text: string) => string;
  readonly moment: (ms: number) => string;
  readonly signs: Signs;
  readonly ladder: Ladder;
}

class RowWriter {
  readonly #with: RowWriting;
  #before: LadderRow['kind'] | undefined;

  constructor(writing: RowWriting) {
    this.#with = writing;
  }

  write(row: LadderRow): void {
    const { drawing, lanes, signs } = this.#with;
    // A card stands apart from the messages around it.
    if (row.kind !== 'gap' && (row.kind === 'card') !== (this.#before === 'card') && this.#before !== 'gap')
      drawing.space();
    this.#before = row.kind;
    switch (row.kind) {
      case 'message': {
        this.#message(row);
        return;
      }
      case 'arrival': {
        this.#arrow(row.at, row.message, { label: row.isCopy ? 'arrives again' : 'arrives', stroke: 'late' });
        return;
      }
      case 'card': {
        this.#card(row);
        return;
      }
      case 'note': {
        drawing.block(this.#with.moment(row.at), lanes.of(row.party), [
          { lead: `${signs.note} `, text: this.#tagged(row, row.text) },
        ]);
        return;
      }
      case 'gap': {
        drawing.gap(lanes.of('uac'), this.#tagged(row, row.text));
        return;
      }
    }
  }

  #message({ at, message, headers, isCrossing }: MessageRow): void {
    const { drawing, lanes, write } = this.#with;
    const stroke = message.lost === undefined ? (isCrossing ? 'pending' : 'full') : STROKES[message.lost];
    this.#arrow(at, message, { label: '', stroke });
    if (headers.length === 0) return;
    const lane = Math.min(lanes.of(message.from), lanes.of(message.to));
    drawing.block(
      '',
      lane,
      headers.map((text) => ({ lead: '  ', text: write(text), style: 'faint', isCut: true })),
    );
  }

  #arrow(at: number, message: PassingMessage, { label, stroke }: Pick<Arrow, 'label' | 'stroke'>): void {
    const { drawing, lanes, signs, moment } = this.#with;
    const { summary, retransmission, lost } = message;
    const ending = lost === undefined || lost === 'network' ? label : lost;
    const words = [...(retransmission ? [signs.again] : []), summary, ...(ending === '' ? [] : [`(${ending})`])];
    drawing.arrow(moment(at), lanes.of(message.from), lanes.of(message.to), {
      label: this.#tagged(message, words.join(' ')),
      stroke,
      isFaint: retransmission,
    });
  }

  #card(row: CardRow): void {
    const { drawing, lanes, write, moment, signs } = this.#with;
    drawing.block(moment(row.at), lanes.of('uac'), [
      { lead: `${signs.tone[row.tone]} `, text: this.#tagged(row, row.title), style: row.tone },
      ...(row.why === '' ? [] : [{ lead: '  ', text: write(row.why) }]),
      ...(row.source === '' ? [] : [{ lead: '  ', text: write(row.source), style: 'faint' as const }]),
    ]);
  }

  /** Where there are several requests, each row says which it belongs to. */
  #tagged({ request }: { readonly request?: string | undefined }, text: string): string {
    const isTagged = request !== undefined && this.#with.ladder.requests.length > 1;
    return this.#with.write(isTagged ? `[${request}] ${text}` : text);
  }
}

/** What the signs mean that were used. */
function legendOf({ rows }: Ladder, signs: Signs): string {
  const messages = rows.flatMap((row) => (row.kind === 'message' ? [row] : []));
  return [
    ...(messages.some(({ message }) => message.retransmission) ? [`${signs.again} retransmission`] : []),
    ...(messages.some(({ message }) => message.lost !== undefined) ? [`${signs.lost} did not arrive`] : []),
    ...(messages.some(({ isCrossing }) => isCrossing) ? [`${signs.dotted.repeat(2)} arrives later`] : []),
  ].join(', ');
}

const STROKES = { network: 'cut', down: 'refused', refused: 'refused' } as const;
