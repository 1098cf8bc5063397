// Actions, waits and limits in words for people. Deciding needs none of it.
import type { Action } from './action.js';
import { actionLabels } from './action-label.js';
import type { GiveUpDetail } from './reason.js';
import { unescape } from '../sip/challenge.js';

/** What is done, with the values that it is done with. */
export function actionInWords(action: Action): string {
  const values = valuesOf(action);
  const label = actionLabels[action.type];
  return values === '' ? label : `${label}: ${values}`;
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
      return `${durationInWords(action.delayMs)}, ${WAITS[action.basis]}, ${AFTER_WAIT[action.reorigination]}`;
    case 'tryOtherServer':
      return `${action.server}, ${ELSEWHERE[action.reorigination]}`;
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

const AFTER_WAIT = { retry: 'then again', fresh: 'then as a new call' } as const;

const ELSEWHERE = { failover: 'with the same request', retry: 'with the next CSeq number' } as const;

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
