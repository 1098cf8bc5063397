// Every recorded expectation, file by file as the table has them.
import { addressing } from './addressing.js';
import { authentication } from './authentication.js';
import { availability } from './availability.js';
import type { Case, Cases } from './case.js';
import { content } from './content.js';
import { dialog } from './dialog.js';
import { extension } from './extension.js';
import { fallback } from './fallback.js';
import { globalFailure } from './global-failure.js';
import { identity } from './identity.js';
import { interval } from './interval.js';
import { outbound } from './outbound.js';
import { redirection } from './redirection.js';
import { refusal } from './refusal.js';
import { serverFailure } from './server-failure.js';
import type { RetryPolicy, Rule } from '../../../src/policy/rule.js';

export const allCases: Cases = {
  ...redirection,
  ...authentication,
  ...refusal,
  ...interval,
  ...addressing,
  ...availability,
  ...content,
  ...extension,
  ...identity,
  ...dialog,
  ...outbound,
  ...serverFailure,
  ...globalFailure,
  ...fallback,
};

/**
 * The same cases with a target of an earlier redirection left: a correction comes first, then that target instead of
 * giving up on this one or waiting for it (RFC 3261 §8.1.3.4). ACK, CANCEL and BYE go nowhere else.
 */
export function casesWithTargetLeft(policy: RetryPolicy, key: string): readonly Case[] {
  const rules = policy.entries[key]?.rules ?? [];
  if (FOLLOWED.has(key) || !rules.some(isNextTarget)) return [];
  return (allCases[key] ?? [])
    .filter(({ sent, history }) => !/^(?:ACK|CANCEL|BYE) /.test(sent) && history?.targetsLeft === undefined)
    .map((one) => {
      const left = { ...one, history: { ...one.history, targetsLeft: [NEXT] } };
      if (!isOvertaken(rules, Number(one.rule.split('#')[1]))) return left;
      const then = { type: 'tryOtherTarget', uri: NEXT, as: 'requestUri' } as const;
      return { ...left, then, impact: 'transaction', aftermath: 'none' };
    });
}

/** Whether a row before this one, counted from 1, goes to the next target whenever this one would be taken. */
function isOvertaken(rules: readonly Rule[], row: number): boolean {
  const taken: readonly string[] = rules[row - 1]?.when ?? [];
  const before = rules.slice(0, row - 1).filter(isNextTarget);
  return before.some(({ when = [] }) => when.every((name) => name === 'targetLeft' || taken.includes(name)));
}

function isNextTarget({ do: action }: Rule): boolean {
  return action === 'tryOtherTarget';
}

/** Their own rows follow a redirection; the cases say so. */
const FOLLOWED: ReadonlySet<string> = new Set(['301', '302', '305']);
const NEXT = 'sip:next@example.net';
