// What a ladder consists of, whatever it is drawn with: messages, cards, notes and gaps, in order of time.
import type { DecisionEvent, OutcomeEvent, Party, PassingMessage } from '../../transcript.js';

/** A transcript as rows between lanes. */
export interface Ladder {
  readonly lanes: readonly Party[];
  readonly rows: readonly LadderRow[];
  /** The ids of its requests, in the order of their first event. */
  readonly requests: readonly string[];
  /** The moment of the last row. */
  readonly lastAt: number;
}

export type LadderRow = MessageRow | ArrivalRow | CardRow | NoteRow | GapRow;

interface Row {
  /** Milliseconds since the start. */
  readonly at: number;
  /** The request that it belongs to, if it belongs to one. */
  readonly request?: string | undefined;
}

/** A message leaves its sender; unless it is crossing or lost, it arrives before anything else happens. */
export interface MessageRow extends Row {
  readonly kind: 'message';
  readonly message: PassingMessage;
  /** Header fields that the retry is about. */
  readonly headers: readonly string[];
  /** Something else happens before it arrives: its arrival has a row of its own. */
  readonly isCrossing: boolean;
}

/** A message arrives late, or once more. */
export interface ArrivalRow extends Row {
  readonly kind: 'arrival';
  readonly message: PassingMessage;
  readonly isCopy: boolean;
}

/** What a colour says: the request goes on at once, later, or elsewhere, or ends well, badly, or by the user's wish. */
export type Tone = 'correct' | 'wait' | 'elsewhere' | 'accepted' | 'gaveUp' | 'cancelled';

/** A decision or an outcome, below the UAC. */
export interface CardRow extends Row {
  readonly kind: 'card';
  readonly tone: Tone;
  readonly title: string;
  readonly why: string;
  /** Sections and the rule. */
  readonly source: string;
  readonly decision?: DecisionEvent;
  readonly outcome?: OutcomeEvent;
}

/** One sentence below a party. */
export interface NoteRow extends Row {
  readonly kind: 'note';
  readonly party: string;
  readonly text: string;
}

/** Time in which nothing happens. */
export interface GapRow extends Row {
  readonly kind: 'gap';
  readonly ms: number;
  /** `30 s, as Retry-After says`. */
  readonly text: string;
}
