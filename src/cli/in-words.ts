// Actions, reasons and waits in words for people.
import type { Action, AskFor } from '../policy/action.js';
import { actionLabels } from '../policy/action-label.js';
import { conditionSentences } from '../policy/condition-sentence.js';
import type { Decision } from '../policy/decide.js';
import type { LocalOutcome } from '../policy/facts-of.js';
import type { Impact } from '../policy/impact.js';
import type { Learned } from '../policy/learned.js';
import type { GiveUpDetail } from '../policy/reason.js';
import { giveUpSentences } from '../policy/reason-sentence.js';
import type { RetryPolicy } from '../policy/rule.js';
import { unescape } from '../sip/challenge.js';
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

/** What is done, with the values that it is done with. */
export function actionInWords(action: Action): string {
  const values = valuesOf(action);
  const label = actionLabels[action.type];
  return values === '' ? label : `${label}: ${values}`;
}

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

/** `12 s`, `1 h 5 min`. */
export function durationInWords(milliseconds: number): string {
  if (milliseconds < 1_000) return `${milliseconds} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 59.995) return `${Number(seconds.toFixed(2))} s`;
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
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

function valuesOf(action: Action): string {
  switch (action.type) {
    case 'authenticate':
      return action.challenges
        .map(({ kind, realm }) => `${kind === 'proxy' ? 'proxy ' : ''}realm ${quoted(realm)}`)
        .join(', ');
    case 'agreeSecurity':
      return `${action.chosen}, of ${action.mechanisms.join(', ')}`;
    case 'raiseInterval':
      return `${action.header} ${action.seconds}${action.minSe === undefined ? '' : `, Min-SE ${action.minSe}`}`;
    case 'shrinkBody':
      return action.omit ? 'none' : '';
    case 'changeContent':
      return [...action.accept, ...action.encodings, ...action.languages].join(', ');
    case 'changeOffer':
      return action.warnings.length === 0 ? '' : `warning ${action.warnings.join(', ')}`;
    case 'changeUri':
    case 'tryOtherTarget':
      return action.uri;
    case 'dropExtensions':
    case 'addExtensions':
      return action.tags.join(', ');
    case 'changePriority':
      return action.accept.join(', ');
    case 'raiseMaxForwards':
      return String(action.value);
    case 'extendDigits':
      return `after ${action.dialled}`;
    case 'chooseTarget':
      return action.choices.join(', ');
    case 'wait':
      return `${durationInWords(action.delayMs)}, ${WAITS[action.basis]}, ${ORIGINS[action.reorigination]}`;
    case 'tryOtherServer':
      return `${action.server}, ${ORIGINS[action.reorigination]}`;
    case 'giveUp':
      return action.reason;
    case 'custom':
      return action.name;
    default:
      return '';
  }
}

const WAITS = {
  retryAfter: 'as Retry-After asks',
  glare: 'so that both sides do not collide again',
  backoff: 'since the server names no time',
} as const;

const ORIGINS = {
  retry: 'then the request amended',
  fresh: 'then as a new call',
  failover: 'with the same request',
} as const;

/** The numbers and names behind a reason. */
export function detailInWords(detail: GiveUpDetail = {}): readonly string[] {
  const { wanted, limit, value, found, notBefore, named } = detail;
  const said: string[] = [];
  if (wanted !== undefined) said.push(`the rule wanted ${wanted}`);
  if (limit !== undefined)
    said.push(`the limit ${limit} is ${value}${found === undefined ? '' : `, and this would be ${found}`}`);
  if (notBefore !== undefined) said.push(`the server asks not to be asked again for ${durationInWords(notBefore)}`);
  if (named !== undefined) said.push(`named: ${named.join(', ')}`);
  return said;
}

function quoted(realm = ''): string {
  return JSON.stringify(unescape(realm));
}
