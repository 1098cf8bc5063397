// The public surface, name by name: what is exported is reviewed here before anybody depends on it.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as sipJs from '../../src/adapters/sip-js/index.js';
import * as digest from '../../src/digest/index.js';
import * as fleet from '../../src/fleet/index.js';
import * as index from '../../src/index.js';
import * as inspect from '../../src/inspect/index.js';
import * as machines from '../../machines/index.js';
import * as custom from '../../src/policy/custom.js';
import * as inWords from '../../src/policy/describe.js';
import * as subscription from '../../src/policy/subscription.js';
import * as policy from '../../src/policy/index.js';
import * as request from '../../src/request/index.js';
import * as simulator from '../../src/simulator/index.js';
import * as testing from '../../src/testing.js';
import * as transport from '../../src/transport/index.js';
import * as uac from '../../src/uac/index.js';

const doors: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['.', index],
  ['./policy', policy],
  ['./policy/custom', custom],
  ['./policy/describe', inWords],
  ['./policy/subscription', subscription],
  ['./request', request],
  ['./digest', digest],
  ['./machines', machines],
  ['./uac', uac],
  ['./transport', transport],
  ['./adapters/sip-js', sipJs],
  ['./simulator', simulator],
  ['./fleet', fleet],
  ['./inspect', inspect],
  ['./testing', testing],
];

describe('public API', () => {
  it.each(doors)('%s exports these names', async (door, names) => {
    const list = `${Object.keys(names).sort().join('\n')}\n`;
    const file = door === '.' ? 'index' : door.slice(2).replaceAll('/', '-');
    await expect(list).toMatchFileSnapshot(`./public-api/${file}.txt`);
  });

  it('package.json has these doors and no others', () => {
    const { exports } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      exports: Record<string, unknown>;
    };
    const code = Object.keys(exports).filter((door) => !door.endsWith('.json'));
    expect(code).toEqual(doors.map(([door]) => door));
  });

  it('a name that stands in several doors is the same thing in each', () => {
    const things = new Map<string, unknown>();
    for (const [name, thing] of doors.flatMap(([, names]) => Object.entries(names))) {
      if (things.has(name)) expect([name, things.get(name) === thing]).toEqual([name, true]);
      things.set(name, thing);
    }
  });

  it('the main door has every name of deciding, and what it adds is known to the request, but for reading facts', () => {
    const names = Object.keys(index);
    expect(Object.keys(policy).filter((name) => !names.includes(name))).toEqual([]);
    const elsewhere = new Set([policy, request, custom].flatMap((door) => Object.keys(door)));
    expect(names.filter((name) => !elsewhere.has(name))).toEqual(['factsOf']);
  });
});
