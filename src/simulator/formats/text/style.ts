// How a terminal shows what: bold, faint and colours by their SGR numbers (ECMA-48 §8.3.117).
import type { Tone } from '../ladder/ladder-row.js';

export type Style = Tone | 'strong' | 'faint' | 'lost';

export function painted(text: string, style: Style): string {
  const [on, off] = SGR[style];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}

const SGR: { readonly [K in Style]: readonly [on: string, off: string] } = {
  strong: ['1', '22'],
  faint: ['2', '22'],
  lost: ['31', '39'],
  correct: ['36', '39'],
  wait: ['33', '39'],
  elsewhere: ['35', '39'],
  accepted: ['32', '39'],
  gaveUp: ['31', '39'],
  cancelled: ['33', '39'],
};
