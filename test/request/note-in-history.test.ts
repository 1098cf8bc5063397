// What a decision adds to the history.
import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/policy/action.js';
import { factsOf, type FactsOptions, type LocalOutcome } from '../../src/policy/facts-of.js';
import type { ChallengeFact, Facts } from '../../src/policy/facts.js';
import { type AnsweredRealm, emptyHistory, type History } from '../../src/policy/history.js';
import { defaultLimits } from '../../src/policy/limits.js';
import { noteInHistory } from '../../src/request/note-in-history.js';
import { readChallenges } from '../../src/sip/challenge.js';
import { deepFreeze, invite, rows } from './messages.js';

const history = (more: Partial<History> = {}): History => deepFreeze({ ...emptyHistory, ...more });
const facts = (
  status: number | LocalOutcome,
  headers = '',
  before: History = history(),
  options: FactsOptions = {},
  uri?: string,
): Facts => {
  const response = typeof status === 'number' ? { status, reason: '', headers: rows(headers), body: '' } : status;
  return deepFreeze(factsOf(invite('', uri === undefined ? {} : { uri }), response, before, options));
};
const note = (before: History, seen: Facts, action: Action): History => noteInHistory(before, seen, deepFreeze(action));

const custom: Action = { type: 'custom', name: 'x' };
const giveUp: Action = { type: 'giveUp', reason: 'refused' };
const answered = (more: Partial<AnsweredRealm> = {}): AnsweredRealm => ({
  kind: 'user',
  realm: 'a',
  nonces: ['0'],
  rounds: 1,
  stale: 0,
  accepted: false,
  ...more,
});

describe('noteInHistory', () => {
  it('counts what is done, but no end', () => {
    const once = note(history(), facts(500), custom);
    expect(once).toEqual({ ...emptyHistory, taken: { custom: 1 } });
    expect(note(once, facts(500), custom).taken).toEqual({ custom: 2 });
    expect(note(once, facts(500), giveUp)).toEqual(once);
    expect(note(once, facts(200), { type: 'accept' })).toEqual(once);
  });

  it('counts waits by what they were for', () => {
    const wait = (basis: 'glare' | 'backoff'): Action => ({ type: 'wait', delayMs: 1, basis, reorigination: 'retry' });
    const twice = note(note(history(), facts(491), wait('glare')), facts(491), wait('glare'));
    expect(note(twice, facts(500), wait('backoff')).waits).toEqual({ retryAfter: 0, glare: 2, backoff: 1 });
  });

  it('keeps the largest Min-SE, whatever follows from it (RFC 4028 §7.4)', () => {
    const large = note(history(), facts(422, 'Min-SE: 4000'), giveUp);
    expect(large.largestMinSe).toBe(4000);
    expect(note(large, facts(422, 'Min-SE: 3600'), giveUp).largestMinSe).toBe(4000);
    expect(note(large, facts(422, 'Min-SE: 5000'), giveUp).largestMinSe).toBe(5000);
    expect(note(large, facts(422), giveUp).largestMinSe).toBe(4000);
    expect(note(history(), facts(422), giveUp)).not.toHaveProperty('largestMinSe');
  });

  it('remembers tags, each once, however often a peer names them', () => {
    const dropped = note(history({ droppedTags: ['a'] }), facts(420), {
      type: 'dropExtensions',
      tags: ['b', 'a', 'b'],
    });
    expect(dropped.droppedTags).toEqual(['a', 'b']);
    const added = note(history({ addedTags: ['a'] }), facts(421), {
      type: 'addExtensions',
      tags: ['b', 'b'],
      header: 'Supported',
    });
    expect(added.addedTags).toEqual(['a', 'b']);
  });

  it('remembers the list that is mirrored, and the challenges answered with it (RFC 3329 §2.3.1)', () => {
    const seen = facts(494, 'Security-Server: digest\nProxy-Authenticate: Digest realm="p", nonce="1"');
    const challenges = seen.response.challenges.map(({ challenge }) => challenge);
    const noted = note(history(), seen, {
      type: 'agreeSecurity',
      mechanisms: ['digest'],
      chosen: 'digest',
      challenges,
    });
    expect(noted.securityServer).toEqual(['digest']);
    expect(noted.answered).toEqual([answered({ kind: 'proxy', realm: 'p', nonces: ['1'] })]);
  });

  it('remembers the realm of an agreement on Digest for as long as it is answered (RFC 3329 §2.4)', () => {
    const seen = facts(494, 'Security-Server: digest\nProxy-Authenticate: Digest realm="p", nonce="1"');
    const challenges = seen.response.challenges.map(({ challenge }) => ({ ...challenge, agreed: 'digest' }));
    const before = history({ answered: [answered({ kind: 'user', realm: 'p' })] });
    const noted = note(before, seen, { type: 'agreeSecurity', mechanisms: ['digest'], chosen: 'digest', challenges });
    expect(noted.answered.map(({ kind, agreed }) => [kind, agreed])).toEqual([
      ['user', undefined],
      ['proxy', 'digest'],
    ]);
    const stale = facts(407, 'Proxy-Authenticate: Digest realm="p", nonce="2", stale=true', noted);
    const again = stale.response.challenges.map(({ challenge }) => challenge);
    expect(note(noted, stale, { type: 'authenticate', challenges: again }).answered.at(-1)).toMatchObject({
      nonces: ['1', '2'],
      agreed: 'digest',
    });
  });
});

describe('answered challenges', () => {
  const challenged = (
    verdict: ChallengeFact['verdict'],
    text = 'Digest realm="a", nonce="1"',
    more = {},
  ): ChallengeFact => {
    const [challenge] = readChallenges([['WWW-Authenticate', text]]);
    return { challenge: challenge!, verdict, credentials: 'known', ...more };
  };
  const answer = (before: History, ...challenges: readonly ChallengeFact[]): History => {
    const seen = facts(401, '', before);
    const all = challenges.map(({ challenge }) => challenge);
    const asked = { ...seen, response: { ...seen.response, challenges } };
    return note(before, asked, { type: 'authenticate', challenges: all });
  };

  it('count rounds and stale nonces apart', () => {
    const first = answer(history(), challenged('new'));
    expect(first).toEqual({ ...emptyHistory, taken: { authenticate: 1 }, answered: [answered({ nonces: ['1'] })] });
    const second = answer(first, challenged('stale', 'Digest realm="a", nonce="2"'));
    expect(second.answered).toEqual([answered({ nonces: ['1', '2'], stale: 1 })]);
    const third = answer(second, challenged('renewed', 'Digest realm="a", nonce="3"'));
    expect(third.answered).toEqual([answered({ nonces: ['1', '2', '3'], stale: 1 })]);
    expect([second.renewed, third.renewed]).toEqual([false, true]);
    expect(answer(third, challenged('new', 'Digest realm="b", nonce="4"')).renewed).toBe(true);
  });

  it('are one round when forked proxies of one realm ask at once (RFC 3261 §22.3)', () => {
    const both = answer(history(), challenged('new'), challenged('new', 'Digest realm="\\a", nonce="2"'));
    expect(both.answered).toEqual([answered({ nonces: ['1', '2'] })]);
    const mixed = answer(
      both,
      challenged('stale', 'Digest realm="a", nonce="3"'),
      challenged('stale', 'Digest realm="a", nonce="4"'),
    );
    expect(mixed.answered).toEqual([answered({ nonces: ['1', '2', '3', '4'], stale: 1 })]);
  });

  it('are kept apart by kind and realm', () => {
    const before = history({ answered: [answered({ kind: 'proxy' }), answered({ realm: 'b', nonces: ['b'] })] });
    expect(answer(before, challenged('new')).answered).toEqual([
      ...before.answered.map((one) => ({ ...one, accepted: true })),
      answered({ nonces: ['1'] }),
    ]);
  });

  it('are only those that get an answer', () => {
    const none = answer(
      history(),
      challenged('rejected'),
      challenged('new', 'Digest realm="b", nonce="2"', { credentials: 'none' }),
    );
    expect(none.answered).toEqual([]);
    expect(answer(history(), challenged('new', undefined, { credentials: 'unknown' })).answered).toHaveLength(1);
  });

  it('start anew at another server of the realm, whose nonces are its own', () => {
    const before = history({ server: 'sip:s2', answered: [answered({ rounds: 3, stale: 2, accepted: true })] });
    const after = answer(before, challenged('new'));
    expect(after.answered).toEqual([answered({ nonces: ['0', '1'], accepted: true, server: 'sip:s2' })]);
    const again = answer(after, challenged('stale', 'Digest realm="a", nonce="2"'));
    expect(again.answered).toEqual([answered({ nonces: ['0', '1', '2'], stale: 1, accepted: true, server: 'sip:s2' })]);
  });

  it('keep the last eight nonces, and survive what no challenge should lack', () => {
    let all = history();
    for (let nonce = 0; nonce < 20; nonce += 1)
      all = answer(all, challenged('stale', `Digest realm="a", nonce="${nonce}"`));
    expect(all.answered[0]?.nonces).toEqual(['12', '13', '14', '15', '16', '17', '18', '19']);
    expect(answer(history(), challenged('new', 'Digest opaque="x"')).answered).toEqual([
      answered({ realm: '', nonces: [''] }),
    ]);
  });
});

describe('accepted credentials', () => {
  const both = history({ answered: [answered(), answered({ kind: 'proxy', realm: 'p' })] });
  const accepted = (seen: Facts, before = both): readonly boolean[] =>
    note(before, seen, giveUp).answered.map((realm) => realm.accepted);

  it('are those of a request that drew a 2xx or a 423', () => {
    expect(accepted(facts(200))).toEqual([true, true]);
    expect(accepted(facts(299))).toEqual([true, true]);
    expect(accepted(facts(423))).toEqual([true, true]);
    for (const status of [300, 302, 403, 404, 422, 480, 500, 603])
      expect(accepted(facts(status))).toEqual([false, false]);
  });

  it('are those of realms that do not challenge while others do', () => {
    expect(accepted(facts(401, 'WWW-Authenticate: Digest realm="a", nonce="2"'))).toEqual([false, true]);
    expect(accepted(facts(407, 'Proxy-Authenticate: Digest realm="a", nonce="2"'))).toEqual([true, true]);
    expect(
      accepted(
        facts(401, 'WWW-Authenticate: Digest realm="b", nonce="2"\nWWW-Authenticate: Digest realm="a", nonce="2"'),
      ),
    ).toEqual([false, true]);
    expect(accepted(facts(401))).toEqual([false, false]);
  });

  it('are not proven by silence', () => {
    for (const outcome of ['timeout', 'transportError', 'restart'] as const) {
      expect(accepted(facts(outcome))).toEqual([false, false]);
    }
    expect(accepted({ ...facts(200), origin: 'timer' })).toEqual([false, false]);
  });

  it('stay accepted', () => {
    const before = history({ answered: [answered({ accepted: true })] });
    const noted = note(before, facts(401, 'WWW-Authenticate: Digest realm="a", nonce="2"'), giveUp);
    expect(noted.answered).toBe(before.answered);
    const mixed = history({ answered: [answered({ accepted: true }), answered({ realm: 'b' })] });
    expect(accepted(facts(401, 'WWW-Authenticate: Digest realm="a", nonce="2"'), mixed)).toEqual([true, true]);
  });
});

describe('servers', () => {
  const elsewhere = (server: string): Action => ({ type: 'tryOtherServer', server, reorigination: 'failover' });
  const client = { servers: ['sip:s1', 'sip:s2', 'sip:s3'] };

  it('are tried one after another', () => {
    const second = note(history(), facts(503, '', history(), { client }), elsewhere('sip:s2'));
    expect(second).toMatchObject({ server: 'sip:s2', serversTried: ['sip:s1'] });
    const third = note(second, facts(503, '', second, { client }), elsewhere('sip:s3'));
    expect(third).toMatchObject({ server: 'sip:s3', serversTried: ['sip:s1', 'sip:s2'] });
  });

  it('may be unknown before', () => {
    expect(note(history(), facts(503), elsewhere('sip:s2'))).toMatchObject({ server: 'sip:s2', serversTried: [] });
  });
});

describe('targets', () => {
  const follow = (uri: string): Action => ({ type: 'tryOtherTarget', uri, as: 'requestUri' });
  const contacts = (...uris: readonly string[]): string => uris.map((uri) => `Contact: <${uri}>`).join('\n');

  it('of this response come before those left of an earlier one; none is tried twice (RFC 3261 §8.1.3.4)', () => {
    const before = history({ targetsTried: ['sip:bob@biloxi.example', 'sip:t0'], targetsLeft: ['sip:t4', 'sip:t5'] });
    const seen = facts(302, contacts('sip:t1', 'sip:t0', 'sip:t2', 'sip:t4', 'sip:t2'), before);
    expect(note(before, seen, follow('sip:t1'))).toMatchObject({
      targetsLeft: ['sip:t2', 'sip:t4', 'sip:t5'],
      targetsTried: ['sip:bob@biloxi.example', 'sip:t0', 'sip:t1'],
    });
    const failed = note(before, facts(486, contacts('sip:t9'), before), follow('sip:t4'));
    expect(failed).toMatchObject({
      targetsLeft: ['sip:t5'],
      targetsTried: ['sip:bob@biloxi.example', 'sip:t0', 'sip:t4'],
    });
    expect(note(failed, facts(486, '', failed), follow('sip:t4')).targetsTried).toEqual(failed.targetsTried);
  });

  it('are not left once they were tried, however they are written (RFC 3261 §19.1.4)', () => {
    const before = history({ targetsLeft: ['sip:T1@h', 'sip:t1@H', 'sip:t2@h'] });
    expect(note(before, facts(486, '', before), follow('sip:t1@h'))).toMatchObject({
      targetsLeft: ['sip:T1@h', 'sip:t2@h'],
    });
  });

  it('of a response below 400 only', () => {
    expect(note(history(), facts(399, contacts('sip:t1', 'sip:t2')), follow('sip:t1')).targetsLeft).toEqual(['sip:t2']);
    expect(note(history(), facts(400, contacts('sip:t1', 'sip:t2')), follow('sip:t1')).targetsLeft).toEqual([]);
  });

  it('are not what a 305 names: proxies', () => {
    const seen = facts(305, contacts('sip:p1', 'sip:p2'));
    expect(note(history(), seen, { type: 'tryOtherTarget', uri: 'sip:p1', as: 'route' }).targetsLeft).toEqual([]);
  });

  it('never leave SIPS behind one that stayed (RFC 5630 §5.1.1)', () => {
    const seen = facts(302, contacts('sips:t1', 'sip:t2', 'sips:t3'), history(), {}, 'sips:bob@biloxi.example');
    expect(note(history(), seen, follow('sips:t1')).targetsLeft).toEqual(['sips:t3']);
  });

  it('are no more than may be tried', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `sip:t${index}`);
    const noted = note(history(), facts(302, contacts(...many)), follow('sip:t0'));
    expect(noted.targetsLeft).toEqual(many.slice(1, 1 + defaultLimits.maxRedirects));
  });
});
