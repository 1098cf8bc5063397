// Colours: on a terminal, unless NO_COLOR says otherwise; in a pipe none.
import pc from 'picocolors';
import type { Io, Output } from './io.js';

export type Palette = ReturnType<typeof pc.createColors>;

/** Whether colours go to this output: NO_COLOR forbids them, FORCE_COLOR asks for them, else a terminal decides. */
export function paletteFor(output: Output, { env }: Pick<Io, 'env'>): Palette {
  const forbidden = isSet(env['NO_COLOR']) || env['TERM'] === 'dumb';
  const forced = isSet(env['FORCE_COLOR']) && env['FORCE_COLOR'] !== '0';
  // Spelt out: without an argument createColors looks at the process by itself.
  return pc.createColors(!forbidden && (forced || output.isTerminal) ? true : false);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
