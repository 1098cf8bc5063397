import { describe, expect, it } from 'vitest';
import { classOf, eventTypeOf } from '../../src/sip/status-class.js';

describe('classOf', () => {
  it('gives the first digit (RFC 3261 §7.2)', () => {
    expect([100, 200, 399, 499, 500, 699].map(classOf)).toEqual(['1xx', '2xx', '3xx', '4xx', '5xx', '6xx']);
  });
});

describe('eventTypeOf', () => {
  it('names class and code', () => {
    expect(eventTypeOf(401)).toBe('response.4xx.401');
    expect(eventTypeOf(699)).toBe('response.6xx.699');
  });

  it.each([99, 0, -401, 700, 401.5, Number.NaN, Infinity, 4_294_967_301])('throws for %d (#1)', (status) => {
    expect(() => eventTypeOf(status)).toThrow(expect.objectContaining({ code: 'badRequest' }));
  });
});
