// How close things stand in a picture: everything that a chart says, or an overview of it.

export interface LayoutStyle {
  /** For ELK: of the whole graph, and of a compound state. */
  readonly options: Readonly<Record<string, string>>;
  readonly compound: Readonly<Record<string, string>>;
  /** How many characters stand in one line of a card. */
  readonly lineLength: number;
  /** Whether compound states show which of their states is entered first. */
  readonly hasInnerInitials: boolean;
  /** The least size of a state, what its name has around it, and how far its lines stay apart. */
  readonly state: {
    readonly width: number;
    readonly height: number;
    readonly padding: number;
    readonly lineDistance: number;
  };
}

const LAYERED = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.json.edgeCoords': 'ROOT',
  'elk.json.shapeCoords': 'ROOT',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
};

/** As little empty space as lines and cards allow: compacting further leads lines through the card of a loop. */
export const COMPLETE: LayoutStyle = {
  options: {
    ...LAYERED,
    'elk.layered.nodePlacement.strategy': 'LINEAR_SEGMENTS',
    'elk.layered.spacing.nodeNodeBetweenLayers': '20',
    'elk.layered.spacing.edgeNodeBetweenLayers': '12',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
    'elk.spacing.nodeNode': '12',
    'elk.spacing.edgeNode': '10',
    'elk.spacing.edgeEdge': '8',
    'elk.padding': '[top=16,left=16,bottom=16,right=16]',
  },
  compound: { 'elk.padding': '[top=38,left=16,bottom=16,right=16]' },
  lineLength: 66,
  hasInnerInitials: true,
  state: { width: 96, height: 38, padding: 28, lineDistance: 12 },
};

/** So close that all of the policy's families can be read at 1280 × 720. */
export const OVERVIEW: LayoutStyle = {
  options: {
    ...LAYERED,
    'elk.layered.nodePlacement.strategy': 'LINEAR_SEGMENTS',
    'elk.layered.edgeLabels.centerLabelPlacementStrategy': 'HEAD_LAYER',
    'elk.layered.spacing.nodeNodeBetweenLayers': '10',
    'elk.layered.spacing.edgeNodeBetweenLayers': '8',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '6',
    'elk.spacing.nodeNode': '8',
    'elk.spacing.edgeNode': '8',
    'elk.spacing.edgeEdge': '6',
    'elk.padding': '[top=2,left=2,bottom=2,right=2]',
  },
  compound: { 'elk.padding': '[top=32,left=8,bottom=8,right=8]' },
  lineLength: 18,
  hasInnerInitials: false,
  state: { width: 60, height: 26, padding: 16, lineDistance: 10 },
};
