// The public surface, name by name: what is exported is reviewed here before anybody depends on it.
import { describe, expect, it } from 'vitest';
import * as digest from '../../src/digest/index.js';
import * as index from '../../src/index.js';
import * as machines from '../../machines/index.js';
import * as policy from '../../src/policy/index.js';
import * as request from '../../src/request/index.js';

describe('public API', () => {
  it.each([
    ['.', index],
    ['./policy', policy],
    ['./request', request],
    ['./digest', digest],
    ['./machines', machines],
  ])('%s exports these names', async (door, names) => {
    const list = `${Object.keys(names).sort().join('\n')}\n`;
    await expect(list).toMatchFileSnapshot(`./public-api/${door === '.' ? 'index' : door.slice(2)}.txt`);
  });

  it('the main door has every name of the others', () => {
    const all = [policy, request, digest, machines].flatMap((door) => Object.keys(door));
    expect(all.filter((name) => !Object.hasOwn(index, name))).toEqual([]);
  });
});
