// How it ended, for people: one or two lines.
import type { GiveUpReason } from '../../policy/reason.js';
import { giveUpReasons } from '../../policy/reason.js';
import { giveUpSentences } from '../../policy/reason-sentence.js';
import { detailInWords } from '../../policy/in-words.js';
import type { Palette } from '../palette.js';
import { visible } from '../../sip/visible.js';
import type { OutcomeEvent } from './send-event.js';

/** The outcome as a sentence, and what the person may do about it. */
export function endingInWords(outcome: OutcomeEvent, { bold, green, yellow, red, dim }: Palette): string {
  const { status, reason, detail } = outcome;
  const after = `after ${outcome.attempts} ${outcome.attempts === 1 ? 'attempt' : 'attempts'}`;
  switch (outcome.outcome) {
    case 'accepted':
      return `${green(bold('accepted'))} with ${status ?? 200}, ${after}`;
    case 'cancelled':
      return `${yellow(bold('cancelled'))} ${after}: ${cancelInWords(detail)}`;
    case 'gaveUp': {
      const named = `${red(bold('gave up'))} ${after}: ${bold(reason ?? 'unknown')}`;
      const hint = HINTS.get(reason ?? '');
      const lines = [named, ...sentencesOf(reason, detail).map((text) => visible(text)), ...(hint ? [dim(hint)] : [])];
      return lines.join('\n  ');
    }
  }
}

function sentencesOf(reason: string | null, detail: OutcomeEvent['detail']): readonly string[] {
  const sentences = isReason(reason) ? [giveUpSentences[reason]] : [];
  if (detail === null) return sentences;
  return isBecause(detail) ? [...sentences, detail.because] : [...sentences, ...detailInWords(detail)];
}

function cancelInWords(detail: OutcomeEvent['detail']): string {
  const because = detail !== null && isBecause(detail) ? detail.because : 'cancelled';
  return CANCELS.get(because) ?? because;
}

const CANCELS: ReadonlyMap<string, string> = new Map([
  ['interrupted', 'Ctrl-C'],
  ['timeout', 'the time of --timeout is over'],
  ['ringTimeout', 'it rang for too long'],
]);

const HINTS: ReadonlyMap<string, string> = new Map<GiveUpReason, string>([
  ['noCredentials', 'give --user and a password: --password-file or the environment variable SIP_PASSWORD'],
]);

function isBecause(detail: NonNullable<OutcomeEvent['detail']>): detail is { readonly because: string } {
  return 'because' in detail;
}

function isReason(reason: string | null): reason is GiveUpReason {
  return giveUpReasons.some((name) => name === reason);
}
