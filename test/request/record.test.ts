// The record of one logical request.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/policy/action.js';
import { type Decision, decide } from '../../src/policy/decide.js';
import type { Facts } from '../../src/policy/facts.js';
import { factsOf, type FactsOptions, type LocalOutcome } from '../../src/policy/facts-of.js';
import { defaultLimits } from '../../src/policy/limits.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import type { Answer } from '../../src/request/materials.js';
import {
  beginRecord,
  composeNext,
  isComposable,
  noteDecision,
  noteOutcome,
  noteProvisional,
  type RequestRecord,
} from '../../src/request/record.js';
import type { SipResponse } from '../../src/sip/message.js';
import { answers, requests, responses } from './arbitrary.js';
import { deepFreeze, invite, register, rows, sdp, values } from './messages.js';

const at = 1_700_000_000_000;
const begun = (request = invite()): RequestRecord => deepFreeze(beginRecord(request, at));
const response = (status: number, headers = ''): SipResponse => ({
  status,
  reason: '',
  headers: rows(headers),
  body: '',
});

/** Decides on what came back by the rules of the RFCs, and notes it. */
function answer(record: RequestRecord, outcome: SipResponse | LocalOutcome, options: FactsOptions = {}): RequestRecord {
  const facts = factsOf(record.request, outcome, record.history, options);
  return deepFreeze(noteDecision(record, facts, decide(rfcPolicy, facts), at + 500));
}
/** Notes an action as if it had been decided. */
function decided(action: Action, record = begun(), status = 500): RequestRecord {
  const facts = factsOf(record.request, response(status), record.history);
  return deepFreeze(noteDecision(record, facts, { ...decide(rfcPolicy, facts), action }, at));
}
const compose = (record: RequestRecord, more: Answer = {}, token = 'tok2'): RequestRecord =>
  deepFreeze(composeNext(record, deepFreeze({ token, ...more })));
const actionOf = ({ decision }: RequestRecord): Decision['action'] | undefined => decision?.action;

const digest = (realm: string, nonce = '1') => `WWW-Authenticate: Digest realm="${realm}", nonce="${nonce}"`;
const proxyDigest = (realm: string, nonce = '1') => `Proxy-Authenticate: Digest realm="${realm}", nonce="${nonce}"`;
const redirection = { type: 'tryOtherTarget', uri: 'sip:bob@chicago.example', as: 'requestUri' } as const;

describe('noteOutcome', () => {
  it('notes what noteDecision notes with all the facts', () => {
    fc.assert(
      fc.property(requests, fc.array(fc.oneof(responses, fc.constant('timeout' as const))), (request, outcomes) => {
        let record = begun(request);
        for (const outcome of outcomes) {
          const options = { random: 0.25, client: { servers: ['sip:a.example', 'sip:b.example'] } };
          const facts = factsOf(record.request, outcome, record.history, { ...options, elapsedMs: 700, now: at + 700 });
          const noted = noteOutcome(record, rfcPolicy, outcome, at + 700, options);
          expect(noted).toEqual(noteDecision(record, facts, decide(rfcPolicy, facts), at + 700));
          record = compose(noted);
        }
      }),
    );
  });

  it('gives plain facts to the conditions of a policy of its own', () => {
    const seen: string[] = [];
    const conditions = { hasChallenge: (facts: Facts) => seen.push(JSON.stringify(facts)) > 0 };
    noteOutcome(begun(), { ...rfcPolicy, conditions }, response(401), at + 700, { client: { canSign: true } });
    const facts = factsOf(begun().request, response(401), begun().history, {
      client: { canSign: true },
      elapsedMs: 700,
      now: at + 700,
    });
    expect(seen).toEqual([JSON.stringify(facts)]);
  });
});

describe('beginRecord', () => {
  it('holds the request, and nothing else yet', () => {
    const request = invite();
    expect(begun(request)).toEqual({
      request,
      challenges: [],
      history: {
        attempts: 1,
        provisional: 'none',
        taken: {},
        waits: { retryAfter: 0, glare: 0, backoff: 0 },
        answered: [],
        renewed: false,
        droppedTags: [],
        addedTags: [],
        targetsLeft: [],
        targetsTried: ['sip:bob@biloxi.example'],
        serversTried: [],
      },
      startedAt: at,
      decision: null,
      changes: [],
      asking: null,
      deadline: null,
    });
  });

  it('takes credentials in it for sent, and keeps none', () => {
    const record = begun(invite('Authorization: Digest username="alice", realm="a", nonce="1", response="0a"'));
    expect(record.request).toEqual(invite());
    expect(record.challenges).toMatchObject([{ kind: 'user', realm: 'a', nonce: '1' }]);
    expect(record.history.answered).toMatchObject([{ realm: 'a', nonces: ['1'], rounds: 1 }]);
    expect(actionOf(answer(record, response(401, digest('a', '2'))))).toMatchObject({ reason: 'credentialsRejected' });
  });
});

describe('noteProvisional', () => {
  const after = (...statuses: readonly number[]) => statuses.reduce(noteProvisional, begun()).history.provisional;

  it('tells a 100 from what may mean ringing (RFC 3263 §4.3)', () => {
    expect(after()).toBe('none');
    expect(after(100)).toBe('trying');
    expect(after(180)).toBe('alerting');
    expect(after(100, 183)).toBe('alerting');
    expect(after(180, 100)).toBe('alerting');
  });

  it('gives the same record back when nothing is new', () => {
    const trying = noteProvisional(begun(), 100);
    expect(noteProvisional(trying, 100)).toBe(trying);
    const ringing = noteProvisional(trying, 180);
    expect(noteProvisional(ringing, 100)).toBe(ringing);
    expect(noteProvisional(ringing, 181)).toBe(ringing);
  });

  it('is forgotten with the attempt', () => {
    const ringing = noteProvisional(begun(), 180);
    expect(compose(answer(ringing, response(420, 'Unsupported: x'))).history.provisional).toBe('alerting');
    expect(compose(decided({ type: 'raiseMaxForwards', value: 99 }, ringing)).history.provisional).toBe('none');
  });
});

describe('noteDecision', () => {
  it('asks, with a deadline', () => {
    const record = answer(begun(), response(401, digest('a')));
    expect(record.asking).toBe('credentials');
    expect(record.deadline).toEqual({ at: at + 500 + defaultLimits.askMs, for: 'ask' });
    expect(record.challenges).toMatchObject([{ realm: 'a' }]);
    expect(record.history.taken).toEqual({ authenticate: 1 });
    expect(record.history.attempts).toBe(1);
  });

  it('waits, with a deadline', () => {
    const record = answer(begun(), response(503, 'Retry-After: 10'), { random: 0 });
    expect(record.asking).toBeNull();
    expect(record.deadline).toEqual({ at: at + 10_500, for: 'wait' });
  });

  it('neither asks nor waits where the next request can be written at once, and after the end', () => {
    for (const outcome of [response(423, 'Min-Expires: 1800'), response(403), response(200), 'timeout'] as const) {
      const record = answer(begun(register('Expires: 60')), outcome);
      if (actionOf(record)?.type !== 'wait') expect([record.asking, record.deadline]).toEqual([null, null]);
      expect(record.decision).not.toBeNull();
    }
  });

  it('forgets the changes of the request before', () => {
    const composed = compose(answer(begun(register('Expires: 60')), response(423, 'Min-Expires: 1800')));
    expect(composed.changes).not.toEqual([]);
    expect(answer(composed, response(403)).changes).toEqual([]);
  });

  it('keeps the latest challenge of each protection space, and several of one together (RFC 3261 §22.3)', () => {
    const first = compose(answer(begun(), response(407, proxyDigest('p'))));
    const second = compose(answer(first, response(401, `${digest('p', '2')}\n${digest('a', '3')}`)));
    expect(second.challenges).toMatchObject([
      { kind: 'proxy', realm: 'p', nonce: '1' },
      { kind: 'user', realm: 'p', nonce: '2' },
      { kind: 'user', realm: 'a', nonce: '3' },
    ]);
    const stale = `${proxyDigest('p', '4')}, stale=true\n${proxyDigest('p', '5')}, stale=true`;
    expect(answer(second, response(407, stale)).challenges.map(({ nonce }) => nonce)).toEqual(['2', '3', '4', '5']);
    expect(answer(second, response(403)).challenges).toEqual(second.challenges);
  });
});

describe('isComposable', () => {
  it('is true only when nothing is missing and nothing is written yet', () => {
    expect(isComposable(begun())).toBe(false);
    const raise = answer(begun(register('Expires: 60')), response(423, 'Min-Expires: 1800'));
    expect(isComposable(raise)).toBe(true);
    expect(isComposable(compose(raise))).toBe(false);
    expect(isComposable(answer(begun(), response(401, digest('a'))))).toBe(false);
    expect(isComposable(answer(begun(), response(503, 'Retry-After: 10')))).toBe(false);
    expect(isComposable(answer(begun(), response(403)))).toBe(false);
    expect(isComposable(answer(begun(), response(200)))).toBe(false);
  });
});

describe('composeNext', () => {
  it('writes the next request, and begins the next attempt', () => {
    const record = compose(answer(begun(register('Expires: 60')), response(423, 'Min-Expires: 1800')));
    expect(values(record.request, 'Expires')).toEqual(['1800']);
    expect(values(record.request, 'CSeq')).toEqual(['8 REGISTER']);
    expect(record.changes.map(({ what }) => what)).toEqual(['Via', 'CSeq', 'Expires']);
    expect(record.history.attempts).toBe(2);
    expect([record.asking, record.deadline]).toEqual([null, null]);
    expect(actionOf(record)).toMatchObject({ type: 'raiseInterval' });
  });

  it('ends a question with its answer, and a wait', () => {
    const asked = answer(begun(invite('Content-Type: application/sdp', { body: sdp })), response(488));
    expect(asked.asking).toBe('body');
    const answered = compose(asked, { body: { type: 'application/sdp', content: 'v=0\r\n' } });
    expect([answered.asking, answered.deadline, answered.request.body]).toEqual([null, null, 'v=0\r\n']);
    const waited = compose(answer(begun(), response(503, 'Retry-After: 10')));
    expect(waited.deadline).toBeNull();
    expect(values(waited.request, 'CSeq')).toEqual(['2 INVITE']);
  });

  it('gives up instead of repeating what was refused (RFC 3261 §21.4)', () => {
    const asked = answer(begun(invite('', { uri: 'sip:12@h' })), response(484));
    const ended = compose(asked, { digits: '' });
    expect(actionOf(ended)).toEqual({ type: 'giveUp', reason: 'cannotCorrect', detail: { wanted: 'extendDigits' } });
    expect(ended).toEqual({ ...asked, decision: ended.decision, asking: null, deadline: null });
    expect(ended.decision).toEqual({ ...asked.decision, action: actionOf(ended) });
  });

  it('changes nothing before a decision and after the end', () => {
    const record = begun();
    expect(compose(record)).toBe(record);
    for (const outcome of [response(403), response(200)]) {
      const ended = answer(record, outcome);
      expect(compose(ended)).toBe(ended);
    }
  });

  it('never writes credentials, even where they could be computed', () => {
    const asked = answer(begun(), response(401, digest('a')));
    const record = composeNext(asked, { token: 't', authorize: () => [['Authorization', 'Digest realm="a"']] });
    expect(values(record.request, 'Authorization')).toEqual([]);
    expect(record.history.attempts).toBe(2);
  });

  it('remembers every Request-URI that was tried (RFC 3261 §8.1.3.4)', () => {
    const tried = ({ history }: RequestRecord): readonly string[] => history.targetsTried;
    const chosen = compose(decided({ type: 'chooseTarget', choices: ['sip:carol@h'] }), { target: 'sip:carol@h' });
    expect(tried(chosen)).toEqual(['sip:bob@biloxi.example', 'sip:carol@h']);
    const again = compose(decided({ type: 'raiseMaxForwards', value: 99 }, chosen));
    expect(tried(again)).toEqual(tried(chosen));
  });

  it('leaves no target that was chosen meanwhile, however it is written (RFC 3261 §19.1.4)', () => {
    const record = decided({ type: 'chooseTarget', choices: ['sip:carol@h'] });
    const history = { ...record.history, targetsLeft: ['sip:carol@H', 'sip:dave@h'] };
    const chosen = compose({ ...record, history }, { target: 'sip:carol@h' });
    expect(chosen.history.targetsLeft).toEqual(['sip:dave@h']);
  });
});

describe('a redirection to another host', () => {
  const authorized = compose(answer(begun(), response(401, `${digest('a')}\n${proxyDigest('p')}`)));

  it('takes no answers for a user agent along: that host did not ask', () => {
    const moved = compose(decided(redirection, authorized, 302));
    expect(moved.request.uri).toBe('sip:bob@chicago.example');
    expect(moved.challenges).toMatchObject([{ kind: 'proxy', realm: 'p' }]);
    expect(moved.history.answered).toMatchObject([{ kind: 'proxy', realm: 'p' }]);
  });

  it('where it asks for the same realm, it has not refused anything', () => {
    const moved = compose(decided(redirection, authorized, 302));
    expect(actionOf(answer(moved, response(401, digest('a', '2'))))).toMatchObject({ type: 'authenticate' });
    expect(actionOf(answer(moved, response(407, proxyDigest('p', '2'))))).toMatchObject({ type: 'giveUp' });
  });

  it('is no change of target on the same host, nor another server', () => {
    for (const action of [
      { ...redirection, uri: 'sip:carol@biloxi.example' },
      { ...redirection, as: 'route' } as const,
      { type: 'tryOtherServer', server: 'sip:s2', reorigination: 'retry' } as const,
    ]) {
      const next = compose(decided(action, authorized, 302));
      expect(next.challenges).toEqual(authorized.challenges);
      expect(next.history.answered).toHaveLength(2);
    }
  });
});

describe('a request with another first hop', () => {
  const failedOver = begun();
  const { history } = failedOver;
  const second = deepFreeze({ ...failedOver, history: { ...history, server: 'sip:s2', serversTried: ['sip:s1'] } });

  it('has a server set of its own: no server is in use, none was tried (RFC 3261 §8.1.2)', () => {
    const proxied = { ...redirection, as: 'route' } as const;
    for (const action of [redirection, { ...redirection, uri: 'sip:bob@biloxi.example:5070' }, proxied]) {
      const moved = compose(decided(action, second, 302)).history;
      expect(moved.server).toBeUndefined();
      expect('server' in moved).toBe(false);
      expect(moved.serversTried).toEqual([]);
      expect(moved.targetsTried).toContain('sip:bob@biloxi.example');
    }
  });

  it('keeps them where the hop stays: on the same host, and behind the same Route', () => {
    const near = compose(decided({ ...redirection, uri: 'sip:carol@biloxi.example' }, second, 302));
    expect(near.history).toMatchObject({ server: 'sip:s2', serversTried: ['sip:s1'] });
    const routed = deepFreeze({ ...second, request: invite('Route: <sip:proxy.example;lr>') });
    const far = compose(decided(redirection, routed, 302));
    expect(far.request.uri).toBe('sip:bob@chicago.example');
    expect(far.history).toMatchObject({ server: 'sip:s2', serversTried: ['sip:s1'] });
  });
});

describe('a request that is corrected', () => {
  it('stays with its servers, whatever its URI is now: they answered it (RFC 3261 §8.1.3.5)', () => {
    const request = invite('', { uri: 'tel:+12125550101' });
    const { history } = begun();
    const tel = deepFreeze({
      ...begun(),
      request,
      history: { ...history, server: 'sip:s2', serversTried: ['sip:s1'] },
    });
    const converted = { type: 'changeUri', uri: 'sip:+12125550101@h;user=phone', why: 'scheme' } as const;
    const next = compose(decided(converted, tel, 416));
    expect(next.request.uri).toBe(converted.uri);
    expect(next.history).toMatchObject({ server: 'sip:s2', serversTried: ['sip:s1'] });
  });
});

describe('a new call after a wait', () => {
  const authorized = compose(answer(begun(), response(401, `${digest('a')}\n${proxyDigest('p')}`)));
  const wait = { type: 'wait', delayMs: 1000, basis: 'retryAfter' } as const;

  it('carries no credentials of the proxies of the last one (RFC 3261 §22.3)', () => {
    const next = compose(decided({ ...wait, reorigination: 'fresh' }, authorized, 486));
    expect(next.challenges.map(({ kind }) => kind)).toEqual(['user']);
    expect(next.history.answered.map(({ kind }) => kind)).toEqual(['user']);
  });

  it('with the same Call-ID it carries them all', () => {
    const next = compose(decided({ ...wait, reorigination: 'retry' }, authorized, 480));
    expect(next.challenges).toEqual(authorized.challenges);
    expect(next.history.answered).toHaveLength(2);
  });
});

describe('a record that is saved and restored', () => {
  const outcomes = fc.oneof(
    { weight: 8, arbitrary: responses },
    fc.constantFrom<LocalOutcome>('timeout', 'transportError', 'restart'),
  );
  interface Step {
    readonly outcome: SipResponse | LocalOutcome;
    readonly answer: Answer;
    readonly provisional: number;
    readonly random: number;
  }
  const steps: fc.Arbitrary<readonly Step[]> = fc.array(
    fc.record({ outcome: outcomes, answer: answers, provisional: fc.constantFrom(0, 100, 180), random: fc.nat(9) }),
    { maxLength: 12 },
  );
  const client = { supported: ['path', 'timer', '100rel'], servers: ['sip:s1', 'sip:s2'], acceptable: ['text/plain'] };
  const restore = (record: RequestRecord): RequestRecord => JSON.parse(JSON.stringify(record)) as RequestRecord;

  function live(record: RequestRecord, all: readonly Step[], carry: (one: RequestRecord) => RequestRecord) {
    const seen: RequestRecord[] = [];
    let now = record;
    const go = (next: RequestRecord): void => {
      now = carry(next);
      seen.push(now);
    };
    all.forEach(({ outcome, answer: given, provisional, random }, index) => {
      if (provisional > 0) go(noteProvisional(now, provisional));
      const facts = factsOf(now.request, outcome, now.history, { client, random: random / 10 });
      go(noteDecision(now, facts, decide(rfcPolicy, facts), at + index));
      go(composeNext(now, { token: `t${index}`, ...given }));
    });
    return seen;
  }

  it('has the same future at any point', () => {
    fc.assert(
      fc.property(requests, steps, (request, all) => {
        const record = beginRecord(request, at);
        expect(restore(record)).toEqual(record);
        expect(live(record, all, restore)).toEqual(live(record, all, (one) => one));
      }),
      { numRuns: 100 },
    );
  });

  it('stays small, whatever and however often a peer answers', () => {
    const flood = [
      ...Array.from({ length: 1000 }, (_, index) => `Contact: <sip:t${index}@h>`),
      ...Array.from({ length: 1000 }, () => 'Unsupported: 100rel\nRequire: path'),
      ...Array.from({ length: 1000 }, (_, index) => digest(`r${index}`, `n${index}`)),
    ].join('\n');
    const floods = [302, 401, 420, 421].map((status) => response(status, flood));
    let record = begun(invite('Require: 100rel\nSupported: 100rel'));
    for (let round = 0; round < 8; round += 1) {
      for (const outcome of floods) {
        const facts = factsOf(record.request, outcome, record.history, {
          client,
          limits: { ...defaultLimits, maxAttempts: 30 },
        });
        record = composeNext(noteDecision(record, facts, decide(rfcPolicy, facts), at), { token: 't' });
      }
    }
    expect(JSON.stringify(record.history).length).toBeLessThan(20_000);
    expect(record.history.targetsLeft.length).toBeLessThanOrEqual(defaultLimits.maxRedirects);
  });
});

describe('a record with the proxy of a 305 (RFC 3261 §21.3.4)', () => {
  const useProxy = (host: string) => ({ type: 'tryOtherTarget', uri: `sip:${host}`, as: 'route' }) as const;
  const routes = ({ request }: RequestRecord) => values(request, 'Route');

  it('remembers its Route, in JSON too, and tries the next target without it', () => {
    const proxied: RequestRecord = compose(decided(useProxy('p1.example'), begun(), 305));
    expect(proxied.proxyRoute).toBe('<sip:p1.example;lr>');
    const restored = deepFreeze(JSON.parse(JSON.stringify(proxied)) as RequestRecord);
    const direct = compose(decided(redirection, restored, 404));
    expect(direct.request.uri).toBe('sip:bob@chicago.example');
    expect(routes(direct)).toEqual([]);
    expect(direct).not.toHaveProperty('proxyRoute');
  });

  it('replaces it by the proxy of the next 305', () => {
    const second = compose(decided(useProxy('p2.example'), compose(decided(useProxy('p1.example'))), 305));
    expect(routes(second)).toEqual(['<sip:p2.example;lr>']);
  });

  it('keeps it while the same target is asked again', () => {
    const proxied = compose(decided(useProxy('p1.example'), begun(), 305));
    const again = compose(decided({ type: 'raiseMaxForwards', value: 71 }, proxied, 483));
    expect(routes(again)).toEqual(['<sip:p1.example;lr>']);
    expect(again.proxyRoute).toBe('<sip:p1.example;lr>');
  });
});
