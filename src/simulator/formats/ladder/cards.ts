// Decisions and outcomes in words: what is done, why, and by which section.
import type { ActionType } from '../../../policy/action.js';
import { conditionSentences } from '../../../policy/condition-sentence.js';
import { actionInWords, detailInWords } from '../../../policy/in-words.js';
import type { GiveUpReason } from '../../../policy/reason.js';
import { giveUpSentences } from '../../../policy/reason-sentence.js';
import type { CancelReason } from '../../../uac/uac-outcome.js';
import type { DecisionEvent, OutcomeEvent } from '../../transcript.js';
import type { CardRow, Tone } from './ladder-row.js';

/** The card of a decision after which the request goes on, or that no outcome follows. */
export function decisionCard(decision: DecisionEvent): CardRow {
  const { at, request, action } = decision;
  return {
    kind: 'card',
    at,
    request,
    tone: toneOf(action.type),
    title: action.type === 'giveUp' ? 'give up' : actionInWords(action),
    why: whyOf(decision),
    source: sourceOf(decision),
    decision,
  };
}

/** The card of an outcome, with the decision that led to it. */
export function outcomeCard(outcome: OutcomeEvent, decision?: DecisionEvent): CardRow {
  const { at, request } = outcome;
  return {
    kind: 'card',
    at,
    request,
    tone: TONES[outcome.outcome],
    title: `${TITLES[outcome.outcome]}${outcome.status === null ? '' : ` with ${outcome.status}`}${afterAttempts(outcome)}`,
    why: decision === undefined ? outcomeReason(outcome) : whyOf(decision),
    source: decision === undefined ? (outcome.cite ?? []).join(', ') : sourceOf(decision),
    outcome,
    ...(decision === undefined ? {} : { decision }),
  };
}

/** The sentence of the reason, or the conditions of the row that was taken. */
function whyOf({ action, trace, notes }: DecisionEvent): string {
  const why =
    action.type === 'giveUp' ? [giveUpSentences[action.reason], ...detailInWords(action.detail)] : held(trace);
  if (action.type === 'accept') return ['the request succeeded', ...notes].join('; ');
  return [...(why.length === 0 ? ['no earlier row applies'] : why), ...notes].join('; ');
}

/** The conditions of the row that was taken stand behind the last one that did not hold. */
function held(trace: DecisionEvent['trace']): readonly string[] {
  const last = trace.findLastIndex((condition) => !condition.held);
  return trace.slice(last + 1).map(({ condition }) => conditionSentences[condition]);
}

function sourceOf({ cite, rule, status, treatedAs }: DecisionEvent): string {
  const treated = status === treatedAs ? '' : `, ${status} treated as ${treatedAs}`;
  return `${cite.join(', ')} (rule ${rule}${treated})`;
}

function afterAttempts({ attempts }: OutcomeEvent): string {
  return ` after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;
}

function outcomeReason({ outcome, reason, detail }: OutcomeEvent): string {
  if (reason !== null) return [sentenceOf(reason), ...detailInWords(detail ?? undefined)].join('; ');
  return outcome === 'unfinished' ? 'the scenario ended before the request did' : '';
}

function sentenceOf(reason: GiveUpReason | CancelReason): string {
  return isCancelReason(reason) ? CANCELLED[reason] : giveUpSentences[reason];
}

function isCancelReason(reason: GiveUpReason | CancelReason): reason is CancelReason {
  return reason in CANCELLED;
}

const CANCELLED: { readonly [K in CancelReason]: string } = {
  cancelled: 'nobody wanted the answer any more',
  aborted: 'the application aborted it',
  vetoed: 'the application did not let it go',
  beforeSendFailure: 'the application failed when it was asked before it was sent',
  superseded: 'the registration was removed meanwhile',
  ringTimeout: 'the call rang for too long',
  stopped: 'the client was stopped',
  storeFailure: 'it could not be stored before it was sent',
};

const TITLES: { readonly [K in OutcomeEvent['outcome']]: string } = {
  accepted: 'accepted',
  gaveUp: 'gave up',
  cancelled: 'cancelled',
  unfinished: 'unfinished',
};

const TONES: { readonly [K in OutcomeEvent['outcome']]: Tone } = {
  accepted: 'accepted',
  gaveUp: 'gaveUp',
  cancelled: 'cancelled',
  unfinished: 'cancelled',
};

function toneOf(type: ActionType): Tone {
  switch (type) {
    case 'accept':
      return 'accepted';
    case 'giveUp':
      return 'gaveUp';
    case 'wait':
      return 'wait';
    case 'tryOtherServer':
    case 'tryOtherTarget':
      return 'elsewhere';
    default:
      return 'correct';
  }
}
