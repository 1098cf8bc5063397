// RFC 3261 §8.1.3.4: when a target of a redirection fails, the next one is tried.
import type { FinalRule, GuardedRule, Rule, StatusEntry } from '../rule.js';

/**
 * The entry with one more row: instead of giving up on this target, the next one of an earlier redirection is tried.
 * RFC 3261 §8.1.3.4 counts any code above 399 as the failure of one target; 6xx is not given this row, because it
 * speaks for every target (§21.6).
 */
export function withNextTarget(entry: StatusEntry): StatusEntry {
  const { rules } = entry;
  const last = rules.find(isFinal);
  if (last?.do !== 'giveUp' || rules.some((rule) => rule.do === 'tryOtherTarget')) return entry;
  const guarded = rules.filter(isGuarded);
  const at = guarded.findLastIndex((rule) => !endsTarget(rule)) + 1;
  return { ...entry, rules: [...guarded.slice(0, at), nextTarget, ...guarded.slice(at), last] };
}

/** Rows at the end that give up on this target alone. The other reasons hold wherever the request goes next. */
function endsTarget({ do: action, because }: GuardedRule): boolean {
  return (
    action === 'giveUp' && because !== 'usageEnded' && because !== 'outcomeUnknown' && because !== 'credentialsRejected'
  );
}

const nextTarget: GuardedRule = { when: ['targetLeft'], do: 'tryOtherTarget', cite: 'RFC 3261 §8.1.3.4' };

function isFinal(rule: Rule): rule is FinalRule {
  return rule.when === undefined;
}

function isGuarded(rule: Rule): rule is GuardedRule {
  return rule.when !== undefined;
}
