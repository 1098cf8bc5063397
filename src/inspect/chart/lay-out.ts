// Where everything stands: ELK's layered layout to the right with orthogonal edges.
import ELK, { type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { ChartBundle, ChartRow } from './bundle.js';
import type { ChartModel, ChartState } from './chart-model.js';
import { cardSize, linesOf, NAME_FONT, widthOf, type Size } from './geometry.js';
import { COMPLETE, type LayoutStyle } from './layout-style.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point, Size {}

export interface PlacedState extends Box {
  readonly state: ChartState;
  readonly depth: number;
}

export interface PlacedRow {
  readonly row: ChartRow;
  readonly lines: readonly string[];
}

export interface PlacedBundle {
  readonly bundle: ChartBundle;
  /** The corners of its line, from source to target. */
  readonly points: readonly Point[];
  readonly card: Box;
  readonly rows: readonly PlacedRow[];
}

/** The line from the dot of an initial state. */
export interface PlacedInitial {
  readonly state: string;
  readonly dot: Point;
  readonly points: readonly Point[];
}

export interface ChartLayout extends Size {
  readonly states: readonly PlacedState[];
  readonly bundles: readonly PlacedBundle[];
  readonly initials: readonly PlacedInitial[];
}

const LABEL = { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' };
const DOT = 10;

/** Who places the nodes and edges of a graph; it may be another thread. */
export type GraphLayout = (graph: ElkNode) => Promise<ElkNode>;

const inThisThread: GraphLayout = (graph) => new ELK().layout(graph);

/**
 * The machine itself is the frame around the picture and no box in it; its own edges, which hold in every state, start at a
 * box of their own.
 */
export async function layOut(
  model: ChartModel,
  bundles: readonly ChartBundle[],
  layOutGraph: GraphLayout = inThisThread,
  style: LayoutStyle = COMPLETE,
): Promise<ChartLayout> {
  const rows = new Map(
    bundles.map(({ id, rows }) => [
      id,
      rows.map((row) => ({ row, lines: linesOf(row.events, row.guard, style.lineLength) })),
    ]),
  );
  const initials = model.states.flatMap(({ initial, id }) =>
    initial === undefined || (id !== '' && !style.hasInnerInitials) ? [] : [{ around: id, initial }],
  );
  const placed = await layOutGraph({
    id: 'root',
    layoutOptions: style.options,
    children: [
      ...childrenOf(model, ''),
      ...dotsOf(initials, ''),
      ...(bundles.some(({ source }) => source === '')
        ? [{ id: ANY_STATE.id, ...stateSize(ANY_STATE, bundles, style) }]
        : []),
    ],
    edges: [
      ...initials.map(({ around, initial }) => ({
        id: `initial:${around}`,
        sources: [`dot:${around}`],
        targets: [initial],
      })),
      ...bundles.map(({ id, source, target }) => ({
        id,
        sources: [source === '' ? ANY_STATE.id : source],
        targets: [target],
        labels: [{ id, text: ' ', layoutOptions: LABEL, ...cardSize((rows.get(id) ?? []).map(({ lines }) => lines)) }],
      })),
    ],
  });
  return readLayout(placed, model, bundles, rows);

  function childrenOf(chart: ChartModel, parent: string): ElkNode[] {
    return chart.states
      .filter((state) => state.parent === parent && state.id !== '')
      .map((state) => {
        const children = [...childrenOf(chart, state.id), ...dotsOf(initials, state.id)];
        return children.length > 0
          ? { id: state.id, layoutOptions: style.compound, children }
          : { id: state.id, ...stateSize(state, bundles, style) };
      });
  }
}

function dotsOf(initials: readonly { readonly around: string }[], around: string): ElkNode[] {
  return initials.filter((one) => one.around === around).map(() => ({ id: `dot:${around}`, width: DOT, height: DOT }));
}

/** Stands for every state, where an edge belongs to the machine itself. */
const ANY_STATE: ChartState = { id: '*', name: 'any state', kind: 'atomic' };

/** Tall enough that its lines do not run into one another. */
function stateSize({ id, name }: ChartState, bundles: readonly ChartBundle[], style: LayoutStyle): Size {
  const ends = bundles.filter(({ source, target }) => (source || ANY_STATE.id) === id || target === id).length;
  const { width, height, padding, lineDistance } = style.state;
  return { width: Math.max(widthOf(name, NAME_FONT) + padding, width), height: Math.max(height, ends * lineDistance) };
}

function readLayout(
  root: ElkNode,
  model: ChartModel,
  bundles: readonly ChartBundle[],
  rows: ReadonlyMap<string, readonly PlacedRow[]>,
): ChartLayout {
  const boxes = new Map<string, Box & { readonly depth: number }>();
  const collect = (node: ElkNode, depth: number): void => {
    for (const child of node.children ?? []) {
      boxes.set(child.id, { ...boxOf(child), depth });
      collect(child, depth + 1);
    }
  };
  collect(root, 0);
  const edges = new Map((root.edges ?? []).map((edge) => [edge.id, edge]));
  const pointsOf = (id: string): readonly Point[] =>
    (edges.get(id)?.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [
      startPoint,
      ...bendPoints,
      endPoint,
    ]);
  return {
    width: root.width ?? 0,
    height: root.height ?? 0,
    states: [...model.states, ANY_STATE].flatMap((state) => {
      const box = boxes.get(state.id);
      return box === undefined ? [] : [{ state, ...box }];
    }),
    bundles: bundles.map((bundle) => ({
      bundle,
      points: pointsOf(bundle.id),
      card: boxOf(edges.get(bundle.id)?.labels?.[0] ?? {}),
      rows: rows.get(bundle.id) ?? [],
    })),
    initials: model.states.flatMap(({ id, initial }) => {
      const dot = boxes.get(`dot:${id}`);
      if (initial === undefined || dot === undefined) return [];
      const center = { x: dot.x + DOT / 2, y: dot.y + DOT / 2 };
      return [{ state: initial, dot: center, points: pointsOf(`initial:${id}`) }];
    }),
  };
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box {
  return { x, y, width, height };
}
