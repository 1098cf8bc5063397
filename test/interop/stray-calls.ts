// SIPp ignores a call beyond those that it was told of: its message log shows it all the same.
import type { SippVerdict } from './peers/sipp.js';

/** What is wrong when more Call-IDs came than the scenario has calls; empty when nothing is. */
export function strayCalls({ received }: SippVerdict, calls = 1): string {
  const ids = new Set(received.map(({ text }) => /^(?:Call-ID|i)\s*:\s*(.*)$/im.exec(text)?.[1]?.trim()));
  return ids.size <= calls ? '' : `${ids.size} calls came, ${calls} expected`;
}
