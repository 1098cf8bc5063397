// A decision as the page shows it: in words, with its rule, its conditions, and what it changes.
import { conditionSentences } from '../../policy/condition-sentence.js';
import type { Decision } from '../../policy/decide.js';
import { actionInWords } from '../../policy/in-words.js';
import { giveUpSentences } from '../../policy/reason-sentence.js';
import type { RetryPolicy } from '../../policy/rule.js';
import type { Change } from '../../request/change.js';
import { maskedCredentials } from '../../sip/masked.js';
import type { DecisionEntry } from '../inspector-entry.js';
import { isCredentialsField } from '../secret-names.js';

export interface Decided {
  readonly decision: Pick<Decision, 'status' | 'treatedAs' | 'action' | 'rule' | 'cite' | 'trace'>;
  readonly at: number;
  readonly actor: string;
  /** The attempt that it was made on. */
  readonly attempt: number;
  readonly policy: RetryPolicy;
  readonly changes: readonly Change[];
}

export function decisionEntry({ decision, at, actor, attempt, policy, changes }: Decided): DecisionEntry {
  const { status, treatedAs, action, rule, cite, trace } = decision;
  return {
    type: 'decision',
    at,
    actor,
    attempt,
    status,
    treatedAs,
    action: actionInWords(action),
    why: whyOf(decision, policy),
    rule,
    cite,
    trace: trace.map(({ condition, held }) => ({ condition, held })),
    delayMs: action.type === 'wait' ? action.delayMs : 0,
    changes: changes.map(withoutCredentials),
  };
}

/** What follows a name that no text repeats: a change holds values alone. */
function withoutCredentials(change: Change): Change {
  const { what, before, after } = change;
  if (!isCredentialsField(what)) return change;
  return { what, before: before.map(maskedCredentials), after: after.map(maskedCredentials) };
}

function whyOf({ action, rule }: Decided['decision'], { entries }: RetryPolicy): string {
  if (action.type === 'giveUp') return giveUpSentences[action.reason];
  const [key = '', row = ''] = rule.split('#');
  const entry = Object.entries(entries).find(([name]) => name === key)?.[1];
  const names: readonly string[] = entry?.rules[Number(row) - 1]?.when ?? [];
  return names.map((name) => sentences[name] ?? name).join('; ') || 'no earlier row of the entry applies';
}

const sentences: Readonly<Record<string, string>> = conditionSentences;
