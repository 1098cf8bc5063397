// What happened in a simulation: every message, timer, decision, state and outcome, in order, as plain JSON without secrets.
import type { AskFor } from '../policy/action.js';
import type { GiveUpDetail, GiveUpReason } from '../policy/reason.js';
import type { HoldReason } from '../uac/uac-event.js';
import type { CancelReason } from '../uac/uac-outcome.js';
import type { ToldDecision } from './told-decision.js';

/** A whole simulation. Moments are milliseconds since its start. */
export interface Transcript {
  /** What the scenario is called. */
  readonly name: string;
  readonly seed: number;
  /** The date of moment 0, in milliseconds since 1970. */
  readonly startedAt: number;
  /** When nothing more happened, or the scenario said stop. */
  readonly endedAt: number;
  /** The columns of a ladder, in order: the UAC, then servers. */
  readonly parties: readonly Party[];
  /** In order of time; what happens at the same moment stands in the order in which it happened. */
  readonly events: readonly TranscriptEvent[];
  readonly counts: TranscriptCounts;
}

/** Who sends and receives. */
export interface Party {
  /** Unique: `uac`, or the server's name in the scenario. */
  readonly id: string;
  readonly role: 'uac' | 'proxy' | 'server';
  /** A numeric address and a port. */
  readonly host: string;
  readonly port: number;
}

export type TranscriptTransport = 'UDP' | 'TCP' | 'TLS';

export type TranscriptEvent =
  | PassingMessage
  | TimerEvent
  | DecisionEvent
  | WaitEvent
  | AskEvent
  | AnswerEvent
  | StateEvent
  | PartyEvent
  | OutcomeEvent;

/** A message as it left its sender, and what the network did with it. */
export interface PassingMessage {
  readonly type: 'message';
  readonly at: number;
  /** Counts the messages of this transcript, from 1. */
  readonly id: number;
  readonly from: string;
  readonly to: string;
  readonly transport: TranscriptTransport;
  /** `REGISTER sip:example.com` or `423 Interval Too Brief`. */
  readonly summary: string;
  /** The whole text; digest responses are masked. */
  readonly text: string;
  /** Which of the scenario's requests it belongs to. */
  readonly request?: string;
  /** The same octets went before: a retransmission of the sender. */
  readonly retransmission: boolean;
  /** When it arrived, once for each copy that the network made; empty when it was lost. */
  readonly arrivals: readonly number[];
  /** Why it did not arrive, or why nobody took it. */
  readonly lost?: 'network' | 'down' | 'refused';
}

/** A timer of a transaction fired (RFC 3261 §17, RFC 6026). */
export interface TimerEvent {
  readonly type: 'timer';
  readonly at: number;
  readonly party: string;
  readonly request?: string;
  /** `A` to `K`, `M`. */
  readonly timer: string;
  readonly does: 'fires';
}

/** A decision of the policy, as `sip-retry decide --json` tells it. */
export interface DecisionEvent extends ToldDecision {
  readonly type: 'decision';
  readonly at: number;
  readonly request: string;
  readonly attempt: number;
  readonly delayMs: number;
  readonly notes: readonly string[];
}

/** The request waits: for a moment that the policy chose, or because something shared holds it. */
export interface WaitEvent {
  readonly type: 'wait';
  readonly at: number;
  readonly request: string;
  /** When it ends; null where that is not known. */
  readonly until: number | null;
  readonly for: 'policy' | 'refresh' | HoldReason;
}

/** The policy asks the application or its user. */
export interface AskEvent {
  readonly type: 'ask';
  readonly at: number;
  readonly request: string;
  readonly for: AskFor;
  readonly until: number;
}

/** What was answered; never a secret. */
export interface AnswerEvent {
  readonly type: 'answer';
  readonly at: number;
  readonly request: string;
  /** In words. */
  readonly answer: string;
}

/** A chart took a step: the retry chart of a request, one of its transactions, a server, the network. */
export interface StateEvent {
  readonly type: 'state';
  readonly at: number;
  /** `request 1`, `request 1 / INVITE transaction 2`, `server registrar`, `network`. */
  readonly actor: string;
  readonly state: string;
  readonly event: string;
}

/** Something happened to a server: it went down, came up, was overloaded. */
export interface PartyEvent {
  readonly type: 'party';
  readonly at: number;
  readonly party: string;
  /** In words: `goes down`, `is back`. */
  readonly does: string;
}

/** How a request ended, or that a registration was granted (it goes on). */
export interface OutcomeEvent {
  readonly type: 'outcome';
  readonly at: number;
  readonly request: string;
  readonly outcome: 'accepted' | 'gaveUp' | 'cancelled' | 'unfinished';
  readonly status: number | null;
  readonly reason: GiveUpReason | CancelReason | null;
  readonly detail: GiveUpDetail | null;
  readonly cite: ToldDecision['cite'];
  readonly attempts: number;
}

export interface TranscriptCounts {
  /** Messages by direction, seen from the UAC, retransmissions among them. */
  readonly sent: number;
  readonly received: number;
  readonly retransmitted: number;
  readonly lost: number;
  readonly decisions: number;
  /** Transactions that the UAC began, ACK and CANCEL not among them. */
  readonly transactions: number;
}
