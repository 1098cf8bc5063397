// A conversation as text for people: what came, what is done, why, and the next request.
import type { ActionType } from '../policy/action.js';
import { conditionSentences } from '../policy/condition-sentence.js';
import type { Decision } from '../policy/decide.js';
import type { RetryPolicy } from '../policy/rule.js';
import type { SipRequest } from '../sip/message.js';
import type { DecisionTurn, Turn } from './conversation.js';
import { actionInWords, durationInWords } from '../policy/in-words.js';
import { impactInWords, learnedInWords, outcomeInWords, questionInWords, whyInWords } from './in-words.js';
import { diffOf, linesOf } from './message-diff.js';
import type { Palette } from './palette.js';
import { visible } from '../sip/visible.js';
import { wrap } from './wrapped.js';

/** How text is laid out. */
export interface Layout {
  readonly colours: Palette;
  /** Characters in a line; messages are never broken. */
  readonly width: number;
  /** The policy that decided, for the words of its rows. */
  readonly policy: RetryPolicy;
}

/** One turn as text, its last line ended. */
export function turnAsText(turn: Turn, layout: Layout): string {
  const lines = turn.kind === 'discarded' ? discarded(turn.why, layout) : decided(turn, layout);
  return `${lines.join('\n')}\n`;
}

/** The colour of an action: the end in green or red, time in yellow, what is sent at once in cyan. */
export function paintType(type: ActionType, colours: Palette): (text: string) => string {
  if (type === 'accept') return colours.green;
  if (type === 'giveUp') return colours.red;
  return type === 'wait' ? colours.yellow : colours.cyan;
}

const LABEL = 12;

function decided(turn: DecisionTurn, layout: Layout): readonly string[] {
  const { attempt, answered, outcome, decision, notes, request, asking } = turn;
  const { colours, policy } = layout;
  const { action, cite, rule } = decision;
  const treated = decision.treatedAs === decision.status ? '' : colours.dim(` (treated as ${decision.treatedAs})`);
  return [
    colours.dim(visible(`Attempt ${attempt}: ${answered.method} ${answered.uri}`)),
    `${colours.bold(visible(outcomeInWords(outcome)))}${treated} → ${colours.bold(paintType(action.type, colours)(action.type))}`,
    '',
    ...field('action', actionInWords(action), layout),
    ...field('why', whyInWords(decision, policy), layout),
    ...field('sections', `${cite.join(', ')} (rule ${rule})`, layout),
    ...conditionsLookedAt(decision, layout),
    ...field('impact', `${impactInWords(decision.impact)}${AFTERMATHS[decision.aftermath]}`, layout),
    ...(decision.learned === undefined ? [] : field('learned', learnedInWords(decision.learned), layout)),
    ...notes.flatMap((note, index) => field(index === 0 ? 'notes' : '', note, layout)),
    ...(asking === null ? [] : field('to ask', questionInWords(asking), layout)),
    ...(request === null ? [] : nextRequest(turn, request, layout)),
  ];
}

function discarded(why: string, layout: Layout): readonly string[] {
  return field('discarded', why, layout);
}

function conditionsLookedAt({ trace }: Decision, layout: Layout): readonly string[] {
  const { colours } = layout;
  return trace.flatMap(({ condition, held }, index) => {
    const mark = held ? '✓' : '✗';
    const [first = '', ...more] = field(
      index === 0 ? 'conditions' : '',
      `${mark} ${condition}: ${conditionSentences[condition]}`,
      layout,
      2,
    );
    return [first.replace(mark, held ? colours.green(mark) : colours.dim(mark)), ...more];
  });
}

const AFTERMATHS = {
  none: '',
  sendBye: '; a BYE is to be sent',
  dropSubscription: '; the subscription is to be dropped',
} as const;

function nextRequest(turn: DecisionTurn, request: SipRequest, { colours }: Layout): readonly string[] {
  const changes = diffOf(turn.answered, request).map(({ sign, line }) => {
    const text = `    ${sign} ${visible(line)}`;
    return sign === '+' ? colours.green(text) : colours.red(text);
  });
  return [
    '',
    colours.bold('  changes'),
    ...changes,
    '',
    colours.bold(`  next request${whenAndWhere(turn)}`),
    ...linesOf(request).map((line) => `    ${visible(line)}`.trimEnd()),
  ];
}

function whenAndWhere({ decision: { action }, delayMs }: DecisionTurn): string {
  if (action.type === 'tryOtherServer') return `, to ${visible(action.server)}`;
  return delayMs === 0 ? '' : `, after ${durationInWords(delayMs)}`;
}

/** A label and a text, which is wrapped beside it. */
function field(label: string, text: string, { colours, width }: Layout, hanging = 0): readonly string[] {
  const room = Math.max(20, width - LABEL - 2);
  return wrap(visible(text), room - hanging).map((line, index) => {
    const head = (index === 0 ? label : '').padEnd(LABEL);
    return `  ${head.trim() === '' ? head : colours.dim(head)}${index === 0 ? '' : ' '.repeat(hanging)}${line}`.trimEnd();
  });
}
