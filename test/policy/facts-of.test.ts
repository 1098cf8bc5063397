import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, factsOnDemand } from '../../src/policy/facts-of.js';
import { emptyHistory } from '../../src/policy/history.js';
import { defaultLimits } from '../../src/policy/limits.js';
import { readRequest, readResponse } from './cases/case.js';
import { got, sent } from './cases/message-text.js';
import { requests, responses } from '../request/arbitrary.js';

const request = readRequest(sent('INVITE'));

describe('factsOf', () => {
  it.each([
    ['timeout', 408, 'timer'],
    ['transportError', 503, 'transport'],
    ['restart', 408, 'restart'],
  ] as const)('treats %s as %i (RFC 3261 §8.1.3.1)', (outcome, status, origin) => {
    const facts = factsOf(request, outcome);
    expect(facts).toMatchObject({ status, origin, history: emptyHistory, limits: defaultLimits, random: 0.5 });
    expect(facts.response.challengesOffered).toBe(0);
    expect(facts.response.retryAfter).toBeUndefined();
  });

  it('takes what the application knows', () => {
    const options = { client: { canSign: true }, elapsedMs: 5, random: 0.25, budgetBalance: 2, ceilingLeft: 3 };
    expect(factsOf(request, readResponse(got('486 Busy Here')), emptyHistory, options)).toMatchObject({
      status: 486,
      origin: 'wire',
      ...options,
    });
  });

  it('counts a date from now where the response has no Date (RFC 2543 §6.32)', () => {
    const dated = readResponse(got('486 Busy Here', 'Retry-After: Thu, 01 Jan 2026 00:01:00 GMT'));
    expect(factsOf(request, dated).response.retryAfter).toBeUndefined();
    const now = Date.UTC(2026, 0, 1);
    expect(factsOf(request, dated, emptyHistory, { now }).response.retryAfter).toEqual({ seconds: 60 });
  });
});

describe('what is no message', () => {
  it.each<[string, readonly unknown[], RegExp]>([
    ['no request', [], /^The request must have a method/],
    ['a text', ['REGISTER sip:a SIP/2.0', 'timeout'], /see readMessage/],
    ['another word', [request, 'timeOut'], /^Use timeout, transportError, restart or a response/],
    ['a name that objects have', [request, 'toString'], /^Use timeout/],
    ['no response', [request, null], /^The response must have a status/],
    ['no headers', [request, { status: 401 }], /^The response must have a status/],
    ['a 1xx', [request, readResponse(got('180 Ringing'))], /180: it is no final response. Use noteProvisional/],
    ['no number', [request, { status: NaN, headers: [] }], /NaN: it is no final response/],
  ])('refuses %s in one sentence', (_, given, sentence) => {
    const ask = (): unknown => Reflect.apply(factsOf, undefined, given);
    expect(ask).toThrow(sentence);
    expect(ask).toThrow(expect.objectContaining({ code: 'badRequest' }));
  });
});

describe('factsOnDemand', () => {
  it('says the same, member by member, in any order and more than once', () => {
    fc.assert(
      fc.property(requests, fc.oneof(responses, fc.constant('timeout' as const)), (asked, outcome) => {
        const options = { client: { servers: ['sip:a.example'] }, now: 5 };
        const whole = factsOf(asked, outcome, emptyHistory, options);
        const facts = factsOnDemand(asked, outcome, emptyHistory, options);
        for (const name of [...requestNames, ...requestNames.toReversed()]) {
          expect(facts.request[name], name).toEqual(whole.request[name]);
        }
        for (const name of [...responseNames, ...responseNames.toReversed()]) {
          expect(facts.response[name], name).toEqual(whole.response[name]);
        }
        expect({ ...facts, request: whole.request, response: whole.response }).toEqual(whole);
      }),
    );
  });
});

const namesOf = <T extends object>(facts: T): readonly (keyof T)[] => Object.keys(facts) as (keyof T)[];
const everything = factsOf(request, readResponse(got('486 Busy Here')));
const requestNames = namesOf(everything.request);
const responseNames = namesOf(everything.response);
