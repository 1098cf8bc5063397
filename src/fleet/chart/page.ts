// The chart as one page: it follows light and dark, tells the values at the pointer, and needs no network.
import { drawChart, type DrawnChart } from './chart.js';
import { cohortColours, type DrawnFleet } from './drawn-fleet.js';
import { countInWords, shareInWords } from './in-words.js';
import { escaped } from './svg-text.js';
import { clockOf } from './time-axis.js';

export function pageOf(drawn: DrawnFleet): string {
  const chart = drawChart(drawn);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(drawn.plan.name)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<div id="chart">${chart.svg}<div id="pointer" hidden></div><div id="reading" role="status" hidden></div></div>
${countsOf(drawn)}
</main>
<script>${scriptOf(drawn, chart)}</script>
</body>
</html>
`;
}

const PAGE_STYLE = `
:root { --page: #f4f6f9; --card: #ffffff; --ink: #1d2430; --soft: #5b6575; --line: #d8dde5; ${cohortColours('light')} }
@media (prefers-color-scheme: dark) { :root { --page: #0b0e13; --card: #12161d; --ink: #e8ecf2; --soft: #9aa5b5; --line: #2c3440; ${cohortColours('dark')} } }
body { margin: 0; background: var(--page); color: var(--ink); font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
main { max-width: 1120px; margin: 24px auto; padding: 0 20px; }
#chart, section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
#chart { position: relative; overflow: hidden; }
#chart svg { display: block; width: 100%; height: auto; }
#pointer { position: absolute; width: 1px; background: var(--soft); pointer-events: none; }
#reading { position: absolute; pointer-events: none; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 8px 10px; font-size: 12.5px; white-space: nowrap; box-shadow: 0 2px 10px rgb(0 0 0 / .18); }
#reading b { display: block; margin-bottom: 4px; }
#reading i { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 6px; }
section { margin-top: 18px; padding: 16px 20px; overflow-x: auto; }
h2 { font-size: 15px; margin: 0 0 10px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 5px 6px; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
thead th { color: var(--soft); font-weight: 500; white-space: normal; vertical-align: bottom; }
p { color: var(--soft); max-width: 78ch; margin: 10px 0 0; }
@media print { body { background: none; } main { margin: 0; max-width: none; } #chart, section { border: 0; break-inside: avoid; } }
`;

/** What was sent and what came back, in full. */
function countsOf({ summary }: DrawnFleet): string {
  const rows = [...summary.cohorts, ...(summary.cohorts.length > 1 ? [summary.all] : [])].map((cohort) => {
    const { first, refresh, authenticated, retry, retransmission, accepted, challenged, refused, unanswered } =
      cohort.totals;
    const counts = [first, refresh, authenticated, retry, retransmission, accepted, challenged, refused, unanswered];
    const peak = `${countInWords(cohort.peak.perSecond)} at ${clockOf(1_000 * cohort.peak.at)}`;
    const cells = [...counts.map(countInWords), shareInWords(cohort.wastedShare), peak, countInWords(cohort.stopped)];
    return `<tr><th scope="row">${escaped(cohort.name)}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const heads = [
    '',
    'first',
    'refreshes',
    'authenticated',
    'after a failure',
    'retransmissions',
    'accepted',
    'challenged',
    'refused',
    'unanswered',
    'could not succeed',
    'peak a second',
    'stopped',
  ];
  return `<section><h2>What was sent, and what came back</h2>
<table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>
<tbody>${rows.join('')}</tbody></table>
<p>Requests that could not succeed went to a registrar that was down or full, repeated what was waiting in its queue, were answered too late, or carried a wrong password. Times until everyone is back are counted from the end of the last outage.</p></section>`;
}

/** Numbers for the pointer: rounded, because a page of them is a page to load. */
function scriptOf({ plan, summary }: DrawnFleet, { load, registered, left, right, top, bottom }: DrawnChart): string {
  const data = {
    names: summary.cohorts.map(({ name }) => name),
    colours: summary.cohorts.map((_, cohort) => `var(--cohort-${cohort})`),
    until: plan.untilMs,
    step: load[1]?.moment ?? plan.untilMs,
    load: load.map(({ values }) => values.map((value) => Math.round(10 * value) / 10)),
    registered: registered.map(({ values }) => values.map((value) => Math.round(1_000 * value) / 10)),
    place: [left, right, top, bottom],
  };
  // Within a script element, nothing may look like its end.
  return `const fleet = ${JSON.stringify(data).replaceAll('<', '\\u003c')};${POINTER}`;
}

const POINTER = `
const chart = document.getElementById('chart'), svg = chart.querySelector('svg');
const pointer = document.getElementById('pointer'), reading = document.getElementById('reading');
const [left, right, top_, bottom] = fleet.place;
const two = (number) => String(number).padStart(2, '0');
const hide = () => { pointer.hidden = reading.hidden = true; };
chart.addEventListener('pointerleave', hide);
chart.addEventListener('pointermove', (event) => {
  const box = svg.getBoundingClientRect(), scale = box.width / svg.viewBox.baseVal.width;
  const x = (event.clientX - box.left) / scale, y = (event.clientY - box.top) / scale;
  if (x < left || x > right || y < top_ || y > bottom) return hide();
  const moment = (x - left) / (right - left) * fleet.until;
  const at = Math.floor(moment / fleet.step);
  if (fleet.load[at] === undefined) return hide();
  const seconds = Math.floor(at * fleet.step / 1000);
  const title = document.createElement('b');
  title.textContent = Math.floor(seconds / 3600) + ':' + two(Math.floor(seconds / 60) % 60) + ':' + two(seconds % 60);
  const rows = fleet.names.map((name, cohort) => {
    const row = document.createElement('div'), swatch = document.createElement('i');
    swatch.style.background = fleet.colours[cohort];
    row.append(swatch, name + ': ' + fleet.load[at][cohort].toLocaleString('en-US') + '/s, ' + fleet.registered[at][cohort] + ' % registered');
    return row;
  });
  reading.replaceChildren(title, ...rows);
  pointer.hidden = reading.hidden = false;
  Object.assign(pointer.style, { left: (event.clientX - box.left) + 'px', top: top_ * scale + 'px', height: (bottom - top_) * scale + 'px' });
  const beside = event.clientX - box.left + 14;
  const over = beside + reading.offsetWidth > box.width;
  Object.assign(reading.style, { left: (over ? beside - reading.offsetWidth - 28 : beside) + 'px', top: (event.clientY - box.top + 12) + 'px' });
});
`;
