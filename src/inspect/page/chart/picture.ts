// The drawn chart, and where each state, row and line of it is.
import { chartShapes } from '../../chart/chart-svg.js';
import type { Box, ChartLayout, PlacedBundle, PlacedState } from '../../chart/lay-out.js';
import { stateInWords, rowInWords } from './in-words.js';

export interface DrawnRow {
  readonly id: string;
  readonly element: SVGElement;
  readonly bundle: PlacedBundle;
  /** Where it stands in the card of its bundle. */
  readonly box: Box;
}

export interface Picture {
  readonly layout: ChartLayout;
  readonly group: SVGGElement;
  readonly states: ReadonlyMap<string, { readonly element: SVGElement; readonly placed: PlacedState }>;
  readonly rows: ReadonlyMap<string, DrawnRow>;
  readonly lines: ReadonlyMap<string, SVGElement>;
  /** The row in which an edge is told. */
  readonly rowOf: ReadonlyMap<string, string>;
}

export const SVG = 'http://www.w3.org/2000/svg';

/** Draws a layout into an element that stands in no document yet. */
export function drawPicture(layout: ChartLayout): Picture {
  const group = document.createElementNS(SVG, 'g');
  const read = new DOMParser().parseFromString(`<svg xmlns="${SVG}">${chartShapes(layout)}</svg>`, 'image/svg+xml');
  for (const shape of [...read.documentElement.children]) group.append(document.importNode(shape, true));
  steadyHeads(group);
  const placedStates = new Map(layout.states.map((placed) => [placed.state.id, placed]));
  const bundles = new Map(layout.bundles.map((placed) => [placed.bundle.id, placed]));
  const states = new Map(
    elementsIn(group, '[data-state]').flatMap((element) => {
      const placed = placedStates.get(element.dataset['state'] ?? '');
      return placed === undefined
        ? []
        : [[placed.state.id, { element: labelled(element, stateInWords(placed.state)), placed }]];
    }),
  );
  const rows = new Map(
    elementsIn(group, '[data-row]').flatMap((element) => {
      const bundle = bundles.get(element.parentElement?.dataset['card'] ?? '');
      const placed = bundle?.rows.find(({ row }) => row.id === element.dataset['row']);
      if (bundle === undefined || placed === undefined) return [];
      element.setAttribute('role', 'button');
      element.setAttribute('tabindex', '-1');
      return [
        [
          placed.row.id,
          {
            id: placed.row.id,
            element: labelled(element, rowInWords(placed.row, bundle.bundle)),
            bundle,
            box: boxOf(element),
          },
        ],
      ];
    }),
  );
  const [first] = rows.values();
  first?.element.setAttribute('tabindex', '0');
  return {
    layout,
    group,
    states,
    rows,
    lines: new Map(elementsIn(group, '[data-line]').map((element) => [element.dataset['line'] ?? '', element])),
    rowOf: new Map(
      layout.bundles.flatMap(({ rows }) => rows.flatMap(({ row }) => row.edges.map(({ id }) => [id, row.id]))),
    ),
  };
}

/** The head of a line that is drawn thicker stays as it is. */
function steadyHeads(group: SVGGElement): void {
  for (const marker of group.querySelectorAll('marker')) {
    marker.setAttribute('markerUnits', 'userSpaceOnUse');
    for (const side of ['markerWidth', 'markerHeight']) marker.setAttribute(side, '12');
  }
}

function elementsIn(group: SVGGElement, selector: string): readonly SVGElement[] {
  return [...group.querySelectorAll<SVGElement>(selector)];
}

function boxOf(row: SVGElement): Box {
  const hit = row.querySelector('.hit');
  const side = (name: string): number => Number(hit?.getAttribute(name) ?? 0);
  return { x: side('x'), y: side('y'), width: side('width'), height: side('height') };
}

/** The name for screen readers; what the picture shows as a tip would be read as well. */
function labelled(element: SVGElement, name: string): SVGElement {
  element.setAttribute('aria-label', name);
  if (!element.hasAttribute('role')) element.setAttribute('role', 'img');
  return element;
}
