// A fleet from YAML or JSON: read, checked, and refused with the line of its first defect and what was expected there.
import type { FleetPlan } from '../../fleet/fleet-plan.js';
import { SchemaDefects } from '../../schema-defects/schema-defects.js';
import { readYaml } from '../../simulator/read-yaml.js';
import { UnusableInput } from '../unusable-input.js';
import { fleetPlanOf, misfitsOf } from './fleet-plan-of.js';
import { fleetSchema } from './fleet-schema.js';

/**
 * The plan that a text describes.
 * @param source what the text is called in a message.
 * @param seed instead of the one that is written.
 * @throws UnusableInput for the first defect.
 */
export function readFleet(text: string, source: string, seed?: number): FleetPlan {
  const read = readYaml(text);
  if (read.kind === 'defect') throw new UnusableInput(source, read.line, read.found, 'a fleet as YAML or JSON');
  const { value, lineOf } = read;
  const parsed = fleetSchema.safeParse(value);
  const defects = parsed.success ? misfitsOf(parsed.data) : fleetDefects.of(parsed.error.issues, value);
  const located = defects.map((defect) => ({ ...defect, line: lineOf(defect.path) }));
  const [first] = located.sort((one, other) => one.line - other.line);
  if (first !== undefined) throw new UnusableInput(source, first.line, first.found, first.expected);
  return fleetPlanOf(fleetSchema.parse(value), seed);
}

const fleetDefects = new SchemaDefects(fleetSchema, { whole: 'the fleet' });
