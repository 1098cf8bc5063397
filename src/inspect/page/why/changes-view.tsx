// The next request as what changes in it.
import { visible } from '../../../sip/visible.js';

export interface ShownChange {
  readonly what: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export function ChangesView({ changes }: { readonly changes: readonly ShownChange[] }) {
  if (changes.length === 0) return null;
  return (
    <>
      <h3>The next request</h3>
      <div class="changes">
        {changes.map(({ what, before, after }) => (
          <div key={what}>
            {before.map((value, index) => (
              <del key={index}>
                <i aria-hidden="true">−</i>
                {visible(what)}: {linesOf(value)}
              </del>
            ))}
            {after.map((value, index) => (
              <ins key={index}>
                <i aria-hidden="true">+</i>
                {visible(what)}: {linesOf(value)}
              </ins>
            ))}
          </div>
        ))}
      </div>
    </>
  );
}

function linesOf(value: string): string {
  return value
    .split(/\r\n|\n/)
    .map((line) => visible(line))
    .join('\n');
}
