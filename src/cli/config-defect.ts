// What is wrong in a configuration, in the words of an operator: where, what stands there, what may stand there.
import { z } from 'zod';
import { show } from '../policy/defect.js';
import { configSchema } from './config-schema.js';
import type { JsonPath } from './json-place.js';

/** One defect of a configuration. */
export interface ConfigDefect {
  readonly path: JsonPath;
  /** `limits.maxAttempts is "8"`. */
  readonly found: string;
  /** `a whole number from 1`. */
  readonly allowed: string;
}

type Issue = z.core.$ZodIssue;

/** The defect that an issue of the schema stands for. */
export function defectOf(issue: Issue, config: unknown, around: JsonPath = []): ConfigDefect {
  const path = [...around, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  switch (issue.code) {
    case 'invalid_union':
      return defectOfUnion(issue, config, path);
    case 'unrecognized_keys': {
      const [stranger = ''] = issue.keys;
      return {
        path: [...path, stranger],
        found: `${pathText([...path, stranger])} is an unknown member`,
        allowed: `one of ${namesAt(path).join(', ')}`,
      };
    }
    case 'custom':
      return defectOfPolicy(issue.message, path);
    default:
      return { path, found: `${pathText(path)} is ${foundAt(config, path)}`, allowed: allowedBy(issue) };
  }
}

/** A path as it is written: `answers.bodies[0].file`. */
export function pathText(path: JsonPath): string {
  const text = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : /^[\w$-]+$/.test(step) ? `.${step}` : `[${show(step)}]`))
    .join('');
  return text === '' ? 'the configuration' : text.replace(/^\./, '');
}

/** Of a choice, the branch that fits best speaks. */
function defectOfUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  config: unknown,
  path: JsonPath,
): ConfigDefect {
  const branches = issue.errors.filter((issues) => issues.length > 0);
  const deeper = branches.filter(
    ([first]) => (first !== undefined && first.path.length > 0) || first?.code === 'unrecognized_keys',
  );
  const [best] = [...deeper].sort((one, other) => one.length - other.length);
  const [first] = best ?? [];
  if (first !== undefined) return defectOf(first, config, path);
  const allowed = [...new Set(branches.flatMap(([only]) => (only === undefined ? [] : [allowedBy(only)])))];
  return { path, found: `${pathText(path)} is ${foundAt(config, path)}`, allowed: allowed.join(' or ') };
}

/** The policy's own reader says `is …; use …`, and its path is one step: `entries.486.rules[0].do`. */
function defectOfPolicy(message: string, path: JsonPath): ConfigDefect {
  const steps = path.flatMap((step) => (typeof step === 'number' ? [step] : stepsOf(step)));
  const [found = '', allowed = ''] = message.split('; use ');
  return { path: steps, found: `${pathText(steps)} ${found}`, allowed };
}

function stepsOf(written: string): JsonPath {
  return [...written.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)].map(([, index, quoted, name = '']) => {
    if (index !== undefined) return Number(index);
    return quoted === undefined ? name : String(JSON.parse(quoted));
  });
}

/** What stands there; of credentials nothing is ever shown. */
function foundAt(config: unknown, path: JsonPath): string {
  let value = config;
  for (const step of path) value = memberOf(value, step);
  if (value === undefined) return 'missing';
  return path[0] === 'credentials' ? 'not usable' : show(value);
}

function memberOf(value: unknown, step: string | number): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === String(step))?.[1]
    : undefined;
}

function allowedBy(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      if (issue.origin === 'string') return 'a text that is not empty';
      return issue.origin === 'array' ? 'a list that is not empty' : `a number from ${issue.minimum}`;
    case 'too_big':
      return `a number up to ${issue.maximum}`;
    default:
      // Messages of the schema's own end with what to use.
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
};

/** The names of the members that the schema knows at a path. */
function namesAt(path: JsonPath): readonly string[] {
  let schema: unknown = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
  for (const step of path) {
    schema = typeof step === 'number' ? memberOf(schema, 'items') : memberOf(memberOf(schema, 'properties'), step);
  }
  const options = memberOf(schema, 'anyOf');
  const shapes: readonly unknown[] = Array.isArray(options) ? options : [schema];
  return [...new Set(shapes.flatMap((shape) => Object.keys(memberOf(shape, 'properties') ?? {})))];
}
