import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/policy/action.js';
import { actionLabels } from '../../src/policy/action-label.js';
import { actionInWords, detailInWords, durationInWords } from '../../src/policy/in-words.js';

const challenge = { kind: 'proxy', scheme: 'Digest', nonce: 'n', stale: false, userhash: false } as const;
const wait = { type: 'wait', delayMs: 5_000, reorigination: 'retry' } as const;

/** Each action with the words behind its label. */
const worded: readonly (readonly [Action, string])[] = [
  [
    {
      type: 'authenticate',
      challenges: [
        { ...challenge, realm: 'a' },
        { ...challenge, kind: 'user', realm: '\\"b' },
      ],
    },
    'proxy realm "a", realm "\\"b"',
  ],
  [
    { type: 'agreeSecurity', chosen: 'tls', mechanisms: ['tls', 'ipsec-ike'], challenges: [] },
    'tls, of tls, ipsec-ike',
  ],
  [{ type: 'raiseInterval', header: 'Expires', seconds: 600 }, 'Expires 600'],
  [{ type: 'shrinkBody', omit: true }, 'none'],
  [{ type: 'shrinkBody', omit: false }, ''],
  [
    {
      type: 'changeContent',
      part: 'body',
      accept: ['text/plain', 'text/html'],
      encodings: ['identity'],
      languages: ['de'],
    },
    'text/plain, text/html, identity, de',
  ],
  [{ type: 'changeOffer', warnings: [304, 305] }, 'warning 304, 305'],
  [{ type: 'changeUri', uri: 'sip:bob@example.com', why: 'scheme' }, 'sip:bob@example.com'],
  [{ type: 'tryOtherTarget', uri: 'sip:carol@example.com', as: 'requestUri' }, 'sip:carol@example.com'],
  [{ type: 'dropExtensions', tags: ['100rel', 'timer'] }, '100rel, timer'],
  [{ type: 'addExtensions', tags: ['timer', 'path'], header: 'Require' }, 'timer, path'],
  [{ type: 'changePriority', accept: ['wps.0', 'wps.1'] }, 'wps.0, wps.1'],
  [{ type: 'raiseMaxForwards', value: 70 }, '70'],
  [{ type: 'extendDigits', dialled: '12' }, 'after 12'],
  [
    { type: 'chooseTarget', choices: ['sip:a@example.com', 'sip:b@example.com'] },
    'sip:a@example.com, sip:b@example.com',
  ],
  [{ ...wait, basis: 'retryAfter', reorigination: 'fresh' }, '5 s, as Retry-After asks, then as a new call'],
  [{ ...wait, basis: 'glare' }, '5 s, so that both sides do not collide again, then again'],
  [{ ...wait, basis: 'backoff' }, '5 s, since the server names no time, then again'],
  [
    { type: 'tryOtherServer', server: 'sip:b.example', reorigination: 'failover' },
    'sip:b.example, with the same request',
  ],
  [
    { type: 'tryOtherServer', server: 'sip:b.example', reorigination: 'retry' },
    'sip:b.example, with the next CSeq number',
  ],
  [{ type: 'giveUp', reason: 'busy' }, 'busy'],
];

describe('actionInWords', () => {
  it.each(worded)('says behind the label what the action is done with: %j', (action, words) => {
    const label = actionLabels[action.type];
    expect(actionInWords(action)).toBe(words === '' ? label : `${label}: ${words}`);
  });

  it('names an action of the application by its own name', () => {
    expect(actionInWords({ type: 'custom', name: 'page-operator' })).toBe('leave it to the application: page-operator');
  });

  it('says nothing behind the label where there is nothing to say', () => {
    expect(actionInWords({ type: 'accept' })).toBe('accept');
    expect(actionInWords({ type: 'changeOffer', warnings: [] })).toBe('make another offer');
  });

  it('says Min-SE only where one was seen', () => {
    const raise = { type: 'raiseInterval', header: 'Session-Expires', seconds: 1800 } as const;
    expect(actionInWords(raise)).toBe('raise the interval: Session-Expires 1800');
    expect(actionInWords({ ...raise, minSe: 900 })).toBe('raise the interval: Session-Expires 1800, Min-SE 900');
  });

  it('names an empty realm where a challenge has none', () => {
    const challenge = { kind: 'user', scheme: 'Digest', nonce: 'n', stale: false, userhash: false } as const;
    expect(actionInWords({ type: 'authenticate', challenges: [challenge] })).toBe('retry with credentials: realm ""');
  });
});

describe('durationInWords', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1_000, '1 s'],
    [12_345, '12.35 s'],
    [59_994, '59.99 s'],
    [59_995, '1 min'],
    [61_000, '1 min 1 s'],
    [3_600_000, '1 h'],
    [3_900_000, '1 h 5 min'],
    [90_061_000, '25 h 1 min 1 s'],
  ])('%i milliseconds are %s', (milliseconds, words) => {
    expect(durationInWords(milliseconds)).toBe(words);
  });
});

describe('detailInWords', () => {
  it('says until when the server asks for silence, and what was named', () => {
    expect(detailInWords({ notBefore: 60_000, named: ['100rel', 'timer'] })).toEqual([
      'the server asks not to be asked again for 1 min',
      'named: 100rel, timer',
    ]);
  });

  it('says which limit denied what, with its value', () => {
    expect(detailInWords({ wanted: 'wait', limit: 'maxWaitMs', value: 10 })).toEqual([
      'the rule wanted wait',
      'the limit maxWaitMs is 10',
    ]);
    expect(detailInWords({ limit: 'maxWaitMs', value: 10, found: 20 })).toEqual([
      'the limit maxWaitMs is 10, and this would be 20',
    ]);
    expect(detailInWords()).toEqual([]);
  });
});
