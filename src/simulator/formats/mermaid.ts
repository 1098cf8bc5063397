// A ladder as a Mermaid sequence diagram, for Markdown that draws it.
import { visible } from '../../sip/visible.js';
import type { PassingMessage, Transcript } from '../transcript.js';
import { ladderOf } from './ladder/ladder-of.js';
import type { Ladder, LadderRow } from './ladder/ladder-row.js';
import { momentWriter, type WriteMoment } from './moment.js';
import { cutToWidth, wrapToWidth } from './text-width.js';

/** The diagram's text; every line is ended. */
export function renderMermaid(transcript: Transcript, options: { readonly details?: boolean } = {}): string {
  const ladder = ladderOf(transcript, options);
  const moment = momentWriter(ladder.lastAt);
  const lines = [
    'sequenceDiagram',
    `  title ${plain(transcript.name)}`,
    ...ladder.lanes.map(({ id, host, port }, index) => {
      const name = plain(cutToWidth(visible(id === 'uac' ? 'UAC' : id), MOST));
      return `  participant p${index} as ${name}<br/>${plain(host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`)}`;
    }),
    ...ladder.rows.map((row) => `  ${lineOf(row, ladder, moment)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** Longer labels make a diagram too wide to read. */
const MOST = 60;

function lineOf(row: LadderRow, ladder: Ladder, moment: WriteMoment): string {
  const tag = ladder.requests.length > 1 && row.request !== undefined ? `[${row.request}] ` : '';
  const lane = (party: string): string => `p${ladder.lanes.findIndex(({ id }) => id === party)}`;
  const everywhere = ladder.lanes.length > 1 ? `p0,p${ladder.lanes.length - 1}` : 'p0';
  switch (row.kind) {
    case 'message':
      return `${lane(row.message.from)}${arrowOf(row.message, row.isCrossing)}${lane(row.message.to)}: ${labelOf(row.message, tag, row.at, moment)}`;
    case 'arrival': {
      const words = row.isCopy ? ' (arrives again)' : ' (arrives)';
      return `${lane(row.message.from)}-->>${lane(row.message.to)}: ${labelOf(row.message, tag, row.at, moment)}${words}`;
    }
    case 'card':
      return `Note right of ${lane('uac')}: ${text([`${tag}${row.title}`, row.why, row.source])}`;
    case 'note':
      return `Note over ${lane(row.party)}: ${text([`${tag}${row.text}`])}`;
    case 'gap':
      return `Note over ${everywhere}: ${text([`⋮ ${tag}${row.text}`])}`;
  }
}

function arrowOf({ retransmission, lost }: PassingMessage, isCrossing: boolean): string {
  if (lost !== undefined) return retransmission ? '--x' : '-x';
  if (isCrossing) return '-)';
  return retransmission ? '-->>' : '->>';
}

function labelOf(
  { summary, retransmission, lost }: PassingMessage,
  tag: string,
  at: number,
  moment: WriteMoment,
): string {
  const fate = [
    ...(retransmission ? ['retransmission'] : []),
    ...(lost === undefined ? [] : [lost === 'network' ? 'lost' : lost]),
  ];
  const words = cutToWidth(visible(`${tag}${summary}`), MOST);
  return `${plain(words)}${fate.length === 0 ? '' : ` (${fate.join(', ')})`}<br/>${moment(at)} s`;
}

function text(paragraphs: readonly string[]): string {
  const lines = paragraphs.filter((one) => one !== '').flatMap((one) => wrapToWidth(visible(one), MOST));
  return lines.map(plain).join('<br/>');
}

/**
 * Everything but letters, digits and a few marks by its number (`#59;`): a semicolon ends a statement, `#` begins an
 * entity, `%%` a comment, `<` an element, `$$` a formula. A word that the grammar knows is broken by its first letter.
 */
function plain(value: string): string {
  return visible(value)
    .replace(/[^\p{L}\p{N}\p{M} .,:/()=+@!?…§⋮’_-]/gu, numbered)
    .replace(/^(?:no)?wrap(?=:)|\bend\b/gi, (word) => `${numbered(word.charAt(0))}${word.slice(1)}`);
}

function numbered(character: string): string {
  return `#${character.codePointAt(0) ?? 0};`;
}
