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
import type { RetryPolicy } from '../../../src/policy/rule.js';

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
 * giving up on this one (RFC 3261 §8.1.3.4). ACK, CANCEL and BYE go nowhere else.
 */
export function casesWithTargetLeft(policy: RetryPolicy, key: string): readonly Case[] {
  const rules = policy.entries[key]?.rules ?? [];
  const row = rules.findIndex(({ do: action }) => action === 'tryOtherTarget') + 1;
  if (row === 0 || FOLLOWED.has(key)) return [];
  return (allCases[key] ?? [])
    .filter(({ sent, history }) => !/^(?:ACK|CANCEL|BYE) /.test(sent) && history?.targetsLeft === undefined)
    .map((one) => {
      const left = { ...one, history: { ...one.history, targetsLeft: [NEXT] } };
      if (Number(one.rule.split('#')[1]) < row) return left;
      const then = { type: 'tryOtherTarget', uri: NEXT, as: 'requestUri' } as const;
      return { ...left, then, impact: 'transaction', aftermath: 'none' };
    });
}

/** Their own rows follow a redirection; the cases say so. */
const FOLLOWED: ReadonlySet<string> = new Set(['301', '302', '305']);
const NEXT = 'sip:next@example.net';
