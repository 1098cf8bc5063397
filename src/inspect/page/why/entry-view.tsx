// One entry of the table: its rules in the order in which they are tried, with their sections and present values.
import { useMemo } from 'preact/hooks';
import { describePolicy, type RuleRow } from '../../../policy/describe-policy.js';
import type { Inspection } from '../inspection.js';
import { Value, type Looked } from './conditions-view.js';
import { keyOfRule } from './rule-key.js';

export interface EntryViewProps {
  readonly inspection: Inspection;
  readonly entryKey: string;
  /** The rules that are told of: they stand out. */
  readonly used: ReadonlySet<string>;
  readonly trace?: readonly Looked[];
  /** Under other things about the same decision. */
  readonly isBelow?: boolean;
}

export function EntryView({ inspection, entryKey, used, trace, isBelow = false }: EntryViewProps) {
  const { policy } = inspection;
  const rows = useMemo(() => describePolicy(policy), [policy]);
  const row = rows.find(({ key }) => key === entryKey);
  if (row === undefined) return <p class="faint">The policy has no entry {entryKey}.</p>;
  const { key, phrase, definedIn, impact, rules } = row;
  const values = trace ?? latestTrace(inspection, entryKey);
  return (
    <section class="entry" aria-label={`Entry ${key}`}>
      {isBelow ? (
        <h3>
          The entry {key} {phrase}
        </h3>
      ) : (
        <h2>
          {key} {phrase}
        </h2>
      )}
      <p class="faint">
        {definedIn}; inside a dialog it ends {IMPACTS[impact]}.
      </p>
      <ol class="rules">
        {rules.map((rule) => (
          <RuleView key={rule.id} rule={rule} isUsed={used.has(rule.id)} values={values} />
        ))}
      </ol>
    </section>
  );
}

function RuleView({
  rule,
  isUsed,
  values,
}: {
  readonly rule: RuleRow;
  readonly isUsed: boolean;
  readonly values: readonly Looked[];
}) {
  const { when, do: action, label, because, why, name, cite, id } = rule;
  return (
    <li class={isUsed ? 'used' : ''} aria-current={isUsed ? 'true' : undefined}>
      {when.length === 0 ? (
        <p class="faint">{id.endsWith('#1') ? 'always' : 'otherwise'}</p>
      ) : (
        <ul class="conditions">
          {when.map((condition) => (
            <li key={condition.name}>
              <Value held={values.findLast((looked) => looked.condition === condition.name)?.held} />
              <span>
                {condition.sentence} <code>{condition.name}</code>
              </span>
            </li>
          ))}
        </ul>
      )}
      <p>
        <b class={`action ${action}`}>{[action, because ?? name].filter((word) => word !== undefined).join(' ')}</b>{' '}
        {why ?? (label === action ? '' : label)}
      </p>
      <p class="cite">{cite}</p>
    </li>
  );
}

/** What the last decision of the actor with this entry found. */
function latestTrace({ moment }: Inspection, key: string): readonly Looked[] {
  const decision = moment?.decision;
  return decision !== undefined && keyOfRule(decision.rule) === key ? decision.trace : [];
}

const IMPACTS = { transaction: 'the transaction only', usage: 'the dialog usage', dialog: 'the dialog' } as const;
