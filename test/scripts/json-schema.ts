// A small validator of JSON Schema (draft 2020-12): the keywords that our schemas use, and an exception for any other.

type Check = (expected: unknown, value: unknown, schema: Record<string, unknown>, resolve: Resolve) => boolean;
type Resolve = (reference: string) => unknown;

/** Whether the schema admits the value. `others` are schemas by `$id`. */
export function admits(schema: unknown, value: unknown, others: Readonly<Record<string, unknown>> = {}): boolean {
  const resolve: Resolve = (reference) => {
    const [file = '', pointer = ''] = reference.split('#');
    return pointer
      .split('/')
      .slice(1)
      .reduce<unknown>(memberOf, file === '' ? schema : others[file]);
  };
  return holds(schema, value, resolve, others);
}

function holds(
  schema: unknown,
  value: unknown,
  resolve: Resolve,
  others: Readonly<Record<string, unknown>> = {},
): boolean {
  if (typeof schema === 'boolean') return schema;
  if (!isObject(schema)) throw new Error(`${JSON.stringify(schema)} is no schema`);
  return Object.entries(schema).every(([keyword, expected]) => {
    if (keyword === '$ref' && !String(expected).startsWith('#'))
      return admits(resolve(String(expected)), value, others);
    const check = checks[keyword];
    if (check === undefined) throw new Error(`the keyword ${keyword} is unknown`);
    return check(expected, value, schema, resolve);
  });
}

const annotation: Check = () => true;

const checks: Readonly<Record<string, Check>> = {
  $schema: annotation,
  $id: annotation,
  $defs: annotation,
  title: annotation,
  description: annotation,
  $ref: (reference, value, _, resolve) => holds(resolve(String(reference)), value, resolve),
  type: (type, value) => isOfType(value, String(type)),
  const: (expected, value) => JSON.stringify(expected) === JSON.stringify(value),
  enum: (words, value) => list(words).some((word) => word === value),
  minLength: (least, value) => typeof value !== 'string' || value.length >= Number(least),
  pattern: (pattern, value) => typeof value !== 'string' || new RegExp(String(pattern), 'u').test(value),
  minimum: (least, value) => typeof value !== 'number' || value >= Number(least),
  maximum: (most, value) => typeof value !== 'number' || value <= Number(most),
  minItems: (least, value) => !Array.isArray(value) || value.length >= Number(least),
  items: (schema, value, _, resolve) => list(value).every((item) => holds(schema, item, resolve)),
  contains: (schema, value, { maxContains }, resolve) => {
    if (!Array.isArray(value)) return true;
    const count = value.filter((item) => holds(schema, item, resolve)).length;
    return count >= 1 && count <= Number(maxContains ?? Infinity);
  },
  maxContains: annotation,
  required: (names, value) => !isObject(value) || list(names).every((name) => Object.hasOwn(value, String(name))),
  properties: (schemas, value, _, resolve) =>
    !isObject(value) ||
    entriesOf(schemas).every(([name, schema]) => !Object.hasOwn(value, name) || holds(schema, value[name], resolve)),
  patternProperties: (schemas, value, _, resolve) =>
    entriesOf(schemas).every(([pattern, schema]) =>
      entriesOf(value).every(
        ([name, member]) => !new RegExp(pattern, 'u').test(name) || holds(schema, member, resolve),
      ),
    ),
  additionalProperties: (schema, value, { properties, patternProperties }, resolve) =>
    entriesOf(value).every(
      ([name, member]) =>
        entriesOf(properties).some(([known]) => known === name) ||
        entriesOf(patternProperties).some(([pattern]) => new RegExp(pattern, 'u').test(name)) ||
        holds(schema, member, resolve),
    ),
  propertyNames: (schema, value, _, resolve) => entriesOf(value).every(([name]) => holds(schema, name, resolve)),
  not: (schema, value, _, resolve) => !holds(schema, value, resolve),
  allOf: (schemas, value, _, resolve) => list(schemas).every((schema) => holds(schema, value, resolve)),
  anyOf: (schemas, value, _, resolve) => list(schemas).some((schema) => holds(schema, value, resolve)),
  oneOf: (schemas, value, _, resolve) => list(schemas).filter((schema) => holds(schema, value, resolve)).length === 1,
  if: (condition, value, schema, resolve) =>
    holds(schema[holds(condition, value, resolve) ? 'then' : 'else'] ?? true, value, resolve),
  then: annotation,
  else: annotation,
};

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function entriesOf(value: unknown): readonly [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

export function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}
