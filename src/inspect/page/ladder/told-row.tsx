// One row of the ladder: a message as an arrow, a decision, an outcome or a note as a card.
import { durationInWords } from '../../../policy/in-words.js';
import { visible } from '../../../sip/visible.js';
import type { ToldEntry } from '../flow/sorted-entries.js';
import { labelStart, laneName, type Lanes } from './lanes.js';

export const ROW = 46;
const ARROW_AT = 30;
const TIP = 8;

export interface ToldRowProps {
  readonly entry: ToldEntry;
  readonly lanes: Lanes;
  /** Not at the same moment as the row before. */
  readonly time: string;
}

export function ToldRow({ entry, lanes, time }: ToldRowProps) {
  return (
    <>
      <span class="time">{time}</span>
      <div class="told" style={{ width: `${lanes.width}px` }}>
        {lanes.names.map((name) => (
          <i key={name} class="lane" style={{ left: `${lanes.x(name)}px` }} />
        ))}
        {entry.type === 'message' ? <Arrow entry={entry} lanes={lanes} /> : <Card entry={entry} />}
      </div>
    </>
  );
}

function Arrow({ entry, lanes }: { readonly entry: Extract<ToldEntry, { type: 'message' }>; readonly lanes: Lanes }) {
  const [from, to] = [lanes.x(entry.from), lanes.x(entry.to)];
  const forth = from <= to ? 1 : -1;
  const end = entry.lost ? from + ((to - from) * 2) / 3 : to;
  const summary = visible(entry.summary);
  const shown = entry.lost ? `${summary} (lost)` : summary;
  return (
    <>
      <span class="summary" style={{ left: `${labelStart(shown, from, to, lanes.width)}px` }}>
        {shown}
      </span>
      <span class="visually-hidden">
        , {laneName(entry.from)} to {laneName(entry.to)}
      </span>
      <svg
        class={`arrow ${toneOf(entry.summary)}${entry.lost ? ' lost' : ''}`}
        width={lanes.width}
        height={ROW}
        aria-hidden="true"
      >
        <path d={`M${from},${ARROW_AT}H${end - (entry.lost ? 0 : forth * TIP)}`} />
        {entry.lost ? (
          <path class="cut" d={`M${end - 5},${ARROW_AT - 5}l10,10m0,-10l-10,10`} />
        ) : (
          <path class="tip" d={`M${end},${ARROW_AT}l${-forth * TIP},-4.5v9z`} />
        )}
      </svg>
    </>
  );
}

function Card({ entry }: { readonly entry: Exclude<ToldEntry, { type: 'message' }> }) {
  const { tone, title, detail } = cardOf(entry);
  return (
    <div class={`card ${tone}`}>
      <b>{title}</b>
      {detail === '' ? null : <span>{detail}</span>}
    </div>
  );
}

function cardOf(entry: Exclude<ToldEntry, { type: 'message' }>): { tone: string; title: string; detail: string } {
  switch (entry.type) {
    case 'decision': {
      const [action = ''] = entry.action.split(':');
      const wait = entry.delayMs > 0 ? `, ${durationInWords(Math.round(entry.delayMs))}` : '';
      const detail = `${entry.cite.join(', ')} · rule ${entry.rule}`;
      return { tone: decisionTone(entry.action), title: visible(`${entry.status} → ${action}${wait}`), detail };
    }
    case 'outcome':
      return {
        tone: entry.outcome,
        title: visible([OUTCOMES[entry.outcome], entry.status === null ? '' : `with ${entry.status}`].join(' ').trim()),
        detail: visible(`${isTold(entry) ? '' : `${entry.reason}, `}after ${counted(entry.attempts)}`),
      };
    case 'note':
      return { tone: 'note', title: visible(entry.text), detail: '' };
  }
}

/** Whether the outcome itself says the reason. */
function isTold({ reason, outcome }: Extract<ToldEntry, { type: 'outcome' }>): boolean {
  return reason === null || reason === outcome;
}

function counted(attempts: number): string {
  return `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;
}

const OUTCOMES = { accepted: 'accepted', gaveUp: 'gave up', cancelled: 'cancelled', unfinished: 'unfinished' } as const;

function decisionTone(action: string): string {
  if (action.startsWith('giveUp') || action.startsWith('give up')) return 'gaveUp';
  if (action.startsWith('accept')) return 'accepted';
  if (action.startsWith('wait')) return 'wait';
  return 'correct';
}

function toneOf(summary: string): string {
  const [, family] = /^(?:SIP\/2\.0 )?([1-6])\d\d\b/.exec(summary) ?? [];
  if (family === undefined) return 'request';
  return family === '2' ? 'accepted' : family === '1' ? 'provisional' : 'failure';
}
