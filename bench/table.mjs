// The table of ratios: what was promised, what was measured, and every measurement that it was made of.

/** @param results what the programs reported, by name; those that did not run are left out. */
export function tableOf(results, { node, cpu, cores }) {
  const sections = [
    ['Node ' + node.slice(1) + ', ' + cores + ' × ' + cpu],
    goals(results),
    ...Object.entries(TITLES)
      .filter(([name]) => results[name] !== undefined)
      .map(([name, { title, print }]) => [title, ...print(results[name])]),
  ];
  return sections.map((lines) => lines.join('\n')).join('\n\n') + '\n';
}

const OURS = 'sip-retry';

/** Each aim with what this run gives, as ratios of medians (and of the best turns). */
function goals({ decide, authenticate, actor, memory, size }) {
  const rows = [];
  if (decide) {
    const { median, best } = decide.rows['decide()'];
    rows.push(
      goal('decide(), trace included', '≥ 1,000,000/s', perSecond(median), perSecond(best), 1e9 / median >= 1e6),
    );
    const [by, byBest] = ratio(decide.rows['decide()'], decide.rows['a switch written by hand']);
    rows.push(goal('… in hand-written switches', '', times(by), times(byBest)));
  }
  if (authenticate) {
    const fastest = fastestOf(authenticate.rows);
    for (const kind of ['node:crypto', '@noble/hashes']) {
      const [by, byBest] = ratio(authenticate.rows[fastest], authenticate.rows[`${OURS}, ${kind}`]);
      rows.push(goal(`401 path, ${kind}: faster than ${fastest}`, '≥ 2 ×', times(by), times(byBest), by >= 2));
    }
    const [by, byBest] = ratio(
      authenticate.rows[`${OURS}, node:crypto`],
      authenticate.rows[`two bare MD5, node:crypto`],
    );
    rows.push(goal('… in bare hashes (two MD5, node:crypto)', '', times(by), times(byBest)));
  }
  if (actor) {
    const [by, byBest] = ratio(actor.rows['an actor’s life'], actor.rows['a bare actor’s life']);
    rows.push(goal('an actor’s life in bare lives', '≤ 1.5 ×', times(by), times(byBest), by <= 1.5));
  }
  if (memory) {
    const { bytes } = memory.rows['driven request in `waiting`'];
    rows.push(goal('heap for each waiting request', '≤ 6 kB', kilo(bytes), '', bytes <= 6000));
  }
  if (size) {
    const policy = size.rows['./policy'].gzipped;
    const core = size.rows['core, the main door'].gzipped;
    rows.push(goal('./policy, gzipped', '≤ 10 kB', kilo(policy), '', policy <= 10_000));
    rows.push(goal('core, gzipped', '≤ 20 kB', kilo(core), '', core <= 20_000));
  }
  return columns([['', 'aim', 'median', 'best', ''], ...rows]);
}

const TITLES = {
  decide: { title: 'decide(), twelve outcomes in turn', print: ({ rows }) => timing(rows, 'a switch written by hand') },
  authenticate: {
    title: '401 text in, authenticated request text out',
    print: ({ rows }) => timing(rows, `${OURS}, node:crypto`),
  },
  actor: {
    title: 'an actor’s life: create, start, 401, answer, 200',
    print: ({ rows }) => timing(rows, 'a bare actor’s life'),
  },
  memory: {
    title: 'heap for each waiting request',
    print: ({ rows, count }) =>
      columns(Object.entries(rows).map(([name, { bytes }]) => [name, `${bytes} octets at ${count}`])),
  },
  size: {
    title: 'bundles for the browser',
    print: ({ rows }) =>
      columns([
        ['', 'minified', 'gzipped'],
        ...Object.entries(rows).map(([name, { minified, gzipped }]) => [name, kilo(minified), kilo(gzipped)]),
      ]),
  },
  read: {
    title: 'reading a message',
    print: ({ rows, octets }) =>
      Object.entries(octets).flatMap(([kind, length]) => {
        const own = Object.entries(rows).filter(([name]) => name.startsWith(`${kind}: `));
        return ['', `${kind} of ${length} octets`, ...timing(Object.fromEntries(own), `${kind}: ${OURS}`)];
      }),
  },
};

function fastestOf(rows) {
  const rivals = Object.entries(rows).filter(([name]) => !name.startsWith(OURS) && !name.includes('bare'));
  return rivals.reduce((best, rival) => (rival[1].median < best[1].median ? rival : best))[0];
}

function timing(rows, unit) {
  const lines = Object.entries(rows).map(([name, row]) => {
    const { best, median, noise } = row;
    return [name, micro(median), micro(best), `±${Math.round(noise * 100)} %`, times(ratio(row, rows[unit])[0])];
  });
  return columns([['', 'median', 'best', 'noise', `in “${unit}”`], ...lines]);
}

function goal(what, aim, median, best, reached) {
  return [what, aim, median, best, reached === undefined ? '' : reached ? 'reached' : 'MISSED'];
}

/** How many times the other's time this takes, by medians and by the best turns. */
function ratio(one, other) {
  return [one.median / other.median, one.best / other.best];
}

const micro = (ns) => `${(ns / 1000).toFixed(2)} µs`;
const times = (by) => `${by >= 100 ? Math.round(by) : by.toFixed(2)} ×`;
const kilo = (octets) => `${(octets / 1000).toFixed(1)} kB`;
const perSecond = (ns) => `${(Math.round(1e9 / ns / 1000) * 1000).toLocaleString('en-US')}/s`;

function columns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
}
