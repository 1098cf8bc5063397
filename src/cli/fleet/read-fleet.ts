// A fleet from YAML or JSON: read, checked, and refused with the line of its first defect and what was expected there.
import { z } from 'zod';
import type { FleetPlan } from '../../fleet/fleet-plan.js';
import { show } from '../../policy/defect.js';
import { nearestName } from '../../policy/near-miss.js';
import { readYaml } from '../../simulator/read-yaml.js';
import type { JsonPath } from '../json-place.js';
import { UnusableInput } from '../unusable-input.js';
import { fleetPlanOf, misfitsOf, type FleetMisfit } from './fleet-plan-of.js';
import { fleetSchema } from './fleet-schema.js';

/**
 * The plan that a text describes.
 * @param source what the text is called in a message.
 * @param seed instead of the one that is written.
 * @throws UnusableInput for the first defect.
 */
export function readFleet(text: string, source: string, seed?: number): FleetPlan {
  const read = readYaml(text);
  if (read.kind === 'defect') throw new UnusableInput(source, read.line, read.found, A_FLEET);
  const { value, lineOf } = read;
  const parsed = fleetSchema.safeParse(value);
  const defects = parsed.success
    ? misfitsOf(parsed.data)
    : parsed.error.issues.flatMap((issue) => defectsOf(issue, value));
  const located = defects.map((defect) => ({ ...defect, line: lineOf(defect.path) }));
  // A name that was misspelt is told before what is missing because of that.
  const [first] = located.sort((one, other) => one.line - other.line || rankOf(one) - rankOf(other));
  if (first !== undefined) throw new UnusableInput(source, first.line, first.found, first.expected);
  return fleetPlanOf(fleetSchema.parse(value), seed);
}

const A_FLEET = 'a fleet as YAML or JSON';
const UNKNOWN = 'is an unknown key';

function defectsOf(issue: z.core.$ZodIssue, value: unknown): readonly FleetMisfit[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const found = `${textOf(path)} is ${foundAt(value, path)}`;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => stranger([...path, key], key, namesAt(path)));
    case 'invalid_union': {
      const branches = issue.errors.flatMap(([first]) => (first === undefined ? [] : [expectedBy(first)]));
      return [{ path, found, expected: [...new Set(branches)].join(' or ') }];
    }
    case 'custom': {
      // The readers of policies and limits say `is …; use …`, and their path is one step.
      const [complaint = '', expected = ''] = issue.message.split(/[:;] use /);
      return [{ path, found: complaint.startsWith('is ') ? `${textOf(path)} ${complaint}` : found, expected }];
    }
    default:
      return [{ path, found, expected: expectedBy(issue) }];
  }
}

function stranger(path: JsonPath, key: string, names: readonly string[]): FleetMisfit {
  const near = nearestName(key, names);
  const guess = near === undefined ? '' : ` (did you mean "${near}"?)`;
  return { path, found: `${textOf(path)} ${UNKNOWN}${guess}`, expected: `one of ${names.join(', ')}` };
}

function expectedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES.get(issue.expected) ?? issue.expected;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'array' ? 'a list that is not empty' : `a number from ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'array' ? `at most ${issue.maximum} of them` : `a number up to ${issue.maximum}`;
    default:
      return issue.message.split(': use ')[1] ?? issue.message;
  }
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'an object'],
]);

/** The names that the schema knows at a path. */
function namesAt(path: JsonPath): readonly string[] {
  let schema: unknown = z.toJSONSchema(fleetSchema, { io: 'input', unrepresentable: 'any' });
  for (const step of path) {
    schema = typeof step === 'number' ? memberOf(schema, 'items') : memberOf(memberOf(schema, 'properties'), step);
  }
  const choices = memberOf(schema, 'anyOf');
  const shapes: readonly unknown[] = Array.isArray(choices) ? choices : [schema];
  return shapes.flatMap((shape) => Object.keys(memberOf(shape, 'properties') ?? {}));
}

function rankOf({ found }: FleetMisfit): number {
  return found.includes(UNKNOWN) ? 0 : 1;
}

function textOf(path: JsonPath): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return text === '' ? 'the fleet' : text.replace(/^\./, '');
}

function foundAt(value: unknown, path: JsonPath): string {
  let found = value;
  for (const step of path) found = memberOf(found, step);
  return found === undefined ? 'missing' : show(found);
}

function memberOf(value: unknown, step: string | number): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === String(step))?.[1]
    : undefined;
}
