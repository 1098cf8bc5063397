// RFC 3261 §8.1.3.4: when a target of a redirection fails, the next one is tried.
import type { ConditionName } from '../condition.js';
import type { GiveUpReason } from '../reason.js';
import type { FinalRule, GuardedRule, Rule, StatusEntry } from '../rule.js';

/**
 * The entry with the rows that try the next target of an earlier redirection, instead of giving up on this one or of
 * waiting for it. RFC 3261 §8.1.3.4 counts any code above 399 as the failure of one target; 6xx is not given these
 * rows, because it speaks for every target (§21.6). What corrects the request comes first: "requests that are being
 * reattempted […] should not be considered failures". So does another server of the same target.
 */
export function withNextTarget(entry: StatusEntry): StatusEntry {
  const { rules } = entry;
  const last = rules.find(isFinal);
  if (last?.do !== 'giveUp' || rules.some((rule) => rule.do === 'tryOtherTarget')) return entry;
  const guarded = rules.filter(isGuarded);
  const at = guarded.findLastIndex((rule) => !endsTarget(rule) && !waitsForTarget(rule)) + 1;
  const before = guarded.slice(0, at).flatMap((rule) => (waitsForTarget(rule) ? [insteadOf(rule), rule] : [rule]));
  return { ...entry, rules: [...before, nextTarget, ...guarded.slice(at), last] };
}

const nextTarget = { when: ['targetLeft'], do: 'tryOtherTarget', cite: 'RFC 3261 §8.1.3.4' } as const;

/** A wait that stands before a correction, as that for the Retry-After of a 500 does, gives way on its own conditions. */
function insteadOf({ when }: GuardedRule): GuardedRule {
  return { ...nextTarget, when: [...when, 'targetLeft'] };
}

/** A wait until this target is available again. */
function waitsForTarget({ do: action, when }: GuardedRule): boolean {
  return action === 'wait' && !when.some((name) => corrects.has(name));
}

/** The waits that correct: after glare (§14.1), and with a higher CSeq number (§12.2.2). */
const corrects: ReadonlySet<ConditionName> = new Set(['glareApplies', 'cseqMayBeLow']);

/** Rows that give up on this target alone. */
function endsTarget({ do: action, because }: GuardedRule): boolean {
  return action === 'giveUp' && because !== undefined && !holdsEverywhere.has(because);
}

/** The reasons that hold wherever the request goes next. */
const holdsEverywhere: ReadonlySet<GiveUpReason> = new Set([
  'usageEnded',
  'outcomeUnknown',
  'credentialsRejected',
  'downgradeRefused',
]);

function isFinal(rule: Rule): rule is FinalRule {
  return rule.when === undefined;
}

function isGuarded(rule: Rule): rule is GuardedRule {
  return rule.when !== undefined;
}
