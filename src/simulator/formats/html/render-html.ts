// A ladder as one page that needs no network: rows open to whole messages and reasons; it is searched, filtered and printed.
import type { OutcomeEvent, Transcript } from '../../transcript.js';
import { countsInWords } from '../counts-in-words.js';
import { rowInWords } from '../ladder/row-in-words.js';
import { escapeLine } from '../markup.js';
import { dateInWords, momentWriter, type WriteMoment } from '../moment.js';
import { pictureOf, type Picture, type PictureRow } from '../svg/picture.js';
import { markupOf, type Block } from '../svg/shape.js';
import { contentSecurityPolicy } from './content-security.js';
import { pageScript } from './page-script.js';
import { pageStyle } from './page-style.js';
import { detailsOf } from './row-details.js';

/** The page. Whatever a peer sent is text in it: it can run nothing and load nothing. */
export function renderHtml(transcript: Transcript, options: { readonly details?: boolean } = {}): string {
  const picture = pictureOf(transcript, options);
  const { width, heads, rows, legend, ladder } = picture;
  const moment = momentWriter(ladder.lastAt);
  const style = pageStyle(width);
  const drawn = (block: Block): string => svgOf(block, width);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy({ script: pageScript, style })}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeLine(transcript.name)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escapeLine(transcript.name)}</h1>
<p class="facts">${escapeLine(factsOf(transcript, moment))}</p>
${outcomesOf(transcript)}
</header>
${toolsOf(picture)}
<main>
<p class="hint">Select a message or a decision to see all of it.</p>
<div class="ladder"><div class="rows">
${drawn(heads)}
<ol aria-label="What happened, in order">
${rows.map((row) => itemOf(row, drawn(row), moment)).join('\n')}
</ol>
</div></div>
</main>
<footer>${drawn(legend)}<p class="hide">${ladder.lanes.length} parties.</p></footer>
<script>${pageScript}</script>
</body>
</html>
`;
}

function itemOf({ row }: PictureRow, drawing: string, moment: WriteMoment): string {
  const details = detailsOf(row, moment);
  const request = row.request === undefined ? '' : ` data-request="${escapeLine(row.request)}"`;
  const words = `<span class="hide">${escapeLine(rowInWords(row, moment))}</span>`;
  if (details === undefined) return `<li${request}><div class="row">${words}${drawing}</div></li>`;
  const isLong = details.length > 3_000;
  return `<li${request}><details><summary>${words}${drawing}</summary><div class="more${isLong ? ' long' : ''}">${details}</div></details></li>`;
}

/** The words beside it tell what it shows. */
function svgOf({ height, shapes }: Block, width: number): string {
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true" focusable="false">${shapes.map(markupOf).join('')}</svg>`;
}

function factsOf({ counts, seed, startedAt }: Transcript, moment: WriteMoment): string {
  return `${countsInWords(counts)} · seed ${seed} · ${moment(0)} s is ${dateInWords(startedAt)}`;
}

function outcomesOf({ events }: Transcript): string {
  const outcomes = events.filter((event) => event.type === 'outcome');
  if (outcomes.length === 0) return '';
  const items = outcomes.map((outcome) => {
    const { request, status, attempts } = outcome;
    const words = `${request}: ${WORDS[outcome.outcome]}${status === null ? '' : ` with ${status}`} after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;
    return `<li class="outcome-${outcome.outcome}">${escapeLine(words)}</li>`;
  });
  return `<ul class="outcomes" aria-label="Outcomes">${items.join('')}</ul>`;
}

const WORDS: { readonly [K in OutcomeEvent['outcome']]: string } = {
  accepted: 'accepted',
  gaveUp: 'gave up',
  cancelled: 'cancelled',
  unfinished: 'unfinished',
};

/** Hidden until the script that they need is there. */
function toolsOf({ ladder: { requests } }: Picture): string {
  const options = requests.map((request) => `<option value="${escapeLine(request)}">${escapeLine(request)}</option>`);
  const filter =
    requests.length < 2
      ? ''
      : `<label>Request <select id="request"><option value="">all</option>${options.join('')}</select></label>`;
  return `<div class="tools" role="search" hidden><div><label>Search <input id="search" type="search" autocomplete="off"></label>${filter}<button id="all" type="button" aria-pressed="false">Open all</button><span id="found" role="status"></span></div></div>`;
}
