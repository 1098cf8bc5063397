// What is wrong in a scenario, in the words of who wrote it: where, what stands there, what was expected.
import { SchemaDefects, type SchemaDefect } from '../schema-defects/schema-defects.js';
import { conditionNames } from './schema/condition.js';
import { scenarioSchema } from './schema/scenario.js';

/** One defect. */
export type ScenarioDefect = SchemaDefect;

/** What is wrong with values that are no scenarios. */
export const scenarioDefects = new SchemaDefects(scenarioSchema, {
  whole: 'the scenario',
  beside: (names) => (conditionNames.every((name) => names.includes(name)) ? ['a header field such as Expires'] : []),
});
