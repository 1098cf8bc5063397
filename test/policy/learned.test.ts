import { describe, expect, it } from 'vitest';
import { learnedFrom } from '../../src/policy/learned.js';
import { type FactsOverrides, factsWith } from './arbitrary-facts.js';

const challenge = (kind: 'user' | 'proxy', realm: string) =>
  ({
    challenge: { kind, scheme: 'Digest', realm, nonce: 'n', stale: false, userhash: false },
    verdict: 'new',
    credentials: 'known',
  }) as const;

describe('learnedFrom', () => {
  it.each<[string, FactsOverrides, object | undefined]>([
    ['the address that moved for good', { status: 301, response: { contacts: ['sip:a@h'] } }, { movedTo: 'sip:a@h' }],
    ['no address where none is named', { status: 301 }, undefined],
    ['no address that moved for a while', { status: 302, response: { contacts: ['sip:a@h'] } }, undefined],
    ['the methods that are allowed', { status: 405, response: { allow: [] } }, { allow: [] }],
    ['no methods where none are named', { status: 405 }, undefined],
    ['the packages that are allowed', { status: 489, response: { allowEvents: ['a'] } }, { allowEvents: ['a'] }],
    ['no packages where none are named', { status: 489 }, undefined],
    [
      'that an entity-tag is dead',
      { status: 412, request: { method: 'PUBLISH', conditional: true } },
      { entityTagDead: true },
    ],
    ['nothing of an INVITE that bore one', { status: 412, request: { conditional: true } }, undefined],
    ['the largest Min-SE', { status: 422, response: { minSe: 90 }, history: { largestMinSe: 100 } }, { minSe: 100 }],
    ['no Min-SE where none is named', { status: 422 }, undefined],
    ['no Min-SE of a REGISTER', { status: 422, response: { minSe: 90 }, request: { method: 'REGISTER' } }, undefined],
    ['no Min-SE of a week', { status: 422, response: { minSe: 604_800 } }, undefined],
    [
      'the least interval',
      { status: 423, response: { minExpires: 60 }, request: { method: 'REGISTER' } },
      { minExpires: 60 },
    ],
    ['no interval where none is named', { status: 423, request: { method: 'REGISTER' } }, undefined],
    ['no interval of an INVITE', { status: 423, response: { minExpires: 60 } }, undefined],
    [
      'no interval of a week',
      { status: 423, response: { minExpires: 604_800 }, request: { method: 'PUBLISH' } },
      undefined,
    ],
    ['nothing of a refusal', { status: 403, response: { allow: ['INVITE'] } }, undefined],
    ['nothing of a timeout', { status: 408, origin: 'timer' }, undefined],
  ])('learns %s', (_what, overrides, learned) => {
    expect(learnedFrom(factsWith(overrides))).toEqual(learned);
  });

  it('learns the realms of proxies, each once, from both codes (RFC 3261 §22.3)', () => {
    const challenges = [
      challenge('user', 'u'),
      challenge('proxy', 'p'),
      challenge('proxy', 'p'),
      challenge('proxy', 'q'),
    ];
    for (const status of [401, 407]) {
      expect(learnedFrom(factsWith({ status, response: { challenges } }))).toEqual({ proxyRealms: ['p', 'q'] });
    }
    expect(learnedFrom(factsWith({ status: 401, response: { challenges: challenges.slice(0, 1) } }))).toBeUndefined();
  });
});
