// The chart as JSON text, which a statechart editor imports and a review of a release compares.
import { createRetryMachine } from './retry.machine.js';

/** The configuration of a chart as JSON with two spaces, ending in a newline: every state, edge and guard by name. */
export function exportMachine(machine: { readonly config: object } = createRetryMachine()): string {
  return `${JSON.stringify(machine.config, null, 2)}\n`;
}
