import { describe, expect, it } from 'vitest';
import { actionInWords, durationInWords } from '../../src/policy/in-words.js';
import { outcomeInWords, whyInWords } from '../../src/cli/in-words.js';
import type { Action } from '../../src/policy/action.js';
import { decide } from '../../src/policy/decide.js';
import { factsOf } from '../../src/policy/facts-of.js';
import { rfcPolicy } from '../../src/policy/table/index.js';

describe('durationInWords', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1_000, '1 s'],
    [2_150, '2.15 s'],
    [60_000, '1 min'],
    [123_456, '2 min 3 s'],
    [3_600_000, '1 h'],
    [3_661_000, '1 h 1 min 1 s'],
  ])('says %i ms as %s', (milliseconds, words) => {
    expect(durationInWords(milliseconds)).toBe(words);
  });
});

describe('outcomeInWords', () => {
  it('uses the reason phrase that came, else the registered one', () => {
    const response = { status: 486, reason: 'Besetzt', headers: [], body: '' };
    expect(outcomeInWords(response)).toBe('486 Besetzt');
    expect(outcomeInWords({ ...response, reason: '' })).toBe('486 Busy Here');
  });

  it('names what takes the place of a response', () => {
    expect(outcomeInWords('timeout')).toBe('no response in time');
    expect(outcomeInWords('transportError')).toBe('transport error');
    expect(outcomeInWords('restart')).toBe('restart with the request in flight');
  });
});

describe('actionInWords', () => {
  const challenge = {
    kind: 'proxy',
    scheme: 'Digest',
    realm: 'a\\"b',
    nonce: 'n',
    stale: false,
    userhash: false,
  } as const;
  const cases: readonly (readonly [Action, string])[] = [
    [{ type: 'authenticate', challenges: [challenge] }, 'proxy realm "a\\"b"'],
    [
      { type: 'agreeSecurity', mechanisms: ['tls;q=0.2', 'digest'], chosen: 'tls', challenges: [] },
      'tls, of tls;q=0.2, digest',
    ],
    [
      { type: 'raiseInterval', header: 'Session-Expires', seconds: 1800, minSe: 900 },
      'Session-Expires 1800, Min-SE 900',
    ],
    [{ type: 'shrinkBody', omit: true }, ': none'],
    [{ type: 'shrinkBody', omit: false }, 'send a smaller body, or none'],
    [
      { type: 'changeContent', part: 'body', accept: ['text/plain'], encodings: ['gzip'], languages: ['de'] },
      'text/plain, gzip, de',
    ],
    [{ type: 'changeOffer', warnings: [] }, 'make another offer'],
    [{ type: 'changeOffer', warnings: [305, 304] }, 'warning 305, 304'],
    [{ type: 'changeUri', uri: 'sip:+1@example.com', why: 'scheme' }, 'sip:+1@example.com'],
    [{ type: 'dropExtensions', tags: ['timer', '100rel'] }, 'timer, 100rel'],
    [{ type: 'addExtensions', tags: ['timer'], header: 'Supported' }, 'timer'],
    [{ type: 'addIdentity' }, 'sign with an Identity'],
    [{ type: 'changePriority', accept: ['wps.3'] }, 'wps.3'],
    [{ type: 'raiseMaxForwards', value: 70 }, '70'],
    [{ type: 'extendDigits', dialled: '+1212' }, 'after +1212'],
    [
      { type: 'chooseTarget', choices: ['sip:a@example.com', 'sip:b@example.com'] },
      'sip:a@example.com, sip:b@example.com',
    ],
    [
      { type: 'wait', delayMs: 2_100, basis: 'glare', reorigination: 'retry' },
      '2.1 s, so that both sides do not collide again',
    ],
    [
      { type: 'wait', delayMs: 4_000, basis: 'backoff', reorigination: 'fresh' },
      'since the server names no time, then as a new call',
    ],
    [
      { type: 'tryOtherServer', server: 'sip:two.example.com', reorigination: 'failover' },
      'sip:two.example.com, with the same request',
    ],
    [{ type: 'tryOtherTarget', uri: 'sip:c@example.com', as: 'requestUri' }, 'sip:c@example.com'],
    [{ type: 'giveUp', reason: 'busy' }, 'give up: busy'],
    [{ type: 'custom', name: 'page the operator' }, 'page the operator'],
    [{ type: 'accept' }, 'accept'],
  ];

  it.each(cases)('says %j', (action, words) => {
    expect(actionInWords(action)).toContain(words);
  });
});

describe('whyInWords', () => {
  const request = { method: 'INVITE', uri: 'sip:bob@example.com', headers: [], body: '' };
  const respond = (status: number, headers: readonly (readonly [string, string])[] = []) =>
    decide(rfcPolicy, factsOf(request, { status, reason: '', headers, body: '' }));

  it('gives the sentences of the conditions that held', () => {
    expect(whyInWords(respond(486, [['Retry-After', '5']]), rfcPolicy)).toBe('the response says Retry-After');
  });

  it('gives the reason for giving up, until when the server wants to be left alone, and what it named', () => {
    expect(whyInWords(respond(600, [['Retry-After', '60']]), rfcPolicy)).toMatch(
      /^the called party is busy; the server asks not to be asked again for 1 min$/,
    );
    expect(whyInWords(respond(405, [['Allow', 'OPTIONS']]), rfcPolicy)).toContain('named: OPTIONS');
  });

  it('says so where a row has no condition', () => {
    expect(whyInWords(respond(200), rfcPolicy)).toBe('the request succeeded');
    const bare = { ...respond(486), action: { type: 'custom', name: 'x' }, rule: '486#99' } as const;
    expect(whyInWords(bare, rfcPolicy)).toBe('no earlier row applies');
  });
});
