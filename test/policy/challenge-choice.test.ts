import { describe, expect, it } from 'vitest';
import {
  answerableChallenges,
  chooseChallenges,
  credentialsUnproven,
  judgeChallenges,
  rejectedRealms,
  sameRealm,
} from '../../src/policy/challenge-choice.js';
import type { Client } from '../../src/policy/facts.js';
import { type AnsweredRealm, emptyHistory, type History } from '../../src/policy/history.js';
import { defaultLimits } from '../../src/policy/limits.js';
import type { Challenge } from '../../src/sip/challenge.js';
import { factsWith } from './arbitrary-facts.js';

function challenge(more: Partial<Challenge> = {}): Challenge {
  return {
    kind: 'user',
    scheme: 'Digest',
    realm: 'a',
    nonce: 'n1',
    qop: ['auth'],
    stale: false,
    userhash: false,
    ...more,
  };
}

const sentOnce: AnsweredRealm = { kind: 'user', realm: 'a', nonces: ['n0'], rounds: 1, stale: 0, accepted: false };

function verdict(
  offered: Challenge,
  answered: Partial<AnsweredRealm>,
  more: Partial<History> = {},
  client: Client = {},
) {
  const history = { ...emptyHistory, answered: [{ ...sentOnce, ...answered }], ...more };
  return judgeChallenges([offered], history, client, defaultLimits)[0]?.verdict;
}

describe('chooseChallenges', () => {
  it('takes the topmost algorithm of a realm that is understood (RFC 8760 §2.3)', () => {
    const md5 = challenge({ algorithm: 'MD5', nonce: 'n2' });
    const sha = challenge({ algorithm: 'SHA-256' });
    const unknown = challenge({ algorithm: 'SHA3' });
    expect(chooseChallenges([unknown, sha, md5], {})).toEqual([sha]);
    expect(chooseChallenges([md5, sha], {})).toEqual([md5]);
  });

  it('can leave MD5 unanswered (RFC 8760 §3)', () => {
    const sha = challenge({ algorithm: 'SHA-512-256' });
    expect(
      chooseChallenges([challenge(), challenge({ algorithm: 'MD5-sess', nonce: 'n2' }), sha], { refuseMd5: true }),
    ).toEqual([sha]);
    expect(chooseChallenges([challenge()], { refuseMd5: true })).toEqual([]);
  });

  it('answers every fork of a realm, told apart by its nonce (RFC 3261 §22.3)', () => {
    const forks = [challenge(), challenge({ nonce: 'n2' }), challenge()];
    expect(chooseChallenges(forks, {}).map(({ nonce }) => nonce)).toEqual(['n1', 'n2']);
  });

  it('keeps user and proxy, and two realms, apart (RFC 3261 §22.3)', () => {
    const apart = [challenge(), challenge({ kind: 'proxy' }), challenge({ realm: 'b' })];
    expect(chooseChallenges(apart, {})).toEqual(apart);
  });

  it('answers eight at most', () => {
    const many = Array.from({ length: 9 }, (_, n) => challenge({ nonce: `n${n}` }));
    expect(chooseChallenges(many, {})).toEqual(many.slice(0, 8));
  });
});

describe('judgeChallenges', () => {
  it('finds a realm new that was not answered yet', () => {
    expect(verdict(challenge({ realm: 'b' }), {})).toBe('new');
    expect(verdict(challenge({ kind: 'proxy' }), {})).toBe('new');
  });

  it('finds one rejected that an earlier request had rejected (RFC 3261 §22.1)', () => {
    const client: Client = { rejectedRealms: [{ kind: 'user', realm: 'b' }] };
    expect(verdict(challenge({ realm: 'b' }), {}, {}, client)).toBe('rejected');
    expect(verdict(challenge({ realm: 'c' }), {}, {}, client)).toBe('new');
  });

  it('finds it rejected when its credentials draw another challenge (RFC 3261 §22.1)', () => {
    expect(verdict(challenge(), {})).toBe('rejected');
    expect(verdict(challenge({ realm: '\\a' }), {})).toBe('rejected');
  });

  it('finds it new while rounds are left', () => {
    expect(verdict(challenge(), { rounds: 0 })).toBe('new');
  });

  it('finds it stale, too often, or rejected after all (RFC 7616 §3.3)', () => {
    expect(verdict(challenge({ stale: true }), { stale: 2 })).toBe('stale');
    expect(verdict(challenge({ stale: true }), { stale: 3 })).toBe('staleTooOften');
    expect(verdict(challenge({ stale: true, nonce: 'n0' }), {})).toBe('rejected');
  });

  it('finds it new from another server, but not with a nonce that was answered', () => {
    expect(verdict(challenge(), { server: 'sip:x' }, { server: 'sip:y' })).toBe('new');
    expect(verdict(challenge({ nonce: 'n0' }), { server: 'sip:x' }, { server: 'sip:y' })).toBe('rejected');
    expect(verdict(challenge(), { server: 'sip:x' }, { server: 'sip:x' })).toBe('rejected');
  });

  it('finds it renewed once where the credentials had been accepted', () => {
    expect(verdict(challenge(), { accepted: true })).toBe('renewed');
    expect(verdict(challenge(), {}, {}, { acceptedRealms: [{ kind: 'user', realm: 'a' }] })).toBe('renewed');
    expect(verdict(challenge(), {}, {}, { acceptedRealms: [{ kind: 'proxy', realm: 'a' }] })).toBe('rejected');
    expect(verdict(challenge(), { accepted: true }, { renewed: true })).toBe('rejected');
    expect(verdict(challenge({ nonce: 'n0' }), { accepted: true })).toBe('rejected');
  });

  it.each([
    [undefined, 'unknown'],
    [[], 'none'],
    [[{ realm: 'b' }], 'none'],
    [[{ realm: 'a "b"' }], 'known'],
    [[{}], 'known'],
    [[{ hash: 'MD5' }], 'known'],
  ] as const)('knows with credentials for %j that they are %s', (known, credentials) => {
    const client: Client = known === undefined ? {} : { credentials: known };
    const [judged] = judgeChallenges([challenge({ realm: 'a \\"b\\"' })], emptyHistory, client, defaultLimits);
    expect(judged?.credentials).toBe(credentials);
  });
});

describe('credentials that are no more than an HA1', () => {
  const sha = challenge({ algorithm: 'SHA-256', nonce: 'sha' });
  const md5 = challenge({ nonce: 'md5' });
  const { realm = '' } = md5;

  it('answer the alternative further down that their hash function fits (RFC 8760 §2.3)', () => {
    const chosen = chooseChallenges([sha, md5], { credentials: [{ realm, hash: 'MD5' }] });
    expect(chosen.map(({ nonce }) => nonce)).toEqual(['md5']);
  });

  it('leave a challenge unanswered that needs another one', () => {
    expect(chooseChallenges([sha], { credentials: [{ hash: 'MD5' }] })).toEqual([]);
  });

  it('step back behind a password that answers the topmost', () => {
    const chosen = chooseChallenges([sha, md5], { credentials: [{ hash: 'MD5' }, { realm }] });
    expect(chosen.map(({ nonce }) => nonce)).toEqual(['sha']);
  });
});

describe('answerableChallenges', () => {
  it('leaves out what was rejected and what nobody has credentials for', () => {
    const fact = (nonce: string, more: object) =>
      ({ challenge: challenge({ nonce }), verdict: 'new', credentials: 'known', ...more }) as const;
    const challenges = [fact('n1', { verdict: 'rejected' }), fact('n2', { credentials: 'none' }), fact('n3', {})];
    expect(answerableChallenges(factsWith({ response: { challenges } })).map(({ nonce }) => nonce)).toEqual(['n3']);
  });
});

describe('rejectedRealms', () => {
  it('names those whose challenge says so', () => {
    const challenges = [
      { challenge: challenge({ realm: 'b' }), verdict: 'rejected', credentials: 'known' },
      { challenge: challenge(), verdict: 'new', credentials: 'known' },
    ] as const;
    expect(rejectedRealms(factsWith({ response: { challenges }, history: { answered: [sentOnce] } }))).toEqual(['b']);
  });

  it('names those that were not accepted where no challenge says so, each once (RFC 3261 §22.1)', () => {
    const answered = [sentOnce, { ...sentOnce, kind: 'proxy' as const }, { ...sentOnce, realm: 'c', accepted: true }];
    expect(rejectedRealms(factsWith({ history: { answered } }))).toEqual(['a']);
    expect(credentialsUnproven(factsWith({ history: { answered: answered.slice(2) } }))).toBe(false);
  });
});

describe('sameRealm', () => {
  it('compares the kind and what the quoted string means (RFC 7616 §3.3)', () => {
    expect(sameRealm({ kind: 'user', realm: 'a' }, { kind: 'user', realm: '\\a' })).toBe(true);
    expect(sameRealm({ kind: 'user', realm: 'a' }, { kind: 'user', realm: 'A' })).toBe(false);
    expect(sameRealm({ kind: 'user', realm: 'a' }, { kind: 'proxy', realm: 'a' })).toBe(false);
    expect(sameRealm({ kind: 'user' }, { kind: 'user', realm: '' })).toBe(true);
  });
});
