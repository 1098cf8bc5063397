// What is wrong in a configuration, in the words of an operator: where, what stands there, what may stand there.
import { limitDefects } from '../policy/set-limits.js';
import type { Issue } from '../schema-defects/expected-by.js';
import { memberOf } from '../schema-defects/member-path.js';
import { SchemaDefects, type SchemaDefect } from '../schema-defects/schema-defects.js';
import { configSchema } from './config-schema.js';

/** The defects that the issues of the schema stand for. Of limits their own reader speaks, which knows them as a whole. */
export function configDefectsOf(issues: readonly Issue[], value: unknown): readonly SchemaDefect[] {
  const limits = memberOf(value, 'limits');
  return [
    ...configDefects.of(
      issues.filter(({ path }) => path[0] !== 'limits'),
      value,
    ),
    ...(limits === undefined ? [] : limitDefects(limits)).map(({ path, found, allowed }) => ({
      path: path === '' ? ['limits'] : ['limits', path],
      found: `limits${path === '' ? '' : `.${path}`} is ${found}`,
      expected: allowed,
    })),
  ];
}

const configDefects = new SchemaDefects(configSchema, { whole: 'the configuration' });
