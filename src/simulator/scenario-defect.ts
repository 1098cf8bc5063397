// What is wrong in a scenario, in the words of who wrote it: where, what stands there, what was expected.
import { z } from 'zod';
import { show } from '../policy/defect.js';
import { nearestName } from '../policy/near-miss.js';
import type { ScenarioPath } from './scenario-fault.js';
import { conditionNames } from './schema/condition.js';
import { scenarioSchema } from './schema/scenario.js';

/** One defect. */
export interface ScenarioDefect {
  readonly path: ScenarioPath;
  /** `servers[0].port is 99999`. */
  readonly found: string;
  /** `a number up to 65535`. */
  readonly expected: string;
}

type Issue = z.core.$ZodIssue;

/** The defects that the issues of the schema stand for. */
export function defectsOf(issues: readonly Issue[], value: unknown): readonly ScenarioDefect[] {
  return issues.flatMap((issue) => defectsOfIssue(issue, value, []));
}

/** A path as it is written: `servers[0].script[1].status`. */
export function pathText(path: ScenarioPath): string {
  const text = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : /^[\w$-]+$/.test(step) ? `.${step}` : `[${show(step)}]`))
    .join('');
  return text === '' ? 'the scenario' : text.replace(/^\./, '');
}

function defectsOfIssue(issue: Issue, value: unknown, around: ScenarioPath): readonly ScenarioDefect[] {
  const path = [...around, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  const here = pathText(path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => strangerAt(path, key, value));
    case 'invalid_union':
      return [defectOfUnion(issue, value, path)];
    case 'custom':
      return [defectOfOwn(issue.message, path, value)];
    case 'invalid_key':
      return [{ path, found: `${here} has a name that cannot be used`, expected: 'the name of a header field' }];
    default:
      return [{ path, found: `${here} is ${foundAt(value, path)}`, expected: expectedBy(issue) }];
  }
}

function strangerAt(path: ScenarioPath, key: string, value: unknown): ScenarioDefect {
  const names = namesAt(path, value);
  const near = nearestName(key, names);
  const guess = near === undefined ? '' : ` (did you mean "${near}"?)`;
  const whole = [...path, key];
  return { path: whole, found: `${pathText(whole)} is an unknown key${guess}`, expected: `one of ${names.join(', ')}` };
}

/** Of a choice, the branch that fits best speaks. */
function defectOfUnion(issue: Extract<Issue, { code: 'invalid_union' }>, value: unknown, path: ScenarioPath) {
  const branches = issue.errors.filter((issues) => issues.length > 0);
  const deeper = branches.filter(
    ([first]) => first !== undefined && (first.path.length > 0 || first.code === 'unrecognized_keys'),
  );
  const [best] = [...deeper].sort((one, other) => one.length - other.length);
  const [first] = best ?? [];
  const [defect] = first === undefined ? [] : defectsOfIssue(first, value, path);
  if (defect !== undefined) return defect;
  const found = `${pathText(path)} is ${foundAt(value, path)}`;
  if (branches.length === 0) return { path, found, expected: `one of ${typesAt(path).join(', ')}` };
  const expected = branches.flatMap(([only]) => (only === undefined ? [] : [expectedBy(only)]));
  return { path, found, expected: [...new Set(expected)].join(' or ') };
}

/** Messages of the schema's own end with what to use; so do those of the policy and the limits. */
function defectOfOwn(message: string, path: ScenarioPath, value: unknown): ScenarioDefect {
  const [before = '', expected = 'something else'] = message.split(/[:;] use /);
  // Of a whole that does not fit together, the message says what is there: `Invalid server with both: use …`.
  const [, whole] = /^Invalid \w+ (with .*)$/.exec(before) ?? [];
  if (whole !== undefined) return { path, found: `${pathText(path)} is one ${whole}`, expected };
  if (!before.startsWith('is ')) return { path, found: `${pathText(path)} is ${foundAt(value, path)}`, expected };
  const steps = path.flatMap((step) => (typeof step === 'number' ? [step] : stepsOf(step)));
  return { path: steps, found: `${pathText(steps)} ${before}`, expected };
}

/** The policy's own reader gives a path of one step: `entries.486.rules[0].do`. */
function stepsOf(written: string): ScenarioPath {
  return [...written.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)].map(([, index, quoted, name = '']) => {
    if (index !== undefined) return Number(index);
    return quoted === undefined ? name : String(JSON.parse(quoted));
  });
}

/** What stands there; of credentials nothing is ever shown. */
function foundAt(value: unknown, path: ScenarioPath): string {
  let found = value;
  for (const step of path) found = memberOf(found, step);
  if (found === undefined) return 'missing';
  // What is inside an object may be a secret, and its own members are told of by themselves.
  if (typeof found === 'object' && found !== null) return Array.isArray(found) ? 'a list' : 'an object';
  return path.some((step) => step === 'credentials' || step === 'users') ? 'not usable' : show(found);
}

function expectedBy(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1 ? show(issue.values[0]) : `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      if (issue.origin === 'string') return 'a text that is not empty';
      return issue.origin === 'array' ? 'a list that is not empty' : `a number from ${issue.minimum}`;
    case 'too_big':
      return `a number up to ${issue.maximum}`;
    case 'invalid_union':
      return [...new Set(issue.errors.flatMap(([first]) => (first === undefined ? [] : [expectedBy(first)])))].join(
        ' or ',
      );
    default:
      return issue.message.split(': use ')[1] ?? issue.message;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** The names of the members that the schema knows at a path. */
function namesAt(path: ScenarioPath, value: unknown): readonly string[] {
  const shapes = shapesAt(path, value);
  const names = shapes.flatMap((shape) => Object.keys(memberOf(shape, 'properties') ?? {}));
  const isCondition = conditionNames.every((name) => names.includes(name));
  return [...new Set(names), ...(isCondition ? ['a header field such as Expires'] : [])];
}

/** The kinds of behaviours. */
function typesAt(path: ScenarioPath): readonly string[] {
  return shapesAt(path.slice(0, -1), undefined).map((shape) =>
    String(memberOf(memberOf(memberOf(shape, 'properties'), 'type'), 'const')),
  );
}

function wholeShape(): unknown {
  shape ??= z.toJSONSchema(scenarioSchema, { io: 'input', unrepresentable: 'any' });
  return shape;
}

let shape: unknown;

/** The shapes that may stand at a path: of a choice by type, the one that was chosen. */
function shapesAt(path: ScenarioPath, value: unknown): readonly unknown[] {
  let shapes: readonly unknown[] = [wholeShape()];
  let present = value;
  for (const step of path) {
    present = memberOf(present, step);
    shapes = shapes.flatMap((shape) =>
      typeof step === 'number' ? alternatives(memberOf(shape, 'items'), present) : memberShapes(shape, step, present),
    );
  }
  return shapes;
}

function memberShapes(shape: unknown, step: string, present: unknown): readonly unknown[] {
  const own: unknown = memberOf(memberOf(shape, 'properties'), step) ?? memberOf(shape, 'additionalProperties');
  return alternatives(own, present);
}

function alternatives(shape: unknown, present: unknown): readonly unknown[] {
  if (shape === undefined || typeof shape === 'boolean') return [];
  const reference: unknown = memberOf(shape, '$ref');
  if (typeof reference === 'string') {
    return alternatives(memberOf(memberOf(wholeShape(), '$defs'), reference.replace('#/$defs/', '')), present);
  }
  const choices: unknown = memberOf(shape, 'anyOf') ?? memberOf(shape, 'oneOf');
  if (!Array.isArray(choices)) return [shape];
  const type: unknown = memberOf(present, 'type');
  const list: readonly unknown[] = choices;
  const chosen = list.filter((choice) => {
    const constant: unknown = memberOf(memberOf(memberOf(choice, 'properties'), 'type'), 'const');
    return constant === undefined || type === undefined || constant === type;
  });
  return chosen.flatMap((choice) => alternatives(choice, present));
}

function memberOf(value: unknown, step: string | number): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === String(step))?.[1]
    : undefined;
}
