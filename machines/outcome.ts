// How one logical request ended; derived from its record alone.
import type { Citation } from '../src/policy/citation.js';
import type { Aftermath } from '../src/policy/decide.js';
import type { Impact } from '../src/policy/impact.js';
import type { Learned } from '../src/policy/learned.js';
import type { GiveUpDetail, GiveUpReason } from '../src/policy/reason.js';
import type { RuleId } from '../src/policy/rule.js';
import type { RequestRecord } from '../src/request/record.js';

/** How one logical request ended. */
export type Outcome =
  | { readonly type: 'accepted'; readonly status: number; readonly attempts: number }
  | {
      readonly type: 'gaveUp';
      readonly reason: GiveUpReason;
      readonly detail?: GiveUpDetail;
      readonly rule: RuleId;
      /** The sections that this follows; never empty. */
      readonly cite: readonly Citation[];
      readonly status: number;
      /** What the response destroys (RFC 5057 §5.1), and what is left to clear up. */
      readonly impact: Impact;
      readonly aftermath: Aftermath;
      readonly learned?: Learned;
      readonly attempts: number;
    }
  | { readonly type: 'cancelled'; readonly attempts: number };

/** The outcome of a request whose chart has come to its end. */
export function outcomeOf({ decision, history }: RequestRecord): Outcome {
  const { attempts } = history;
  switch (decision?.action.type) {
    case 'accept':
      return { type: 'accepted', status: decision.status, attempts };
    case 'giveUp': {
      const { action, rule, cite, status, impact, aftermath, learned } = decision;
      const { reason, detail } = action;
      return {
        type: 'gaveUp',
        reason,
        ...(detail === undefined ? {} : { detail }),
        rule,
        cite,
        status,
        impact,
        aftermath,
        ...(learned === undefined ? {} : { learned }),
        attempts,
      };
    }
    default:
      return { type: 'cancelled', attempts };
  }
}
