// A conversation as a ladder: the UAC on the left, the server on the right, each decision between the arrows.
import type { SipRequest } from '../sip/message.js';
import { parseUri } from '../sip/uri.js';
import { provisionalNote, type Turn } from './conversation.js';
import { outcomeInWords } from './in-words.js';
import { LadderDrawing, type LadderLayout } from './ladder-drawing.js';
import type { GivenAnswer } from './read-inputs.js';

/** What is drawn. */
export interface LadderContent {
  readonly request: SipRequest;
  /** The server in use at first; by default the host of the Request-URI. */
  readonly server?: string | undefined;
  readonly answers: readonly GivenAnswer[];
  /** The turns of the same conversation. */
  readonly turns: readonly Turn[];
}

/** The whole ladder as text, its last line ended. */
export function ladderOf({ request, server, answers, turns }: LadderContent, layout: LadderLayout): string {
  const ladder = new LadderDrawing(layout);
  ladder.heads(server ?? `sip:${parseUri(request.uri)?.host ?? request.uri}`);
  ladder.request(request);
  const left = [...turns];
  // A 1xx has an arrow of its own and needs no note.
  const drawn = new Set<string>();
  for (const answer of answers) {
    if (answer.kind === 'response') ladder.response(answer.response);
    else ladder.event(answer.kind === 'outcome' ? outcomeInWords(answer.outcome) : `discarded: ${answer.why}`);
    if (answer.kind === 'response' && answer.response.status < 200) {
      drawn.add(provisionalNote(answer.response));
      continue;
    }
    const turn = left.shift();
    if (turn?.kind === 'decision') ladder.decision({ ...turn, notes: turn.notes.filter((note) => !drawn.has(note)) });
  }
  return ladder.take();
}
