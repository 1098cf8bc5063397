// The table of `npm run bench:live`: a column for each run, a row for each figure, and a line that says what the row is.

const ROWS = [
  ['registrations', 'registrations', 'begun in one turn of the event loop (SIPp: in its first ms)'],
  ['ended right', 'right', 'outcome, reason and every request as the script demands'],
  ['requests', 'requests', 'client transactions that the registrar saw'],
  ['retransmitted', 'retransmissions', 'datagrams that came once more: mixed loses 5 % of the first'],
  ['seconds', 'seconds', 'at the registrar, from the first request to the last answer', 2],
  ['requests/s', 'perSecond', 'over those seconds, waits and retransmissions included'],
  ['… busy', 'perBusySecond', 'over the time in which the event loop was not idle'],
  ['CPU ms', 'cpuMs', 'all threads: from the first object (SIPp: of its whole life)'],
  ['… µs/request', 'cpuEachUs', 'the same for each request'],
  ['loop p50 ms', 'delayP50', 'how late a timer of 1 ms fires, by monitorEventLoopDelay', 1],
  ['… p99', 'delayP99', 'one in a hundred later than this', 1],
  ['… max', 'delayMax', 'the longest turn', 1],
  ['RSS MB', 'rssMb', 'the most that the process had, Node itself included'],
  ['heap MB', 'heapMb', 'V8’s heap at the end, garbage included'],
  ['kB in flight', 'inFlightKb', 'heap for each registration whose first request is out', 1],
  ['kB kept', 'keptKb', 'heap for each that has ended: what the core remembers', 1],
  ['registrar ms', 'registrarMs', 'CPU of the registrar: what it takes limits both'],
];

const LABEL = 15;
const CELL = 10;

/** @param columns pairs of a heading and figures. */
export function tableOf(columns, { node, cpu, cores, count, sipp }) {
  const lines = [`${whole(count)} registrations at once. Node ${node.slice(1)}, ${cores} × ${cpu}`];
  lines.push(sipp === undefined ? 'SIPp is not installed: nothing to compare with.' : `SIPp ${sipp}, same machine`, '');
  const headings = columns.map(([heading]) => heading.split(' '));
  for (const line of [0, 1])
    lines.push(
      row(
        '',
        headings.map((words) => words[line] ?? ''),
      ),
    );
  for (const [label, name, , digits = 0] of ROWS) {
    const cells = columns.map(([, figures]) => cell(figures[name], digits));
    lines.push(row(label, cells));
  }
  lines.push('', ...ratiosOf(new Map(columns)), '');
  for (const [label, , meaning] of ROWS) lines.push(`${label.padEnd(LABEL)} ${meaning}`);
  return `${lines.join('\n')}\n`;
}

/** Ours for each of SIPp's, over the same transport. */
function ratiosOf(columns) {
  return ['UDP', 'TCP'].flatMap((transport) => {
    const [ours, sipp] = [columns.get(`plain ${transport}`), columns.get(`SIPp ${transport}`)];
    if (ours === undefined || sipp === undefined) return [];
    const speed = (ours.perSecond / sipp.perSecond).toFixed(2);
    const cost = (ours.cpuEachUs / sipp.cpuEachUs).toFixed(0);
    return [`plain ${transport} in SIPp’s: ${speed} × the requests/s, ${cost} × the CPU of a request`];
  });
}

function cell(value, digits) {
  if (value === undefined || Number.isNaN(value)) return '–';
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

const whole = (value) => cell(value, 0);
const row = (label, cells) => [label.padEnd(LABEL), ...cells.map((text) => text.padStart(CELL))].join('').trimEnd();
