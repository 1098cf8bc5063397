// The picture of a chart. It stands alone: its colours follow the reader's light or dark scheme.
import { CARD_PADDING, NAME_FONT, ROW_FONT, ROW_HEIGHT } from './geometry.js';
import type { ChartLayout, PlacedBundle, PlacedInitial, PlacedState, Point } from './lay-out.js';
import { escapeXml } from './escape-xml.js';
import { STYLE } from './chart-style.js';

export interface SvgOptions {
  /** What a screen reader says of the picture. */
  readonly title: string;
  readonly description?: string;
}

export function chartSvg(layout: ChartLayout, { title, description }: SvgOptions): string {
  const [width, height] = [Math.ceil(layout.width), Math.ceil(layout.height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="chart-title" class="chart">`,
    `<title id="chart-title">${escapeXml(title)}</title>`,
    ...(description === undefined ? [] : [`<desc>${escapeXml(description)}</desc>`]),
    `<style>${STYLE}</style>`,
    ARROW,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...shapesOf(layout),
    '</svg>',
    '',
  ].join('\n');
}

/** What a page puts into an SVG element of its own; its style sheet is `THEMED_STYLE`. */
export function chartShapes(layout: ChartLayout): string {
  return [ARROW, ...shapesOf(layout)].join('\n');
}

const ARROW =
  '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0,0.5 L8,4 L0,7.5 Z"/></marker></defs>';

/** Later ones stand above earlier ones. */
function shapesOf(layout: ChartLayout): readonly string[] {
  return [
    ...layout.states.filter(({ state }) => state.kind === 'compound').map(compound),
    ...layout.bundles.map(line),
    ...layout.initials.map(initial),
    ...layout.states.filter(({ state }) => state.kind !== 'compound').map(atomic),
    ...layout.bundles.map(card),
  ];
}

function compound({ state, x, y, width, height }: PlacedState): string {
  const title = `<text class="name" x="${x + 14}" y="${y + 24}" font-size="${NAME_FONT}">${escapeXml(state.name)}</text>`;
  return `<g class="state compound" data-state="${escapeXml(state.id)}">${tip(state.description, state.rfc)}<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10"/>${title}</g>`;
}

function atomic({ state, x, y, width, height }: PlacedState): string {
  const [center, middle] = [x + width / 2, y + height / 2];
  const inner =
    state.kind === 'final'
      ? `<rect class="inner" x="${x + 3}" y="${y + 3}" width="${width - 6}" height="${height - 6}" rx="6"/>`
      : '';
  return `<g class="state ${state.kind}" data-state="${escapeXml(state.id)}">${tip(state.description, state.rfc)}<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>${inner}<text class="name" x="${center}" y="${middle}" font-size="${NAME_FONT}" text-anchor="middle" dominant-baseline="central">${escapeXml(state.name)}</text></g>`;
}

function initial({ dot, points }: PlacedInitial): string {
  return `<g class="initial"><circle cx="${dot.x}" cy="${dot.y}" r="5"/><path class="line" d="${rounded(points)}" marker-end="url(#arrow)"/></g>`;
}

function line({ bundle, points }: PlacedBundle): string {
  return `<path class="line" data-line="${escapeXml(bundle.id)}" d="${rounded(points)}" marker-end="url(#arrow)"/>`;
}

function card({ bundle, card: box, rows }: PlacedBundle): string {
  let top = box.y + CARD_PADDING;
  const texts = rows.map(({ row, lines }) => {
    const height = lines.length * ROW_HEIGHT;
    const spans = lines.map((text, place) => {
      const y = top + place * ROW_HEIGHT + ROW_HEIGHT / 2;
      return `<tspan x="${box.x + CARD_PADDING}" y="${y}">${painted(text, row.events)}</tspan>`;
    });
    const hit = `<rect class="hit" x="${box.x}" y="${top}" width="${box.width}" height="${height}" rx="3"/>`;
    top += height;
    const [edge] = row.edges;
    return `<g class="row" data-row="${escapeXml(row.id)}">${tip(edge?.description, edge?.rfc)}${hit}<text font-size="${ROW_FONT}" dominant-baseline="central" xml:space="preserve">${spans.join('')}</text></g>`;
  });
  return `<g class="card" data-card="${escapeXml(bundle.id)}"><rect class="card-box" x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="6"/>${texts.join('')}</g>`;
}

/** The events stand out from the guard. */
function painted(text: string, events: string): string {
  if (events.includes(text)) return `<tspan class="events">${escapeXml(text)}</tspan>`;
  if (events === '' || !text.startsWith(events)) return `<tspan class="guard">${escapeXml(text)}</tspan>`;
  return `<tspan class="events">${escapeXml(events)}</tspan><tspan class="guard">${escapeXml(text.slice(events.length))}</tspan>`;
}

function tip(description: string | undefined, rfc: string | undefined): string {
  const said = [description, rfc].filter((part) => part !== undefined).join(' – ');
  return said === '' ? '' : `<title>${escapeXml(said)}</title>`;
}

const RADIUS = 7;

/** Corners rounded as far as their sides allow. */
function rounded(points: readonly Point[]): string {
  const [start] = points;
  if (start === undefined) return '';
  const parts = [`M${start.x},${start.y}`];
  for (let place = 1; place < points.length; place += 1) {
    const [before, corner, after] = [points[place - 1], points[place], points[place + 1]];
    if (before === undefined || corner === undefined) continue;
    if (after === undefined) {
      parts.push(`L${corner.x},${corner.y}`);
      continue;
    }
    const [from, to] = [towards(corner, before), towards(corner, after)];
    parts.push(`L${from.x},${from.y}Q${corner.x},${corner.y} ${to.x},${to.y}`);
  }
  return parts.join('');
}

function towards(corner: Point, other: Point): Point {
  const [dx, dy] = [other.x - corner.x, other.y - corner.y];
  const length = Math.hypot(dx, dy);
  const step = length === 0 ? 0 : Math.min(RADIUS, length / 2) / length;
  return { x: corner.x + dx * step, y: corner.y + dy * step };
}
