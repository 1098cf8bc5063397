// Which command of a SIPp scenario comes next: the one behind, or the one at a label.
import type { SippCommand } from './program.js';
import type { Variables } from './variables.js';

/** The index of the command after this one. */
export function nextAfter(
  { next, test, chance }: SippCommand,
  at: number,
  variables: Variables,
  random: () => number,
): number {
  if (next === undefined || (test !== undefined && !variables.isSet(test))) return at + 1;
  return chance === undefined || random() < chance ? next : at + 1;
}

/** Whether the command is carried out at all. */
export function isDue({ onlyIf }: SippCommand, variables: Variables): boolean {
  return onlyIf === undefined || variables.isSet(onlyIf.variable) !== onlyIf.inverse;
}
