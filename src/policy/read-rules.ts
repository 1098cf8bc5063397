// Rules from untyped data: each with an action, a citation and, but for the last, conditions.
import type { ActionType } from './action.js';
import { isCitation } from './citation.js';
import type { ConditionName } from './condition.js';
import { memberPath, show } from './defect.js';
import { type Defects, found, isFull, isLine, readMembers, readText, readWord, refuseStrangers } from './read-value.js';
import { giveUpReasons } from './reason.js';
import type { FinalRule, GuardedRule, Rule, Rules } from './rule.js';
import { actionTypes, conditionNames } from './vocabulary.js';

/** The rules of one entry; `undefined` when a defect was found. */
export function readRules(value: unknown, path: string, defects: Defects): Rules | undefined {
  if (!Array.isArray(value) || value.length === 0) {
    defects.push({ path, found: found(value), allowed: 'a list of rules, of which the last has no "when"' });
    return undefined;
  }
  const before = defects.length;
  const guarded: GuardedRule[] = [];
  let final: FinalRule | undefined;
  for (let row = 0; row < value.length && !isFull(defects); row += 1) {
    const place = `${path}[${row}]`;
    const rule = readRule(value[row], place, defects);
    if (rule === undefined) continue;
    const isLast = row === value.length - 1;
    if (isGuarded(rule)) {
      if (isLast) defects.push({ path: `${place}.when`, found: show(rule.when), allowed: NO_WHEN_IN_THE_LAST });
      guarded.push(rule);
    } else {
      if (!isLast) defects.push({ path: `${place}.when`, found: 'missing', allowed: WHEN_BEFORE_THE_LAST });
      final = rule;
    }
  }
  return defects.length > before || final === undefined ? undefined : [...guarded, final];
}

const NO_WHEN_IN_THE_LAST = 'no "when" in the last rule, which is taken when no earlier one was';
const WHEN_BEFORE_THE_LAST = 'conditions here or no rule after this one, because without conditions it is always taken';

function isGuarded(rule: Rule): rule is GuardedRule {
  return rule.when !== undefined;
}

function readRule(value: unknown, path: string, defects: Defects): Rule | undefined {
  const members = readMembers(value);
  if (members === undefined) {
    defects.push({ path, found: found(value), allowed: `a rule: an object with ${MEMBERS.join(', ')}` });
    return undefined;
  }
  refuseStrangers(members, MEMBERS, path, defects);
  const when = members.has('when') ? readWhen(members.get('when'), memberPath(path, 'when'), defects) : [];
  const type = readWord(members.get('do'), actionTypes, memberPath(path, 'do'), defects);
  const cite = readText(members.get('cite'), isCitation, CITATIONS, memberPath(path, 'cite'), defects);
  const because = readBecause(members.get('because'), type, memberPath(path, 'because'), defects);
  const name = readName(members.get('name'), type, memberPath(path, 'name'), defects);
  if (when === undefined || type === undefined || cite === undefined) return undefined;
  const [first, ...others] = when;
  const body = { do: type, ...because, ...name, cite };
  return first === undefined ? body : { when: [first, ...others], ...body };
}

const MEMBERS = ['when', 'do', 'because', 'name', 'cite'];

/** What a citation is, in words. */
export const CITATIONS = '"RFC 3261 §21.4.17", "local", or "local: " and the reason';

function readWhen(value: unknown, path: string, defects: Defects): readonly ConditionName[] | undefined {
  if (!Array.isArray(value) || value.length === 0) {
    defects.push({ path, found: show(value), allowed: 'a list of conditions such as ["hasRetryAfter"], or no "when"' });
    return undefined;
  }
  const names: ConditionName[] = [];
  for (let index = 0; index < value.length && !isFull(defects); index += 1) {
    const name = readWord(value[index], conditionNames, `${path}[${index}]`, defects);
    if (name !== undefined) names.push(name);
  }
  return names.length === value.length ? names : undefined;
}

/** A reason belongs to `giveUp`, which cannot do without. */
function readBecause(
  value: unknown,
  type: ActionType | undefined,
  path: string,
  defects: Defects,
): Pick<Rule, 'because'> {
  if (value === undefined && type !== 'giveUp') return {};
  if (type !== undefined && type !== 'giveUp') {
    defects.push({ path, found: show(value), allowed: 'it only where "do" is "giveUp"' });
    return {};
  }
  const because = readWord(value, giveUpReasons, path, defects);
  return because === undefined ? {} : { because };
}

/** A name belongs to `custom`. */
function readName(value: unknown, type: ActionType | undefined, path: string, defects: Defects): Pick<Rule, 'name'> {
  if (value === undefined) return {};
  if (type !== undefined && type !== 'custom') {
    defects.push({ path, found: show(value), allowed: 'it only where "do" is "custom"' });
    return {};
  }
  const name = readText(value, isLine, 'the name of an action of your own, on one line', path, defects);
  return name === undefined ? {} : { name };
}
