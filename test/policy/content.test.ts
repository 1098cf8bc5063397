import { describe, expect, it } from 'vitest';
import { acceptableContentLeft, acceptCanWiden, planContent, planShrink } from '../../src/policy/content.js';
import { factsWith } from './arbitrary-facts.js';

describe('planContent', () => {
  it('has nothing to accept where a policy asks all the same', () => {
    expect(planContent(factsWith({ status: 406 }))).toEqual({
      type: 'changeContent',
      part: 'accept',
      accept: [],
      encodings: [],
      languages: [],
    });
  });
});

describe('planShrink', () => {
  it('has nothing to shrink in a request without body', () => {
    expect(planShrink(factsWith({ status: 413 }))).toBeUndefined();
  });

  it('prefers a smaller body to none, but not an empty one to none (RFC 3261 §8.1.3.5)', () => {
    const request = { bodyLength: 100 };
    const body = (length: number) => ({ bodies: [{ type: 'application/sdp', length }] });
    expect(planShrink(factsWith({ status: 413, request, client: body(99) }))?.omit).toBe(false);
    expect(planShrink(factsWith({ status: 413, request, client: body(100) }))?.omit).toBe(true);
    expect(planShrink(factsWith({ status: 413, request, client: body(0) }))?.omit).toBe(true);
  });
});

describe('acceptableContentLeft', () => {
  const accept = [{ value: 'text/plain', q: 1, params: [] }];

  it('sends a body of another type, in any case of letters', () => {
    const client = { bodies: [{ type: 'Text/Plain', length: 1 }] };
    const request = { bodyLength: 5, contentType: 'application/sdp' };
    expect(acceptableContentLeft(factsWith({ request, client, response: { accept } }))).toBe(true);
  });

  it('takes a body without type for one that is not named', () => {
    const request = { bodyLength: 5, contentEncoding: 'gzip' };
    const response = { accept: [{ value: 'text/plain', q: 0, params: [] }], acceptLanguage: accept };
    expect(acceptableContentLeft(factsWith({ request, response }))).toBe(false);
  });

  it('changes an encoding that the server does not accept, and no other (RFC 3261 §20.2)', () => {
    const request = { bodyLength: 5, contentType: 'text/plain', contentEncoding: 'gzip' };
    const encodings = (value: string) => ({ accept, acceptEncoding: [{ value, q: 1, params: [] }] });
    expect(acceptableContentLeft(factsWith({ request, response: encodings('identity') }))).toBe(true);
    expect(acceptableContentLeft(factsWith({ request, response: encodings('gzip') }))).toBe(false);
  });
});

describe('acceptCanWiden', () => {
  it('accepts what it can and did not say', () => {
    expect(acceptCanWiden(factsWith({ client: { acceptable: ['text/plain'] } }))).toBe(true);
    expect(
      acceptCanWiden(factsWith({ client: { acceptable: ['text/plain'] }, request: { accept: ['text/plain'] } })),
    ).toBe(false);
  });
});
