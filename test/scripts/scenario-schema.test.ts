import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { schemaTexts } from '../../scripts/schemas.js';
import { scenarioSchema } from '../../src/simulator/schema/scenario.js';
import { admits, entriesOf, memberOf } from './json-schema.js';

const root = new URL('../../', import.meta.url);
const textOf = (name: string): string => readFileSync(new URL(`schema/${name}`, root), 'utf8');
const schema: unknown = JSON.parse(textOf('scenario.schema.json'));
const others = {
  'policy.schema.json': JSON.parse(textOf('policy.schema.json')) as unknown,
  'config.schema.json': JSON.parse(textOf('config.schema.json')) as unknown,
};
const isScenario = (value: unknown): boolean => admits(schema, value, others);

const requests = [{ method: 'OPTIONS', uri: 'sip:example.com' }];
const servers = [{ name: 'a', host: '192.0.2.1', script: [{ status: 200 }] }];
const having = (parts: object): object => ({ requests, servers, ...parts });
const answering = (step: object): object => having({ servers: [{ name: 'a', host: '192.0.2.1', script: [step] }] });
const behaving = (behaviour: object): object => having({ servers: [{ name: 'a', host: '2001:db8::1', behaviour }] });

describe('scenario.schema.json', () => {
  it('is what scripts/write-schemas.ts writes', async () => {
    expect(textOf('scenario.schema.json')).toBe((await schemaTexts()).get('scenario.schema.json'));
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'scenario.schema.json',
    });
  });

  it('admits every scenario of the project', () => {
    const names = readdirSync(new URL('scenarios/', root), { recursive: true }).map(String);
    const written = names.filter((name) => /\.ya?ml$/.test(name));
    expect(written.length).toBeGreaterThan(7);
    for (const name of written) {
      const value: unknown = parse(readFileSync(new URL(`scenarios/${name}`, root), 'utf8'));
      expect([name, isScenario(value)]).toEqual([name, true]);
    }
  });

  it.each([
    having({}),
    having({ network: { latency: 5, spread: '1.5 s', loss: 0.1 }, stopAfter: '2 h', seed: -3 }),
    having({
      uac: { limits: { maxAttempts: 3 }, credentials: [{ username: 'a', password: 'b' }], timers: { t1: 100 } },
    }),
    having({
      uac: { policy: { extends: 'rfc', entries: { 486: [{ do: 'giveUp', because: 'busy', cite: 'local' }] } } },
    }),
    answering({ status: 423, headers: { 'Min-Expires': 600, Via: ['a', 'b'] }, until: { Expires: { atLeast: 600 } } }),
    answering({
      silence: true,
      times: 'always',
      when: { method: ['INVITE', 'BYE'], Require: '100rel', inDialog: true },
    }),
    behaving({ type: 'registrar', challenge: { realm: 'r', algorithms: ['SHA-256'], nonceLifetime: '1 min' } }),
    behaving({ type: 'gateway', numbers: ['+493012'] }),
    behaving({ type: 'proxy', to: 'sip:example.com' }),
  ])('admits %j, as readScenario does', (scenario) => {
    expect(scenarioSchema.safeParse(scenario).success).toBe(true);
    expect(isScenario(scenario)).toBe(true);
  });

  it.each([
    {},
    having({ servers: [] }),
    having({ request: [] }),
    having({ stopAfter: '5 parsecs' }),
    having({ stopAfter: -1 }),
    having({ network: { loss: 2 } }),
    having({ uac: { limits: { maxAttempt: 3 } } }),
    having({ uac: { policy: { entries: {} } } }),
    having({ requests: [{ method: 'options', uri: 'sip:example.com' }] }),
    having({ requests: [{ method: 'OPTIONS', uri: 'example.com' }] }),
    answering({ status: 99 }),
    answering({ status: 200, when: { expires: 3 } }),
    answering({ status: 200, headers: { 'a b': 1 } }),
    answering({ status: 200, times: 0 }),
    behaving({ type: 'gatway', numbers: ['1'] }),
    behaving({ type: 'gateway' }),
    behaving({ type: 'challenger', challenge: { realm: 'r', users: [] } }),
  ])('refuses %j, as readScenario does', (scenario) => {
    expect(scenarioSchema.safeParse(scenario).success).toBe(false);
    expect(isScenario(scenario)).toBe(false);
  });

  it('describes every option, at every level', () => {
    const silent = (shape: unknown, path: string): readonly string[] => [
      ...entriesOf(memberOf(shape, 'properties')).flatMap(([name, option]) => [
        ...(memberOf(option, 'description') === undefined ? [`${path}/${name}`] : []),
        ...silent(option, `${path}/${name}`),
      ]),
      ...['anyOf', 'oneOf'].flatMap((choice) => {
        const shapes = memberOf(shape, choice);
        return Array.isArray(shapes) ? shapes.flatMap((one: unknown) => silent(one, path)) : [];
      }),
      ...(memberOf(shape, 'items') === undefined ? [] : silent(memberOf(shape, 'items'), `${path}[]`)),
    ];
    const whole = entriesOf(memberOf(schema, '$defs')).flatMap(([name, definition]) => silent(definition, name));
    expect([...silent(schema, ''), ...whole]).toEqual([]);
  });
});
