// A row of a ladder as one sentence: what a picture is called where it cannot be seen.
import type { WriteMoment } from '../moment.js';
import type { LadderRow } from './ladder-row.js';

export function rowInWords(row: LadderRow, moment: WriteMoment): string {
  const at = `${moment(row.at)} s`;
  switch (row.kind) {
    case 'message': {
      const { from, to, summary, transport, retransmission, lost } = row.message;
      const fate = lost === undefined ? '' : `, ${FATES[lost]}`;
      return `${at}, ${nameOf(from)} to ${nameOf(to)} over ${transport}: ${summary}${retransmission ? ', a retransmission' : ''}${fate}`;
    }
    case 'arrival':
      return `${at}, ${row.message.summary} arrives${row.isCopy ? ' again' : ''} at ${nameOf(row.message.to)}`;
    case 'card':
      return [`${at}, ${row.title}`, row.why, row.source].filter((part) => part !== '').join('. ');
    case 'note':
      return `${at}, ${nameOf(row.party)}: ${row.text}`;
    case 'gap':
      return `${row.text} pass`.replace(/^(.*?), (.*) pass$/, '$1 pass, $2');
  }
}

const nameOf = (party: string): string => (party === 'uac' ? 'UAC' : party);

const FATES = { network: 'lost in the network', down: 'the server is down', refused: 'refused' } as const;
