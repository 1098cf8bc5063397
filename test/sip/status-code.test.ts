import { describe, expect, it } from 'vitest';
import { isRegistered, phraseOf, statusCodes } from '../../src/sip/status-code.js';

const inClass = (first: number): number[] =>
  [...statusCodes.keys()].filter((status) => Math.floor(status / 100) === first);

describe('statusCodes', () => {
  it('holds the 46 registered codes from 400 to 494', () => {
    expect(inClass(4)).toHaveLength(46);
    expect([inClass(4)[0], inClass(4).at(-1)]).toEqual([400, 494]);
  });

  it('holds all of the other classes', () => {
    expect(inClass(1)).toEqual([100, 180, 181, 182, 183, 199]);
    expect(inClass(2)).toEqual([200, 202, 204]);
    expect(inClass(3)).toEqual([300, 301, 302, 305, 380]);
    expect(inClass(5)).toEqual([500, 501, 502, 503, 504, 505, 513, 555, 580]);
    expect(inClass(6)).toEqual([600, 603, 604, 606, 607, 608]);
  });

  it('names an RFC with a section for each', () => {
    for (const { definedIn } of statusCodes.values()) expect(definedIn).toMatch(/^RFC \d{4} §\d+(\.\d+)*$/);
  });
});

describe('phraseOf', () => {
  it('gives the default reason phrase', () => {
    expect(phraseOf(423)).toBe('Interval Too Brief');
    expect(phraseOf(481)).toBe('Call/Transaction Does Not Exist');
  });

  it('takes an unregistered code for x00 of its class (RFC 3261 §8.1.3.2) (#2)', () => {
    expect([431, 599, 699, 299].map(phraseOf)).toEqual([
      'Bad Request',
      'Server Internal Error',
      'Busy Everywhere',
      'OK',
    ]);
  });

  it('has no phrase for what is no status code', () => {
    expect(phraseOf(700)).toBe('');
  });
});

describe('isRegistered', () => {
  it('knows 418 for what it is', () => {
    expect([isRegistered(417), isRegistered(418), isRegistered(409), isRegistered(411)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
