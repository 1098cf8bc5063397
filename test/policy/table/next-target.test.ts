import { describe, expect, it } from 'vitest';
import type { GuardedRule, Rule, StatusEntry } from '../../../src/policy/rule.js';
import { rfcPolicy } from '../../../src/policy/table/index.js';
import { withNextTarget } from '../../../src/policy/table/next-target.js';
import { giveUp, giveUpWhen, when } from '../../../src/policy/table/row.js';

const entryOf = (...guarded: readonly GuardedRule[]): StatusEntry => ({
  impact: 'transaction',
  rules: [...guarded, giveUp('unavailable', 'local')],
});
const stepsOf = ({ rules }: StatusEntry): readonly string[] => rules.map(stepOf);
const stepOf = ({ when: names, do: action, because }: Rule): string =>
  [because ?? action, ...(names === undefined ? [] : ['if', names.join('+')])].join(' ');

const retryAfter = when(['hasRetryAfter'], 'wait', 'local');
const backOff = when(['isRepeatable'], 'wait', 'local');
const otherServer = when(['serverLeft'], 'tryOtherServer', 'local');

describe('withNextTarget', () => {
  it('puts the next target before what waits for this one, behind other servers of it (RFC 3261 §8.1.3.4)', () => {
    expect(stepsOf(withNextTarget(entryOf(otherServer, retryAfter, backOff)))).toEqual([
      'tryOtherServer if serverLeft',
      'tryOtherTarget if targetLeft',
      'wait if hasRetryAfter',
      'wait if isRepeatable',
      'unavailable',
    ]);
  });

  it.each(['glareApplies', 'cseqMayBeLow'] as const)('puts it behind the wait that corrects: %s', (name) => {
    expect(stepsOf(withNextTarget(entryOf(when([name], 'wait', 'local'), backOff)))).toEqual([
      `wait if ${name}`,
      'tryOtherTarget if targetLeft',
      'wait if isRepeatable',
      'unavailable',
    ]);
  });

  it('lets a wait that stands before a correction give way, and leaves the rows in their order', () => {
    expect(stepsOf(withNextTarget(entryOf(retryAfter, when(['bodyCanShrink'], 'shrinkBody', 'local'))))).toEqual([
      'tryOtherTarget if hasRetryAfter+targetLeft',
      'wait if hasRetryAfter',
      'shrinkBody if bodyCanShrink',
      'tryOtherTarget if targetLeft',
      'unavailable',
    ]);
  });

  it('puts it before the reasons that speak of this target alone, and behind those that hold everywhere', () => {
    const everywhere = ['usageEnded', 'outcomeUnknown', 'credentialsRejected', 'downgradeRefused'] as const;
    for (const reason of everywhere) {
      const entry = entryOf(giveUpWhen(['fromWire'], reason, 'local'), giveUpWhen(['hasBody'], 'refused', 'local'));
      expect(stepsOf(withNextTarget(entry))).toEqual([
        `${reason} if fromWire`,
        'tryOtherTarget if targetLeft',
        'refused if hasBody',
        'unavailable',
      ]);
    }
  });

  it('leaves alone what follows a redirection of its own, and what does not end by giving up', () => {
    const follows = entryOf(when(['targetLeft'], 'tryOtherTarget', 'local'));
    const accepts: StatusEntry = { impact: 'transaction', rules: [{ do: 'accept', cite: 'local' }] };
    expect(withNextTarget(follows)).toBe(follows);
    expect(withNextTarget(accepts)).toBe(accepts);
  });

  it('leaves no entry below 600 that would wait for a target or give it up while another is left', () => {
    for (const [key, entry] of Object.entries(rfcPolicy.entries)) {
      if (!/[345]..$/.test(key)) continue;
      entry.rules.forEach((rule, row) => {
        if (rule.do !== 'wait' || rule.when?.some((name) => name === 'glareApplies' || name === 'cseqMayBeLow')) return;
        const isOffered = entry.rules
          .slice(0, row)
          .some(
            ({ do: action, when: names }) =>
              action === 'tryOtherTarget' &&
              names?.every((name) => name === 'targetLeft' || rule.when?.some((one) => one === name)) === true,
          );
        expect(isOffered, `${key}#${row + 1}`).toBe(true);
      });
      expect(
        entry.rules.some(({ do: action }) => action === 'tryOtherTarget'),
        key,
      ).toBe(true);
    }
  });
});
