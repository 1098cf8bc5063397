// A scenario from text or from a program: read, checked, every defect as a sentence with its place.
import { LineCounter, parseDocument, type Document } from 'yaml';
import { SipRetryError } from '../sip/sip-retry-error.js';
import type { Scenario, ScenarioInput } from './scenario.js';
import { defectsOf, type ScenarioDefect } from './scenario-defect.js';
import type { ScenarioPath } from './scenario-fault.js';
import { scenarioSchema } from './schema/scenario.js';

/** A scenario that can be run, or everything that is wrong with the text. */
export type ReadScenario =
  | {
      readonly kind: 'scenario';
      readonly scenario: Scenario;
      /** The line of a member of the scenario, counted from 1. */
      readonly lineOf: (path: ScenarioPath) => number;
    }
  | {
      readonly kind: 'defects';
      /** In the order of their lines; never empty. */
      readonly defects: readonly LocatedDefect[];
    };

/** What is wrong, and on which line. */
export interface LocatedDefect extends ScenarioDefect {
  /** Counted from 1. */
  readonly line: number;
  /** `line 12: servers[0].scrip is an unknown key (did you mean "script"?); expected one of name, host, …` */
  readonly message: string;
}

/** Reads a scenario from YAML or JSON. Total: whatever the text is, it never throws. */
export function readScenario(text: string): ReadScenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const [unreadable] = document.errors;
  if (unreadable !== undefined) {
    const line = lines.linePos(unreadable.pos[0]).line;
    return {
      kind: 'defects',
      defects: [located({ path: [], found: wordsOf(unreadable.message), expected: A_SCENARIO }, line)],
    };
  }
  const value = valueOf(document);
  const lineOf = (path: ScenarioPath): number => lineAt(document, lines, path);
  if (value === undefined) {
    return { kind: 'defects', defects: [located({ path: [], found: 'aliases without end', expected: A_SCENARIO }, 1)] };
  }
  const parsed = scenarioSchema.safeParse(value);
  if (parsed.success) return { kind: 'scenario', scenario: parsed.data, lineOf };
  const defects = defectsOf(parsed.error.issues, value).map((defect) => located(defect, lineOf(defect.path)));
  return { kind: 'defects', defects: defects.sort((one, other) => one.line - other.line) };
}

/**
 * A scenario that a program has written.
 * @throws SipRetryError `badScenario` with the first defect.
 */
export function requireScenario(input: ScenarioInput): Scenario {
  const parsed = scenarioSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [first] = defectsOf(parsed.error.issues, input);
  const why = first === undefined ? 'it cannot be used' : sentenceOf(first);
  throw new SipRetryError('badScenario', `${why}.`);
}

const A_SCENARIO = 'a scenario as YAML or JSON';

function located(defect: ScenarioDefect, line: number): LocatedDefect {
  return { ...defect, line, message: `line ${line}: ${sentenceOf(defect)}` };
}

function sentenceOf({ found, expected }: ScenarioDefect): string {
  return `${found}; expected ${expected}`;
}

/** `undefined` where aliases would make more of the text than anybody has written. */
function valueOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch {
    return undefined;
  }
}

/** The line of the key at the path, or of the innermost member around the place where it is missing. */
function lineAt(document: Document.Parsed, lines: LineCounter, path: ScenarioPath): number {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = offsetOf(document, path.slice(0, length));
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return 1;
}

/** Where a member begins: the key of a map, the item of a list. */
function offsetOf(document: Document.Parsed, path: ScenarioPath): number | undefined {
  const step = path.at(-1);
  const around: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (typeof around !== 'object' || around === null || !('items' in around) || !Array.isArray(around.items)) {
    return undefined;
  }
  const items: readonly unknown[] = around.items;
  if (typeof step === 'number') return startOf(items[step]);
  for (const item of items) {
    const key: unknown = typeof item === 'object' && item !== null && 'key' in item ? item.key : undefined;
    const name: unknown = typeof key === 'object' && key !== null && 'value' in key ? key.value : undefined;
    if (String(name) === step) return startOf(key);
  }
  return undefined;
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  const range: readonly unknown[] = node.range;
  const [start] = range;
  return typeof start === 'number' ? start : undefined;
}

/** In one line. */
function wordsOf(message: string): string {
  return `it cannot be read: ${message.split('\n', 1)[0] ?? ''}`;
}
