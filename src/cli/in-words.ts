// Actions, reasons and waits in words for people.
import type { AskFor } from '../policy/action.js';
import { conditionSentences } from '../policy/condition-sentence.js';
import type { Decision } from '../policy/decide.js';
import type { LocalOutcome } from '../policy/facts-of.js';
import type { Impact } from '../policy/impact.js';
import { detailInWords } from '../policy/in-words.js';
import type { Learned } from '../policy/learned.js';
import { giveUpSentences } from '../policy/reason-sentence.js';
import type { RetryPolicy } from '../policy/rule.js';
import type { SipResponse } from '../sip/message.js';
import { phraseOf } from '../sip/status-code.js';

/** What was answered, in one line: `423 Interval Too Brief`. */
export function outcomeInWords(outcome: SipResponse | LocalOutcome): string {
  if (typeof outcome !== 'string') return `${outcome.status} ${outcome.reason || phraseOf(outcome.status)}`.trim();
  return LOCAL[outcome];
}

const LOCAL: { readonly [K in LocalOutcome]: string } = {
  timeout: 'no response in time',
  transportError: 'transport error',
  restart: 'restart with the request in flight',
};

/** Why: the sentence of the reason, or the conditions that held. */
export function whyInWords({ action, rule }: Decision, policy: RetryPolicy): string {
  if (action.type === 'giveUp') return [giveUpSentences[action.reason], ...detailInWords(action.detail)].join('; ');
  const [, key = '', row = '1'] = /^(.*)#(\d+)$/.exec(rule) ?? [];
  const names = policy.entries[key]?.rules[Number(row) - 1]?.when ?? [];
  if (names.length === 0) return action.type === 'accept' ? 'the request succeeded' : 'no earlier row applies';
  return names.map((name) => conditionSentences[name]).join('; ');
}

/** What a refusal ends (RFC 5057 §5.1). */
export function impactInWords(impact: Impact): string {
  return IMPACTS[impact];
}

const IMPACTS: { readonly [K in Impact]: string } = {
  transaction: 'ends this transaction only',
  usage: 'ends the dialog usage',
  dialog: 'ends the dialog',
};

/** What the next request should know: `minExpires 1800`. */
export function learnedInWords(learned: Learned): string {
  return Object.entries(learned)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join('; ');
}

/** What somebody must be asked for before there is a next request. */
export function questionInWords(asking: AskFor): string {
  return QUESTIONS[asking];
}

const QUESTIONS: { readonly [K in AskFor]: string } = {
  credentials: 'a user name and a password are needed ("credentials" in the configuration)',
  digits: 'more digits are needed ("answers.digits" in the configuration)',
  target: 'one of the addresses must be chosen ("answers.target" in the configuration)',
  body: 'another body is needed ("answers.bodies" in the configuration)',
  headers: 'the application must give new header fields',
  confirmation: 'a person must confirm it ("answers.confirm" in the configuration)',
};
