// What a row of the page shows when it is opened: the whole message, or what a decision looked at.
import { actionLabels } from '../../../policy/action-label.js';
import { conditionSentences } from '../../../policy/condition-sentence.js';
import type { DecisionEvent, PassingMessage } from '../../transcript.js';
import type { LadderRow } from '../ladder/ladder-row.js';
import { escapeLine, escapeLines } from '../markup.js';
import type { WriteMoment } from '../moment.js';

/** The markup behind a row; undefined where the row says everything. */
export function detailsOf(row: LadderRow, moment: WriteMoment): string | undefined {
  if (row.kind === 'message') return messageDetails(row.message, moment);
  if (row.kind === 'card' && row.decision !== undefined) return decisionDetails(row.decision);
  return undefined;
}

function messageDetails({ id, transport, from, to, at, arrivals, text }: PassingMessage, moment: WriteMoment): string {
  const arrived =
    arrivals.length === 0 ? 'never arrived' : `arrived at ${arrivals.map((one) => `${moment(one)} s`).join(' and ')}`;
  return [
    `<h2>Message ${id}: ${escapeLine(nameOf(from))} to ${escapeLine(nameOf(to))} over ${transport}, left at ${moment(at)} s, ${arrived}</h2>`,
    `<pre tabindex="0" dir="ltr">${escapeLines(text.trimEnd())}</pre>`,
  ].join('');
}

function decisionDetails({
  action,
  attempt,
  status,
  treatedAs,
  rule,
  cite,
  trace,
  notes,
  impact,
}: DecisionEvent): string {
  const treated = status === treatedAs ? '' : ` (treated as ${treatedAs})`;
  const looked = trace.map(({ condition, held }) => {
    const mark = held ? '✓' : '✗';
    return `<li>${mark} <b>${escapeLine(condition)}</b>: ${escapeLine(conditionSentences[condition])}${held ? '' : ' <span class="hide">(does not hold)</span>'}</li>`;
  });
  return [
    `<h2>${status}${treated} after attempt ${attempt}: ${escapeLine(action.type)}, ${escapeLine(actionLabels[action.type])}</h2>`,
    `<p>Rule ${escapeLine(rule)}, ${escapeLine(cite.join(', '))}${action.type === 'giveUp' ? `; it ends ${IMPACTS[impact]}` : ''}.</p>`,
    looked.length === 0 ? '' : `<p>The conditions, in order:</p><ul>${looked.join('')}</ul>`,
    ...notes.map((note) => `<p>${escapeLine(note)}</p>`),
  ].join('');
}

const nameOf = (party: string): string => (party === 'uac' ? 'UAC' : party);

const IMPACTS: { readonly [K in DecisionEvent['impact']]: string } = {
  transaction: 'this transaction only',
  usage: 'the dialog usage',
  dialog: 'the dialog',
};
