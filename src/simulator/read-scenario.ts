// A scenario from text or from a program: read, checked, every defect as a sentence with its place.
import { SipRetryError } from '../sip/sip-retry-error.js';
import { readYaml } from './read-yaml.js';
import type { Scenario, ScenarioInput } from './scenario.js';
import { scenarioDefects, type ScenarioDefect } from './scenario-defect.js';
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
  const read = readYaml(text);
  if (read.kind === 'defect') {
    const defect = { path: [], found: read.found, expected: A_SCENARIO };
    return { kind: 'defects', defects: [located(defect, read.line)] };
  }
  const { value, lineOf } = read;
  const parsed = scenarioSchema.safeParse(value);
  if (parsed.success) return { kind: 'scenario', scenario: parsed.data, lineOf };
  const defects = scenarioDefects.of(parsed.error.issues, value).map((defect) => located(defect, lineOf(defect.path)));
  return { kind: 'defects', defects: defects.sort((one, other) => one.line - other.line) };
}

/**
 * A scenario that a program has written.
 * @throws SipRetryError `badScenario` with the first defect.
 */
export function requireScenario(input: ScenarioInput): Scenario {
  const parsed = scenarioSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [first] = scenarioDefects.of(parsed.error.issues, input);
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
