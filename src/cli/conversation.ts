// The loop of a conversation: each answer is taken as the answer to the current request, which the one before produced.
import type { AskFor } from '../policy/action.js';
import { type Decision, decide } from '../policy/decide.js';
import type { LocalOutcome } from '../policy/facts-of.js';
import { withCredentials } from '../request/credential-rows.js';
import { leadsElsewhere } from '../request/first-hop.js';
import { beginRecord, composeNext, noteDecision, noteProvisional, type RequestRecord } from '../request/record.js';
import { isIdenticalCopy } from '../request/reoriginate.js';
import type { Challenge } from '../sip/challenge.js';
import type { Header, SipRequest, SipResponse } from '../sip/message.js';
import { answerTo } from './answers.js';
import { factsOfTurn } from './facts-of-turn.js';
import { mismatchesOf } from '../sip/mismatches.js';
import { topVia } from '../sip/via.js';
import type { GivenAnswer, GivenRequest } from './read-inputs.js';
import { computeRows, credentialRowsOf, keptRows } from './sent-request.js';
import type { Setting } from './setting.js';
import { UnusableInput } from './unusable-input.js';

/** One decision, and the request that follows from it. */
export interface DecisionTurn {
  readonly kind: 'decision';
  /** The attempt that was answered, counted from 1. */
  readonly attempt: number;
  /** What was answered: a response, or what took its place. */
  readonly outcome: SipResponse | LocalOutcome;
  readonly decision: Decision;
  /** Milliseconds to wait before the next request; 0 when nothing is waited for. */
  readonly delayMs: number;
  readonly notes: readonly string[];
  /** The request that was answered, as it was sent. */
  readonly answered: SipRequest;
  /** The next request, as it is sent; `null` when there is none or when somebody must be asked first. */
  readonly request: SipRequest | null;
  /** What somebody must be asked, when that is why there is no request. */
  readonly asking: AskFor | null;
}

export type Turn = DecisionTurn | { readonly kind: 'discarded'; readonly why: string };

/**
 * Every turn of a conversation, in order. Pure but for the chance that it is given.
 * @throws UnusableInput for an answer that comes after the end.
 */
export function converse(given: GivenRequest, answers: readonly GivenAnswer[], setting: Setting): readonly Turn[] {
  const turns: Turn[] = [];
  let state = begin(given, setting);
  for (const answer of answers) {
    if (answer.kind === 'discarded') {
      turns.push({ kind: 'discarded', why: answer.why });
      continue;
    }
    if (state.ended !== undefined) {
      throw new UnusableInput(
        answer.source,
        answer.line,
        `it comes after the end (${state.ended})`,
        'no further --response',
      );
    }
    if (answer.kind === 'response' && answer.response.status < 200) {
      state = noteProvisionalResponse(state, answer.response, answer.notes);
      continue;
    }
    const { turn, next } = takeTurn(state, answer, setting);
    turns.push(turn);
    state = next;
  }
  return turns;
}

/** What a 1xx leaves behind: a note on the next decision. */
export function provisionalNote({ status, reason }: SipResponse): string {
  return `${`${status} ${reason}`.trim()} came before`;
}

interface State {
  readonly record: RequestRecord;
  /** The current request with its credentials. */
  readonly sent: SipRequest;
  /** The credentials of the given request, and its Request-URI, to which they belong. */
  readonly given: { readonly rows: readonly Header[]; readonly uri: string };
  readonly challenged: readonly Challenge[];
  /** Whether a redirection leads to where the servers of the configuration are not (RFC 3261 §8.1.2). */
  readonly isElsewhere: boolean;
  readonly elapsedMs: number;
  /** For the next decision. */
  readonly notes: readonly string[];
  /** Why no further answer can come. */
  readonly ended: string | undefined;
}

function begin({ request, notes }: GivenRequest, { startedAt, keyring }: Setting): State {
  const record = beginRecord(request, startedAt);
  const rows = credentialRowsOf(request);
  keyring?.noteSent(request);
  const given = { rows, uri: request.uri };
  return { record, sent: request, given, challenged: [], isElsewhere: false, elapsedMs: 0, notes, ended: undefined };
}

function noteProvisionalResponse(state: State, response: SipResponse, notes: readonly string[]): State {
  return {
    ...state,
    record: noteProvisional(state.record, response.status),
    notes: [...state.notes, ...notes, ...mismatchesOf(state.sent, response), provisionalNote(response)],
  };
}

function takeTurn(
  state: State,
  answer: Exclude<GivenAnswer, { kind: 'discarded' }>,
  given: Setting,
): { readonly turn: DecisionTurn; readonly next: State } {
  const setting = state.isElsewhere ? withoutServers(given) : given;
  const { policy, startedAt } = setting;
  const outcome = answer.kind === 'response' ? answer.response : answer.outcome;
  const facts = factsOfTurn(outcome, state.record, state.elapsedMs, setting);
  const decided = decide(policy, facts);
  const noted = noteDecision(state.record, facts, decided, startedAt + state.elapsedMs);
  const delayMs = decided.action.type === 'wait' ? decided.action.delayMs : 0;
  const { asking } = noted;
  const answers = asking === null ? {} : answerTo(asking, decided.action, state.record.request, facts, setting.answers);
  const challenged = [...state.challenged, ...facts.response.challenges.map(({ challenge }) => challenge)];
  const composed =
    isLast(decided) || answers === undefined ? undefined : compose(noted, { ...state, challenged }, answers, setting);
  const decision = composed?.record.decision ?? decided;
  const request = composed === undefined || isLast(decision) ? null : composed.sent;
  const turn: DecisionTurn = {
    kind: 'decision',
    attempt: state.record.history.attempts,
    outcome,
    decision,
    delayMs: request === null ? 0 : delayMs,
    notes: [
      ...state.notes,
      ...notesOn(answer, state.sent),
      ...(request === null ? [] : transportNotes(decision, request)),
    ],
    answered: state.sent,
    request,
    asking: answers === undefined ? asking : null,
  };
  return {
    turn,
    next: {
      ...state,
      record: composed?.record ?? noted,
      sent: request ?? state.sent,
      challenged,
      isElsewhere: state.isElsewhere || (request !== null && leadsElsewhere(decision.action, turn.answered, request)),
      elapsedMs: state.elapsedMs + delayMs,
      notes: [],
      ended: request === null ? endOf(turn) : undefined,
    },
  };
}

function compose(
  noted: RequestRecord,
  state: State,
  given: NonNullable<ReturnType<typeof answerTo>>,
  { token, keyring }: Setting,
): { readonly record: RequestRecord; readonly sent: SipRequest } {
  const drawn = token();
  const record = composeNext(noted, { ...given, token: drawn });
  const { action } = noted.decision ?? {};
  // RFC 3263 §4.3: the copy for another server has the same credentials, octet for octet.
  if (action?.type === 'tryOtherServer' && isIdenticalCopy(record.request, action.reorigination)) {
    return { record, sent: withCredentials(record.request, credentialRowsOf(state.sent)) };
  }
  const { uri, rows } = state.given;
  const kept = record.request.uri === uri ? keptRows(rows, record, state.challenged, keyring) : [];
  const computed = keyring === undefined ? [] : computeRows(keyring, record, drawn);
  return { record, sent: withCredentials(record.request, [...kept, ...computed]) };
}

function withoutServers(setting: Setting): Setting {
  return { ...setting, client: { ...setting.client, servers: [] } };
}

function notesOn(answer: Exclude<GivenAnswer, { kind: 'discarded' }>, sent: SipRequest): readonly string[] {
  return answer.kind === 'outcome' ? [] : [...answer.notes, ...mismatchesOf(sent, answer.response)];
}

/** RFC 3329 §2.4: where TLS is agreed on, what follows is sent over TLS: the scheme is treated "as if it were sips, not sip". */
function transportNotes({ action }: Decision, { headers }: SipRequest): readonly string[] {
  if (action.type !== 'agreeSecurity' || action.chosen !== 'tls' || topVia(headers)?.transport === 'TLS') return [];
  return ['TLS was agreed on: send this request and all that follow over TLS (RFC 3329 §2.4)'];
}

function isLast({ action }: Decision): boolean {
  return action.type === 'accept' || action.type === 'giveUp';
}

function endOf({ attempt, decision, asking }: DecisionTurn): string {
  const { action } = decision;
  if (action.type === 'accept') return `attempt ${attempt} was accepted`;
  if (action.type === 'giveUp') return `attempt ${attempt} ended with giveUp ${action.reason}`;
  return `after attempt ${attempt} somebody must be asked for the ${asking}`;
}
