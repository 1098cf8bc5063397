// The transcript itself.
import type { Transcript } from '../transcript.js';

/** Indented, its last line ended. */
export function renderJson(transcript: Transcript): string {
  return `${JSON.stringify(transcript, null, 2)}\n`;
}
