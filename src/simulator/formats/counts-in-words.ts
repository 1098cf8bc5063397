// What happened in a transcript, in one sentence of numbers.
import type { TranscriptCounts } from '../transcript.js';

/** `4 sent (1 retransmitted), 3 received, 1 lost, 2 decisions`. */
export function countsInWords({ sent, received, retransmitted, lost, decisions }: TranscriptCounts): string {
  return [
    `${sent} sent${retransmitted === 0 ? '' : ` (${retransmitted} retransmitted)`}`,
    `${received} received`,
    ...(lost === 0 ? [] : [`${lost} lost`]),
    `${decisions} ${decisions === 1 ? 'decision' : 'decisions'}`,
  ].join(', ');
}
