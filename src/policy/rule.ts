// Rows of the policy: rules, entries, and the policy that they make. Plain data, so that a policy can be JSON.
import type { ActionType } from './action.js';
import type { Citation } from './citation.js';
import type { ConditionName, Condition } from './condition.js';
import type { Impact } from './impact.js';
import type { GiveUpReason } from './reason.js';
import type { StatusClass } from '../sip/status-class.js';

interface RuleBody {
  readonly do: ActionType;
  readonly cite: Citation;
  /** Why the UAC stops; for `giveUp` only. */
  readonly because?: GiveUpReason;
  /** For `custom` only: the name under which the application knows its own action. */
  readonly name?: string;
}

/** A row that applies when all its conditions hold. */
export interface GuardedRule extends RuleBody {
  readonly when: readonly [ConditionName, ...ConditionName[]];
}

/** The row that applies when no earlier one did. */
export interface FinalRule extends RuleBody {
  readonly when?: never;
}

export type Rule = GuardedRule | FinalRule;

/** Ordered; the first rule whose conditions all hold is taken. The last has none, or it does not compile. */
export type Rules = readonly [...GuardedRule[], FinalRule];

/** One status code of the table. */
export interface StatusEntry {
  /** The reason phrase and the section that defines it, where they are other than the registered ones. */
  readonly phrase?: string;
  readonly definedIn?: Citation;
  readonly impact: Impact;
  readonly rules: Rules;
}

/** `'486'`, `'SUBSCRIBE 489'` or a class such as `'4xx'` (RFC 3261 §8.1.3.2: an unknown code is the x00 of its class). */
export type EntryKey = `${number}` | `${string} ${number}` | StatusClass;

/** The policy: a table from status codes to rules. */
export interface RetryPolicy {
  readonly name: string;
  readonly entries: { readonly [key: string]: StatusEntry } & { readonly [K in FallbackKey]: StatusEntry };
  /** Another meaning for conditions of the vocabulary. Functions: not part of the JSON form. */
  readonly conditions?: { readonly [K in ConditionName]?: Condition };
}

/** The entries without which a policy would not be total. */
export type FallbackKey = Exclude<StatusClass, '1xx'>;

/** `'423#1'`, `'REGISTER 403#2'`, `'4xx#1'`: the key of the entry and the row, counted from 1. */
export type RuleId = `${string}#${number}`;
