import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaTexts } from '../../scripts/schemas.js';
import { configSchema } from '../../src/cli/config-schema.js';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import { policyToJson } from '../../src/policy/policy-json.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { giveUpReasons } from '../../src/policy/reason.js';
import { actionTypes, conditionNames } from '../../src/policy/vocabulary.js';
import { arbitraryPolicy, arbitraryRules } from '../policy/arbitrary-policy.js';
import { admits, entriesOf, memberOf } from './json-schema.js';

const textOf = (name: string): string => readFileSync(new URL(`../../schema/${name}`, import.meta.url), 'utf8');
const policySchema: unknown = JSON.parse(textOf('policy.schema.json'));
const configFileSchema: unknown = JSON.parse(textOf('config.schema.json'));

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const isPolicy = (value: unknown): boolean => admits(policySchema, value);
const isConfig = (value: unknown): boolean => admits(configFileSchema, value, { 'policy.schema.json': policySchema });

/** One change at any place of a JSON value: a member dropped, added, or replaced. */
const withOneChange = (value: unknown, places: readonly number[], change: unknown): unknown => {
  const [place = 0, ...deeper] = places;
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return change;
  if (Array.isArray(value)) {
    const index = place % value.length;
    if (change === 'drop' && deeper.length === 0) return value.toSpliced(index, 1);
    return value.with(index, deeper.length === 0 ? change : withOneChange(value[index], deeper, change));
  }
  const entries: [string, unknown][] = Object.entries(value);
  const [name, member] = entries[place % entries.length] ?? ['', undefined];
  if (change === 'add' && deeper.length === 0) return { ...value, extra: 1 };
  if (change === 'drop' && deeper.length === 0) return Object.fromEntries(entries.filter(([one]) => one !== name));
  return { ...value, [name]: deeper.length === 0 ? change : withOneChange(member, deeper, change) };
};

describe('schema/', () => {
  it('is what scripts/write-schemas.ts writes', async () => {
    for (const [name, text] of await schemaTexts()) expect(textOf(name)).toBe(text);
  });

  it('is JSON Schema of draft 2020-12', () => {
    const draft = 'https://json-schema.org/draft/2020-12/schema';
    expect(policySchema).toMatchObject({ $schema: draft, $id: 'policy.schema.json' });
    expect(configFileSchema).toMatchObject({ $schema: draft, $id: 'config.schema.json' });
  });
});

describe('policy.schema.json', () => {
  it('knows every word of the vocabulary, and says what it means', () => {
    const definitions = memberOf(policySchema, '$defs');
    const wordsOf = (name: string): unknown => memberOf(memberOf(definitions, name), 'oneOf');
    const described: unknown = expect.stringMatching(/\w/);
    const words = (names: readonly string[]): unknown => names.map((name) => ({ const: name, description: described }));
    expect(wordsOf('action')).toEqual(words(actionTypes));
    expect(wordsOf('condition')).toEqual(words(conditionNames));
    expect(wordsOf('reason')).toEqual(words(giveUpReasons));
  });

  it('admits every policy that parsePolicy reads', () => {
    expect(isPolicy(plain(policyToJson(rfcPolicy)))).toBe(true);
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        expect(isPolicy(plain(policyToJson(policy)))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses what parsePolicy refuses, wherever one thing is changed', () => {
    const short = fc
      .dictionary(fc.constantFrom('486', 'INVITE 603', '4xx'), arbitraryRules, { minKeys: 1 })
      .map((entries) => ({ name: 'x', extends: 'rfc', entries }));
    const whole = arbitraryPolicy.map(({ name, entries }) => {
      const { 486: busy, '2xx': a, '3xx': b, '4xx': c, '5xx': d, '6xx': e } = entries;
      return { name, entries: { 486: busy, '2xx': a, '3xx': b, '4xx': c, '5xx': d, '6xx': e } };
    });
    const change = fc.oneof(
      fc.constantFrom('drop', 'add', 'giveUp', 'custom', 'busy', 'rfc', 'local'),
      fc.jsonValue({ maxDepth: 1 }),
    );
    const outcomes = { read: 0, refused: 0 };
    fc.assert(
      fc.property(
        fc.oneof(short, whole),
        fc.array(fc.nat(9), { minLength: 1, maxLength: 7 }),
        change,
        (policy, places, how) => {
          const changed = withOneChange(plain(policy), places, how);
          const { ok } = parsePolicy(changed);
          outcomes[ok ? 'read' : 'refused'] += 1;
          expect([changed, isPolicy(changed)]).toEqual([changed, ok]);
        },
      ),
      { numRuns: 1_000 },
    );
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(20);
  });
});

describe('config.schema.json', () => {
  it.each([
    {},
    {
      $schema: 'config.schema.json',
      credentials: [{ username: 'a', password: 'b' }],
      servers: ['sip:a', 'SIPS:b:5061'],
    },
    { credentials: [{ realm: 'r', username: 'a', ha1: '0'.repeat(32) }], supported: ['path'], redial: 'sameCallId' },
    { limits: { maxAttempts: 3, maxWaitMs: { default: 1, INVITE: 2 }, spread: 0.5 }, redial: true },
    {
      policy: { extends: 'rfc', entries: { 486: [{ do: 'accept', cite: 'local' }] } },
      environment: { inDialog: true },
    },
    { answers: { digits: ['12'], target: 'sip:a', bodies: [{ type: 'a/b', file: 'c' }], confirm: ['revealIdentity'] } },
  ])('admits %j, as the command line does', (config) => {
    expect(configSchema.safeParse(config).success).toBe(true);
    expect(isConfig(config)).toBe(true);
  });

  it.each([
    [],
    { credential: [] },
    { credentials: [{ username: 'a' }] },
    { credentials: [{ username: 'a', password: 'b', ha1: '0'.repeat(32) }] },
    { credentials: [{ username: 'a', ha1: 'xyz' }] },
    { servers: ['example.com'] },
    { servers: [] },
    { limits: { maxAttempts: 0 } },
    { limits: { maxAttempts: 1.5 } },
    { limits: { maxAttempt: 1 } },
    { limits: { maxWaitMs: { INVITE: 1 } } },
    { limits: { spread: 2 } },
    { policy: 'rfc' },
    { policy: { entries: {} } },
    { policy: { extends: 'rfc', entries: { 700: [{ do: 'accept', cite: 'local' }] } } },
    { redial: 'yes' },
    { answers: { digits: ['a b'] } },
    { answers: { bodies: [{ type: 'a/b' }] } },
    { environment: { inDialog: 'yes' } },
  ])('refuses %j, as the command line does', (config) => {
    expect(configSchema.safeParse(config).success).toBe(false);
    expect(isConfig(config)).toBe(false);
  });

  it('describes every option, at every level', () => {
    const silent = (schema: unknown, path: string): readonly string[] => [
      ...entriesOf(memberOf(schema, 'properties')).flatMap(([name, option]) => [
        ...(memberOf(option, 'description') === undefined ? [`${path}/${name}`] : []),
        ...silent(option, `${path}/${name}`),
      ]),
      ...silentAmong(memberOf(schema, 'anyOf'), path),
      ...(memberOf(schema, 'items') === undefined ? [] : silent(memberOf(schema, 'items'), `${path}[]`)),
    ];
    const silentAmong = (schemas: unknown, path: string): readonly string[] =>
      Array.isArray(schemas) ? schemas.flatMap((schema: unknown) => silent(schema, path)) : [];
    expect(silent({ properties: { a: { items: { anyOf: [{ properties: { b: {} } }] } } } }, '')).toEqual([
      '/a',
      '/a[]/b',
    ]);
    expect(silent(configFileSchema, '')).toEqual([]);
  });
});
