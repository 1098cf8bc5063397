import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SchemaDefects } from '../../src/schema-defects/schema-defects.js';

const door = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('swing'), width: z.int().min(1).max(9) }),
  z.strictObject({ type: z.literal('slide'), rails: z.array(z.string().min(1)).min(1).max(2) }),
]);
const house = z.strictObject({
  name: z.string(),
  colour: z.enum(['red', 'green']).exactOptional(),
  open: z.boolean().exactOptional(),
  doors: z.array(door).exactOptional(),
  lock: z
    .union([z.strictObject({ pin: z.string() }), z.strictObject({ key: z.string() }), z.boolean()])
    .exactOptional(),
  size: z.union([z.number(), z.string()]).exactOptional(),
  notes: z.record(z.string().regex(/^[a-z]+$/, 'Invalid name: use small letters'), z.string()).exactOptional(),
  credentials: z.array(z.strictObject({ password: z.string().min(9) })).exactOptional(),
  policy: z
    .unknown()
    .superRefine((input, context) => {
      const path = ['entries["REGISTER 403"][0].do'];
      context.issues.push({ code: 'custom', path, message: 'is "x"; use a b', input });
    })
    .exactOptional(),
});
const houses = new SchemaDefects(house, {
  whole: 'the house',
  beside: (names) => (names.includes('pin') ? ['anything'] : []),
});

function told(value: unknown): readonly string[] {
  const parsed = house.safeParse(value);
  return parsed.success
    ? []
    : houses.of(parsed.error.issues, value).map(({ found, expected }) => `${found}; ${expected}`);
}

describe('the defects of a value that a schema has refused', () => {
  it.each<[unknown, string]>([
    ['text', 'the house is "text"; an object'],
    [[], 'the house is a list; an object'],
    [{}, 'name is missing; a text'],
    [{ name: 1 }, 'name is 1; a text'],
    [{ name: 'a', colour: 'blue' }, 'colour is "blue"; one of red, green'],
    [{ name: 'a', open: 'yes' }, 'open is "yes"; true or false'],
    [{ name: 'a', size: true }, 'size is true; a number or a text'],
    [{ name: 'a', doors: {} }, 'doors is an object; a list'],
    [{ name: 'a', doors: [{ type: 'swing', width: 1.5 }] }, 'doors[0].width is 1.5; a whole number'],
    [{ name: 'a', doors: [{ type: 'swing', width: 0 }] }, 'doors[0].width is 0; a number from 1'],
    [{ name: 'a', doors: [{ type: 'swing', width: 10 }] }, 'doors[0].width is 10; a number up to 9'],
    [{ name: 'a', doors: [{ type: 'slide', rails: [] }] }, 'doors[0].rails is a list; a list that is not empty'],
    [{ name: 'a', doors: [{ type: 'slide', rails: [''] }] }, 'doors[0].rails[0] is ""; a text that is not empty'],
    [{ name: 'a', doors: [{ type: 'slide', rails: ['a', 'b', 'c'] }] }, 'doors[0].rails is a list; at most 2 of them'],
    [{ name: 'a', notes: { 'A b': 'c' } }, 'notes["A b"] has a name that cannot be used; small letters'],
  ])('tells what stands where, and what may: %j', (value, sentence) => {
    expect(told(value)).toEqual([sentence]);
  });

  it('names the types of a choice by type, and of the one that was chosen the members', () => {
    expect(told({ name: 'a', doors: [{ type: 'swings' }] })).toEqual([
      'doors[0].type is "swings"; one of swing, slide',
    ]);
    expect(told({ name: 'a', doors: [{ type: 'swing', width: 1, rail: 1 }] })).toEqual([
      'doors[0].rail is an unknown key; one of type, width',
    ]);
  });

  it('names what was misspelt before what is missing because of that', () => {
    expect(told({ nam: 'a' })).toEqual([
      'nam is an unknown key (did you mean "name"?); one of name, colour, open, doors, lock, size, notes, credentials, policy',
      'name is missing; a text',
    ]);
  });

  it('lets the branch speak that fits best, and says what else may stand beside its members', () => {
    expect(told({ name: 'a', lock: { pim: '1' } })).toEqual([
      'lock.pim is an unknown key (did you mean "pin"?); one of pin, key, anything',
    ]);
  });

  it('names the members of two forms that stand beside each other', () => {
    expect(told({ name: 'a', lock: { pin: '1', key: 'x' } })).toEqual(['lock.key stands beside pin; one of them']);
  });

  it('takes the path and the words of readers of their own', () => {
    const value = { name: 'a', policy: {} };
    const parsed = house.safeParse(value);
    const [defect] = parsed.success ? [] : houses.of(parsed.error.issues, value);
    expect(defect).toEqual({
      path: ['policy', 'entries', 'REGISTER 403', 0, 'do'],
      found: 'policy.entries["REGISTER 403"][0].do is "x"',
      expected: 'a b',
    });
  });

  it('never shows what is in credentials', () => {
    expect(told({ name: 'a', credentials: [{ password: 'sesame' }] })).toEqual([
      'credentials[0].password is not usable; a text that is not empty',
    ]);
    expect(told({ name: 'a', credentials: ['sesame'] })).toEqual(['credentials[0] is not usable; an object']);
  });
});
