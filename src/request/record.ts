// Everything that is known of one logical request, as plain JSON: saved and restored at any point, it has the same future.
import type { Materials } from './materials.js';
import type { Change } from './change.js';
import { leadsElsewhere } from './first-hop.js';
import { readCredentialsOf } from './sent-credentials.js';
import { goesElsewhere, rewriteBare } from './rewrite.js';
import { noteInHistory } from './note-in-history.js';
import { noteTarget } from './note-target.js';
import { type Action, actionCosts, type AskFor, askOf } from '../policy/action.js';
import { type Decision, decide } from '../policy/decide.js';
import { factsOf, factsOnDemand, type FactsOptions, type LocalOutcome } from '../policy/facts-of.js';
import type { Facts } from '../policy/facts.js';
import { emptyHistory, type History } from '../policy/history.js';
import { sameRealm } from '../policy/challenge-choice.js';
import type { Challenge } from '../sip/challenge.js';
import type { RetryPolicy } from '../policy/rule.js';
import type { SipRequest, SipResponse } from '../sip/message.js';

/** A moment that the host must report when it has passed. */
export interface Deadline {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly for: 'wait' | 'ask' | 'cancel';
}

/** Everything that is known of one logical request. */
export interface RequestRecord {
  /** The request of the attempt in progress or, while something is waited for, of the last one. Without credentials. */
  readonly request: SipRequest;
  /** The challenges whose answers go into every further attempt, the latest of each protection space. */
  readonly challenges: readonly Challenge[];
  readonly history: History;
  /** When the first attempt began; epoch milliseconds. */
  readonly startedAt: number;
  /** The last decision, and what it changed in the request once that is written. */
  readonly decision: Decision | null;
  readonly changes: readonly Change[];
  /** What the application is being asked. */
  readonly asking: AskFor | null;
  readonly deadline: Deadline | null;
  /** The Route that a 305 has put first into `request`; it goes when another target is tried (RFC 3261 §21.3.4). */
  readonly proxyRoute?: string;
}

/** The record of a request that is about to be sent for the first time. Credentials in it count as sent. */
export function beginRecord(request: SipRequest, at: number): RequestRecord {
  const { bare, challenges, answered } = readCredentialsOf(request);
  return {
    request: bare,
    challenges,
    history: { ...emptyHistory, answered, targetsTried: [request.uri] },
    startedAt: at,
    decision: null,
    changes: [],
    asking: null,
    deadline: null,
  };
}

/**
 * Notes a provisional response. Ringing forbids fail-over (RFC 3263 §4.3); nothing else follows from it, and it proves
 * nothing about credentials.
 */
export function noteProvisional(record: RequestRecord, status: number): RequestRecord {
  const { provisional } = record.history;
  const next = status === 100 && provisional !== 'alerting' ? 'trying' : 'alerting';
  return next === provisional ? record : { ...record, history: { ...record.history, provisional: next } };
}

/** Notes what was decided on the outcome of the attempt, and what it waits for. */
export function noteDecision(record: RequestRecord, facts: Facts, decision: Decision, at: number): RequestRecord {
  const { action } = decision;
  const asking = askOf(action);
  return {
    ...record,
    history: noteInHistory(record.history, facts, action),
    challenges: 'challenges' in action ? mergeChallenges(record.challenges, action.challenges) : record.challenges,
    decision,
    changes: [],
    asking,
    deadline: deadlineOf(action, asking, facts, at),
  };
}

/**
 * Decides on the outcome of the attempt at this moment (epoch milliseconds), and notes it. It is what `noteDecision`
 * gives with all the facts of the record, but only those are read that the rules look at, which saves a third of the
 * time. How long the request has been going on is known from the record.
 */
export function noteOutcome(
  record: RequestRecord,
  policy: RetryPolicy,
  outcome: SipResponse | LocalOutcome,
  at: number,
  options: FactsOptions = {},
): RequestRecord {
  // A policy's own conditions may do with facts what they like, so that theirs are plain data.
  const read = policy.conditions === undefined ? factsOnDemand : factsOf;
  const known = { elapsedMs: at - record.startedAt, now: at, ...options };
  const facts = read(record.request, outcome, record.history, known);
  return noteDecision(record, facts, decide(policy, facts), at);
}

/** Whether the next request can be written at once: it is not written yet, nothing is asked and nothing is waited for. */
export function isComposable(record: RequestRecord): boolean {
  return record.changes.length === 0 && sendsAtOnce(record);
}

/** Whether the next request follows from the decision alone: nothing is asked and nothing is waited for. */
export function sendsAtOnce({ decision, asking }: RequestRecord): boolean {
  if (decision === null || asking !== null) return false;
  return decision.action.type !== 'wait' && sends(decision.action);
}

/**
 * Writes the next request from the decision, the materials and what the application answered; without credentials,
 * which are computed when it is sent. When nothing changed in what the response complained about, the decision becomes
 * to give up: "SHOULD NOT retry the same request without modification" (RFC 3261 §21.4). A record whose decision sends
 * nothing stays as it is.
 */
export function composeNext(record: RequestRecord, materials: Materials): RequestRecord {
  const { decision, proxyRoute: route } = record;
  if (decision === null || !sends(decision.action)) return record;
  const known = route === undefined ? materials : { ...materials, proxyRoute: route };
  const { request, changes, progressed, proxyRoute } = rewriteBare(record.request, decision.action, known);
  if (!progressed) return { ...record, asking: null, deadline: null, decision: withoutProgress(decision) };
  const history = noteSent(serversFor(record, decision.action, request), request);
  const sent = withProxyRoute({ ...record, asking: null, deadline: null, request, changes, history }, proxyRoute);
  if (goesElsewhere(decision.action, record.request, request)) return withChallenges(sent, isForProxy);
  // RFC 3261 §22.3: credentials for a proxy "MUST NOT be cached across dialogs".
  return isNewCall(decision.action) ? withChallenges(sent, isForUser) : sent;
}

type HistoryInTheMaking = { -readonly [K in keyof History]: History[K] };

function sends(action: Action): boolean {
  return actionCosts[action.type] !== 'none';
}

/** The same decision, ending where it would have repeated the request as it was. */
function withoutProgress(decision: Decision): Decision {
  const action = { type: 'giveUp', reason: 'cannotCorrect', detail: { wanted: decision.action.type } } as const;
  return { ...decision, action };
}

function noteSent(history: History, { uri }: SipRequest): History {
  return noteTarget({ ...history, attempts: history.attempts + 1, provisional: 'none' }, uri);
}

function withProxyRoute(record: RequestRecord, proxyRoute: string | undefined): RequestRecord {
  if (record.proxyRoute === proxyRoute) return record;
  if (proxyRoute !== undefined) return { ...record, proxyRoute };
  const direct: { -readonly [K in keyof RequestRecord]: RequestRecord[K] } = { ...record };
  delete direct.proxyRoute;
  return direct;
}

/** The servers that were tried are those of one first hop: a request that is redirected to another one has others. */
function serversFor({ history, request }: RequestRecord, action: Action, next: SipRequest): History {
  if (history.server === undefined || !leadsElsewhere(action, request, next)) return history;
  const anew: HistoryInTheMaking = { ...history, serversTried: [] };
  delete anew.server;
  return anew;
}

/** Who did not ask gets no credentials; if it does ask, it has not refused any. */
function withChallenges(record: RequestRecord, stays: (challenge: Pick<Challenge, 'kind'>) => boolean): RequestRecord {
  const { challenges, history } = record;
  if (challenges.every(stays) && history.answered.every(stays)) return record;
  return {
    ...record,
    challenges: challenges.filter(stays),
    history: { ...history, answered: history.answered.filter(stays) },
  };
}

function isForProxy({ kind }: Pick<Challenge, 'kind'>): boolean {
  return kind === 'proxy';
}

function isForUser({ kind }: Pick<Challenge, 'kind'>): boolean {
  return kind === 'user';
}

function isNewCall(action: Action): boolean {
  return action.type === 'wait' && action.reorigination === 'fresh';
}

function deadlineOf(action: Action, asking: AskFor | null, facts: Facts, at: number): Deadline | null {
  if (action.type === 'wait') return { at: at + action.delayMs, for: 'wait' };
  return asking === null ? null : { at: at + facts.limits.askMs, for: 'ask' };
}

/** The latest challenge of each protection space stays; several of one space stand together (RFC 3261 §22.3). */
function mergeChallenges(before: readonly Challenge[], latest: readonly Challenge[]): readonly Challenge[] {
  if (before.length === 0) return latest;
  return [...before.filter((old) => !latest.some((challenge) => sameRealm(old, challenge))), ...latest];
}
