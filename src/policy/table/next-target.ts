// RFC 3261 §8.1.3.4: when a target of a redirection fails, the next one is tried.
import type { FinalRule, GuardedRule, Rule, StatusEntry } from '../rule.js';

/**
 * The entry with one more row before its last: instead of giving up, the next target of an earlier redirection is
 * tried. RFC 3261 §8.1.3.4 counts any code above 399 as such a failure; 6xx is not given this row, because it speaks
 * for every target (§21.6).
 */
export function withNextTarget(entry: StatusEntry): StatusEntry {
  const { rules } = entry;
  const last = rules.find(isFinal);
  if (last?.do !== 'giveUp' || rules.some((rule) => rule.do === 'tryOtherTarget')) return entry;
  return { ...entry, rules: [...rules.filter(isGuarded), nextTarget, last] };
}

const nextTarget: GuardedRule = { when: ['targetLeft'], do: 'tryOtherTarget', cite: 'RFC 3261 §8.1.3.4' };

function isFinal(rule: Rule): rule is FinalRule {
  return rule.when === undefined;
}

function isGuarded(rule: Rule): rule is GuardedRule {
  return rule.when !== undefined;
}
