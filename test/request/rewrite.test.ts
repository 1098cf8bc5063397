// The next request as a whole: what holds for every action, and the credentials.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionCosts, type Action, type ActionType } from '../../src/policy/action.js';
import { goesElsewhere, rewrite, rewriteBare } from '../../src/request/rewrite.js';
import { readCSeq } from '../../src/sip/cseq.js';
import { hasHeader } from '../../src/sip/header-list.js';
import { octetLength } from '../../src/sip/octets.js';
import type { Challenge } from '../../src/sip/challenge.js';
import type { Header, SipRequest } from '../../src/sip/message.js';
import { actions, answers, challenges, requests } from './arbitrary.js';
import { corrections, deepFreeze, invite, materials, next, register, rows, values } from './messages.js';

const challenge = (realm: string, kind: Challenge['kind'] = 'user'): Challenge => ({
  kind,
  scheme: 'Digest',
  realm,
  nonce: 'n',
  stale: false,
  userhash: false,
});
const authenticate = (...all: readonly Challenge[]): Action => ({ type: 'authenticate', challenges: all });
const earlier = invite(`Authorization: Digest realm="a", nonce="1"
  Proxy-Authorization: Digest realm="p", nonce="1"
  Proxy-Authorization: Digest realm="q", nonce="1"`);
const credentials = ({ headers }: SipRequest): readonly Header[] =>
  headers.filter(([name]) => name.endsWith('Authorization'));
const away = (uri: string): Action => ({ type: 'tryOtherTarget', uri, as: 'requestUri' });

describe('rewrite', () => {
  it('changes nothing but the identity for a wait or another server', () => {
    for (const reorigination of ['retry', 'fresh'] as const) {
      const waited = next(invite(), { type: 'wait', delayMs: 1, basis: 'backoff', reorigination, nextCSeq: 1001 });
      expect(values(waited.request, 'CSeq')).toEqual(['1001 INVITE']);
      expect(corrections(waited)).toEqual(reorigination === 'retry' ? [] : ['From', 'Call-ID']);
      expect(waited.progressed).toBe(true);
    }
    const failover = next(invite(), { type: 'tryOtherServer', server: 'sip:s2', reorigination: 'failover' });
    expect(failover.changes.map(({ what }) => what)).toEqual(['Via']);
    expect(failover.progressed).toBe(true);
    const retry = next(invite(), { type: 'tryOtherServer', server: 'sip:s2', reorigination: 'retry' });
    expect(retry.changes.map(({ what }) => what)).toEqual(['Via', 'CSeq']);
  });

  it('sends nothing for accept and giveUp', () => {
    const request = invite();
    for (const action of [{ type: 'accept' }, { type: 'giveUp', reason: 'refused' }] as const) {
      expect(rewrite(request, action, materials)).toEqual({ request, changes: [], progressed: false });
    }
  });

  it('sends nothing when no CSeq number is left (RFC 3261 §8.1.1.5)', () => {
    const last = { ...invite(), headers: rows('CSeq: 2147483647 INVITE') };
    expect(next(last, { type: 'raiseMaxForwards', value: 70 })).toEqual({
      request: last,
      changes: [],
      progressed: false,
    });
  });

  it('has a next request for every action, from frozen material, and leaves the last one as it was', () => {
    const seen = new Set<ActionType>();
    fc.assert(
      fc.property(requests, actions, answers, fc.boolean(), (request, action, answer, authorizes) => {
        const before = JSON.stringify(request);
        const given = deepFreeze({
          token: 'new',
          ...answer,
          ...(authorizes ? { authorize: () => rows('Authorization: Digest realm="a", nonce="9"') } : {}),
        });
        const { request: after, changes, progressed } = rewrite(deepFreeze(request), deepFreeze(action), given);
        seen.add(action.type);
        expect(JSON.stringify(request)).toBe(before);
        if (actionCosts[action.type] === 'none') {
          expect({ after, changes, progressed }).toEqual({ after: request, changes: [], progressed: false });
          return;
        }
        expect(values(after, 'Content-Length')).toEqual([String(octetLength(after.body))]);
        expect(values(after, 'Via')).toEqual(['SIP/2.0/UDP h;branch=z9hG4bKnew']);
        expect(after.method).toBe(request.method);
        const [last, now] = [readCSeq(request.headers), readCSeq(after.headers)];
        const isCopy = action.type === 'tryOtherServer' && action.reorigination === 'failover';
        expect(now?.method).toBe(last?.method);
        expect(now?.number).toBeGreaterThanOrEqual(
          (last?.number ?? 0) + (isCopy && request.method !== 'REGISTER' ? 0 : 1),
        );
        for (const { what, before: was, after: is } of changes) {
          expect(is).not.toEqual(was);
          if (what === 'Request-URI') expect([was, is]).toEqual([[request.uri], [after.uri]]);
          else if (what !== 'Body') expect([was, is]).toEqual([values(request, what), values(after, what)]);
        }
        if (actionCosts[action.type] === 'budgeted') expect(progressed).toBe(true);
        // A correction without anything corrected is the request that was refused.
        else if (progressed && action.type !== 'authenticate')
          expect(changes.some(({ what }) => !['Via', 'CSeq', 'Content-Length'].includes(what))).toBe(true);
      }),
      { numRuns: 600 },
    );
    expect([...seen].sort()).toEqual(Object.keys(actionCosts).sort());
  });

  it('changes of one thing are seen by whoever applies them to the last request', () => {
    fc.assert(
      fc.property(requests, actions, answers, (request, action, answer) => {
        const { request: after, changes } = rewrite(request, action, { token: 'new', ...answer });
        const names = new Set(changes.map(({ what }) => what));
        expect(names.size).toBe(changes.length);
        for (const [name] of [...request.headers, ...after.headers]) {
          const same = JSON.stringify(values(request, name)) === JSON.stringify(values(after, name));
          expect(changes.some(({ what }) => values({ ...after, headers: [[what, '']] }, name).length > 0)).toBe(!same);
        }
        expect(names.has('Body')).toBe(request.body !== after.body);
        expect(names.has('Request-URI')).toBe(request.uri !== after.uri);
      }),
    );
  });
});

describe('credentials that are computed anew (RFC 3261 §22.2)', () => {
  it('replace all others, and see the request as it will be sent', () => {
    let seen: SipRequest | undefined;
    const authorize = (request: SipRequest) => {
      seen = request;
      return rows('Authorization: Digest realm="a", nonce="n"\nProxy-Authorization: Digest realm="p", nonce="n"');
    };
    const result = next(earlier, authenticate(challenge('a')), { authorize });
    expect(credentials(result.request)).toEqual(
      rows('Authorization: Digest realm="a", nonce="n"\nProxy-Authorization: Digest realm="p", nonce="n"'),
    );
    expect(corrections(result)).toEqual(['Authorization', 'Proxy-Authorization']);
    expect(seen?.headers).toContainEqual(['CSeq', '2 INVITE']);
    const { request } = next(invite('', { body: 'long' }), { type: 'shrinkBody', omit: true }, { authorize });
    expect(seen).toMatchObject({ body: '' });
    expect(seen?.headers).toContainEqual(['Content-Length', '0']);
    expect(credentials(request)).toHaveLength(2);
  });

  it('progress only when they answer one of the challenges', () => {
    const answer = (text: string, ...all: readonly Challenge[]) =>
      next(earlier, authenticate(...all), { authorize: () => rows(text) }).progressed;
    expect(answer('', challenge('a'))).toBe(false);
    expect(answer('Authorization: Digest realm="a"', challenge('a'), challenge('b'))).toBe(true);
    expect(answer('Authorization: Digest realm="b"', challenge('a'), challenge('b'))).toBe(true);
    expect(answer('Proxy-Authorization: Digest realm="a"', challenge('a'))).toBe(false);
    expect(answer('Authorization: Digest realm="c"', challenge('a'))).toBe(false);
  });

  it('are the same, octet for octet, in an identical copy for another server (RFC 3263 §4.3)', () => {
    const failover: Action = { type: 'tryOtherServer', server: 'sip:s2', reorigination: 'failover' };
    const authorize = () => rows('Authorization: computed');
    expect(credentials(next(earlier, failover, { authorize }).request)).toEqual(credentials(earlier));
    expect(credentials(next(invite(), failover, { authorize }).request)).toEqual(rows('Authorization: computed'));
    const again = next(register('Authorization: old'), failover, { authorize });
    expect(credentials(again.request)).toEqual(rows('Authorization: computed'));
    const retry = next(earlier, { ...failover, reorigination: 'retry' }, { authorize });
    expect(credentials(retry.request)).toEqual(rows('Authorization: computed'));
  });

  it('are left to the moment of sending by rewriteBare', () => {
    const authorize = () => rows('Authorization: computed');
    const action = authenticate(challenge('a'));
    const bare = rewriteBare(earlier, action, { ...materials, authorize });
    expect(bare).toEqual({ ...rewrite(earlier, action, materials), progressed: true });
  });
});

describe('credentials that are not computed', () => {
  it('stay, but for the realms that are challenged now', () => {
    const result = next(earlier, authenticate(challenge('q', 'proxy'), challenge('p')));
    expect(credentials(result.request)).toEqual(
      rows('Authorization: Digest realm="a", nonce="1"\nProxy-Authorization: Digest realm="p", nonce="1"'),
    );
    // RFC 3261 §22.1: what is sent now would be refused again.
    expect(result.progressed).toBe(false);
    const agreed = next(earlier, {
      type: 'agreeSecurity',
      mechanisms: ['digest'],
      chosen: 'digest',
      challenges: [challenge('a')],
    });
    expect(credentials(agreed.request)).toEqual(credentials(earlier).slice(1));
    expect(credentials(next(earlier, { type: 'raiseMaxForwards', value: 99 }).request)).toEqual(credentials(earlier));
  });
});

describe('another host', () => {
  const authorize = () => rows('Authorization: Digest realm="a"\nProxy-Authorization: Digest realm="p"');
  const kinds = (action: Action, more = {}) => credentials(next(earlier, action, more).request).map(([name]) => name);

  it('gets no Authorization after a redirection, only what is for the proxies on the way', () => {
    const target = 'sip:bob@chicago.example';
    for (const action of [away(target), { type: 'chooseTarget', choices: [target] } as const]) {
      expect(kinds(action, { target })).toEqual(['Proxy-Authorization', 'Proxy-Authorization']);
      expect(kinds(action, { target, authorize })).toEqual(['Proxy-Authorization']);
      expect(goesElsewhere(action, earlier, { ...earlier, uri: target })).toBe(true);
    }
  });

  it('is meant by nothing else', () => {
    const all = ['Authorization', 'Proxy-Authorization', 'Proxy-Authorization'];
    expect(kinds(away('sip:carol@BILOXI.example;x'))).toEqual(all);
    expect(kinds({ ...away('sip:proxy.example'), as: 'route' } as Action)).toEqual(all);
    expect(kinds({ type: 'changeUri', uri: 'sip:bob@chicago.example', why: 'length' })).toEqual(all);
    expect(kinds({ type: 'tryOtherServer', server: 'sip:s2', reorigination: 'retry' })).toEqual(all);
  });

  it('never sees credentials that another one asked for', () => {
    fc.assert(
      fc.property(requests, challenges, fc.boolean(), (request, all, computes) => {
        const given = {
          token: 't',
          ...(computes ? { authorize: () => all.map((): Header => ['Authorization', 'Digest realm="a"']) } : {}),
        };
        const { request: after } = rewrite(request, away('sip:elsewhere.example'), given);
        expect(hasHeader(after.headers, 'Authorization')).toBe(false);
      }),
    );
  });
});
