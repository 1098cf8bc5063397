// The conditions that a decision looked at, in order, and how each came out.
import { conditionSentences } from '../../../policy/condition-sentence.js';

export interface Looked {
  readonly condition: string;
  readonly held: boolean;
}

export function ConditionsView({ trace }: { readonly trace: readonly Looked[] }) {
  if (trace.length === 0) return null;
  return (
    <>
      <h3>Conditions looked at</h3>
      <ul class="conditions">
        {trace.map(({ condition, held }, index) => (
          <li key={index} class={held ? 'held' : 'failed'}>
            <Value held={held} />
            <span>
              <code>{condition}</code> {sentenceOfCondition(condition)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** How a condition came out; unknown where nobody has looked. */
export function Value({ held }: { readonly held: boolean | undefined }) {
  if (held === undefined)
    return (
      <span class="value unknown" title="not looked at yet" aria-label="not looked at:" role="img">
        ·
      </span>
    );
  return (
    <span class="value" role="img" aria-label={held ? 'holds:' : 'does not hold:'}>
      {held ? '✓' : '✗'}
    </span>
  );
}

export function sentenceOfCondition(name: string): string {
  const sentences: Readonly<Record<string, string>> = conditionSentences;
  return sentences[name] ?? '';
}
