// An entry in words as it applies to one method, by what `decide` itself asks: impactOf and methodDenialOf.
import { actionLabels } from './action-label.js';
import type { PolicyRow, RuleRow } from './describe-policy.js';
import type { Origin } from './facts.js';
import { type Impact, impactOf } from './impact.js';
import { methodDenialOf } from './method-denial.js';
import { giveUpSentences } from './reason-sentence.js';

/**
 * The row as it applies to a request of this method inside a dialog: with what the response ends there, without rules
 * that it rules out, and with the reason that stands in the place of an action which the method does not take.
 */
export function describeForMethod(row: PolicyRow, column: Impact, status: number, method: string): PolicyRow {
  const impact = impactFor(column, status, method);
  const onTimeout = status === 408 ? impactFor(column, status, method, 'timer') : impact;
  const neverEnds = impact === 'transaction' && onTimeout === 'transaction';
  const rules = row.rules
    .filter(({ when }) => !(neverEnds && when.some(({ name }) => name === 'endsUsage')))
    .map((rule) => ruleFor(rule, method));
  return {
    ...row,
    impact,
    ...(onTimeout === impact ? {} : { impactOnTimeout: onTimeout }),
    // Where all rules behind one say the same as it does, its conditions decide nothing.
    rules: rules.filter(
      (rule, at) => at === rules.length - 1 || rules.slice(at).some((other) => outcomeOf(other) !== outcomeOf(rule)),
    ),
  };
}

/** What a response ends for a method inside a dialog (RFC 5057 §5.1). */
export function impactFor(column: Impact, status: number, method: string, origin: Origin = 'wire'): Impact {
  return impactOf(column, { status, origin, request: { method, inDialog: true } });
}

function ruleFor(rule: RuleRow, method: string): RuleRow {
  const denial = methodDenialOf(rule.do, { method, inDialog: true });
  if (denial === undefined) return rule;
  const { reason, cite } = denial;
  const { id, when } = rule;
  return { id, when, do: 'giveUp', label: actionLabels.giveUp, because: reason, why: giveUpSentences[reason], cite };
}

function outcomeOf({ do: action, because, name, cite }: RuleRow): string {
  return JSON.stringify([action, because, name, cite]);
}
