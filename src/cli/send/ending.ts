// How it ended, for people: one or two lines.
import { giveUpSentences } from '../../policy/reason-sentence.js';
import type { GiveUpReason } from '../../policy/reason.js';
import { giveUpReasons } from '../../policy/reason.js';
import type { Palette } from '../palette.js';
import { visible } from '../visible.js';
import type { OutcomeEvent } from './send-event.js';

/** The outcome as a sentence. */
export function endingInWords(outcome: OutcomeEvent, colours: Palette): string {
  const attempts = `${outcome.attempts} ${outcome.attempts === 1 ? 'attempt' : 'attempts'}`;
  switch (outcome.outcome) {
    case 'accepted':
      return `${colours.green(colours.bold('accepted'))} with ${outcome.status ?? 200}, after ${attempts}`;
    case 'cancelled':
      return `${colours.yellow(colours.bold('cancelled'))}, after ${attempts}${because(outcome)}`;
    case 'gaveUp': {
      const { reason } = outcome;
      const sentence = isReason(reason) ? `: ${giveUpSentences[reason]}` : '';
      return `${colours.red(colours.bold('gave up'))} (${reason ?? 'unknown'}), after ${attempts}${sentence}${numbers(outcome)}`;
    }
  }
}

function because({ detail }: OutcomeEvent): string {
  return detail !== null && 'because' in detail ? ` (${detail.because})` : '';
}

function numbers({ detail }: OutcomeEvent): string {
  if (detail === null || 'because' in detail) return '';
  const parts = [
    detail.limit === undefined ? '' : `${detail.limit} is ${detail.value ?? '?'}`,
    detail.found === undefined ? '' : `found ${detail.found}`,
    detail.notBefore === undefined ? '' : `not before ${detail.notBefore / 1000} s`,
    detail.named === undefined ? '' : visible(detail.named.join(', ')),
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}

function isReason(reason: string | null): reason is GiveUpReason {
  return giveUpReasons.some((name) => name === reason);
}
