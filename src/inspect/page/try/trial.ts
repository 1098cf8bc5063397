// What the policy would do: one turn of `sip-retry decide --json` without a configuration, worked out in the page.
import { decide, type Decision } from '../../../policy/decide.js';
import { factsOf, type LocalOutcome } from '../../../policy/facts-of.js';
import type { Limits } from '../../../policy/limits.js';
import type { RetryPolicy } from '../../../policy/rule.js';
import { changesBetween, type Change } from '../../../request/change.js';
import { answersOneOf, credentialsKind, withCredentials } from '../../../request/credential-rows.js';
import { beginRecord, composeNext, noteDecision } from '../../../request/record.js';
import { isIdenticalCopy } from '../../../request/reoriginate.js';
import type { SipRequest, SipResponse } from '../../../sip/message.js';
import { mismatchesOf } from '../../../sip/mismatches.js';
import { readMessage, type ReadNote } from '../../../sip/read-message.js';
import { writeMessage } from '../../../sip/write-message.js';
import { seededRandom, seededToken } from '../../../timing/random.js';
import { toldDecision } from '../../../simulator/told-decision.js';

export interface TrialInput {
  readonly request: string;
  /** The text of a response, or what took its place. */
  readonly answer: { readonly text: string } | { readonly outcome: LocalOutcome };
}

export interface TrialSetting {
  readonly policy: RetryPolicy;
  readonly limits: Limits;
  readonly seed: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

export type Trial =
  | { readonly kind: 'unusable'; readonly why: string }
  | { readonly kind: 'undecided'; readonly why: string }
  | {
      readonly kind: 'decided';
      readonly decision: Decision;
      readonly told: ToldTurn;
      readonly changes: readonly Change[];
    };

/** As `sip-retry decide --json` prints it. */
export interface ToldTurn extends Pick<
  Decision,
  'status' | 'treatedAs' | 'action' | 'impact' | 'aftermath' | 'rule' | 'cite' | 'trace'
> {
  readonly attempt: number;
  readonly delayMs: number;
  readonly notes: readonly string[];
  readonly request: string | null;
}

/** Total: whatever was written, there is a decision or a sentence. */
export function tryOut(input: TrialInput, setting: TrialSetting): Trial {
  const sent = readMessage(normalised(input.request));
  if (sent.kind !== 'request') {
    const why = 'why' in sent ? `line ${sent.line}: ${sent.why}` : 'a response stands where a request belongs';
    return { kind: 'unusable', why: `The request cannot be read, ${why}.` };
  }
  if ('outcome' in input.answer) return turnOf(sent.request, input.answer.outcome, sent.notes, [], setting);
  const came = readMessage(normalised(input.answer.text));
  if (came.kind === 'discarded') return { kind: 'undecided', why: `The response is discarded: ${came.why}.` };
  if (came.kind !== 'response') {
    const why = 'why' in came ? `line ${came.line}: ${came.why}` : 'a request stands where a response belongs';
    return { kind: 'unusable', why: `The response cannot be read, ${why}.` };
  }
  if (came.response.status < 200) {
    return { kind: 'undecided', why: 'A provisional response asks for no decision (RFC 3261 §7.2).' };
  }
  return turnOf(sent.request, came.response, sent.notes, came.notes, setting);
}

function turnOf(
  sent: SipRequest,
  outcome: SipResponse | LocalOutcome,
  sentNotes: readonly ReadNote[],
  cameNotes: readonly ReadNote[],
  { policy, limits, seed, now }: TrialSetting,
): Trial {
  const record = beginRecord(sent, now);
  const facts = factsOf(record.request, outcome, record.history, {
    client: {},
    limits,
    elapsedMs: 0,
    random: seededRandom(seed)(),
    now,
  });
  const decided = decide(policy, facts);
  const noted = noteDecision(record, facts, decided, now);
  const composed =
    isLast(decided) || noted.asking !== null ? undefined : composeNext(noted, { token: seededToken(seed)() });
  const decision = composed?.decision ?? decided;
  const challenged = facts.response.challenges.map(({ challenge }) => challenge);
  const next =
    composed === undefined || isLast(decision) ? null : withKept(composed.request, sent, decided, challenged);
  return {
    kind: 'decided',
    decision,
    told: {
      attempt: record.history.attempts,
      ...toldDecision(decision),
      delayMs: next === null || decided.action.type !== 'wait' ? 0 : decided.action.delayMs,
      notes: [
        ...sentNotes.map((note) => noteOn('request', note)),
        ...cameNotes.map((note) => noteOn('response', note)),
        ...(typeof outcome === 'string' ? [] : mismatchesOf(sent, outcome)),
      ],
      request: next === null ? null : writeMessage(next),
    },
    changes: next === null ? [] : changesBetween(sent, next),
  };
}

/** The credentials that the request was written with stay, where nobody has challenged them. */
function withKept(
  next: SipRequest,
  sent: SipRequest,
  { action }: Decision,
  challenged: Parameters<typeof answersOneOf>[1],
): SipRequest {
  const rows = sent.headers.filter(([name]) => credentialsKind(name) !== undefined);
  // RFC 3263 §4.3: the copy for another server has the same credentials, octet for octet.
  if (action.type === 'tryOtherServer' && isIdenticalCopy(next, action.reorigination))
    return withCredentials(next, rows);
  return withCredentials(next, next.uri === sent.uri ? rows.filter((row) => !answersOneOf(row, challenged)) : []);
}

function isLast({ action }: Decision): boolean {
  return action.type === 'accept' || action.type === 'giveUp';
}

function noteOn(source: string, { line, text }: ReadNote): string {
  return `${source}, line ${line}: ${text}`;
}

/** A text field gives line feeds alone; a message that nobody ended is ended here. */
function normalised(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replace(/^\n+/, '');
  const ended = /\n\n/.test(lines) ? lines : `${lines.replace(/\n+$/, '')}\n\n`;
  return ended.replaceAll('\n', '\r\n');
}
