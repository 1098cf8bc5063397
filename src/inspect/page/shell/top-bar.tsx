// The bar: which actor, what to find, chart or table, light or dark.
import type { Inspection } from '../inspection.js';
import { visible } from '../../../sip/visible.js';
import { ActorChoice } from './actor-choice.js';
import { FindBox } from './find-box.js';
import { ThemeChoice } from './theme-choice.js';

export function TopBar({ inspection }: { readonly inspection: Inspection }) {
  const { view, title } = inspection;
  return (
    <header>
      <h1 title={visible(title)}>{visible(title)}</h1>
      <ActorChoice inspection={inspection} />
      <span class="gap" />
      <FindBox inspection={inspection} />
      <div class="segments" role="group" aria-label="View">
        {(['chart', 'table'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={view === one} onClick={() => inspection.update({ view: one })}>
            {one === 'chart' ? 'Chart' : 'Table'}
          </button>
        ))}
      </div>
      <ThemeChoice />
    </header>
  );
}
