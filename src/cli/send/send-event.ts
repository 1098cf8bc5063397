// What `send` tells as it goes, for the ladder, for `--json` and for `--trace`.
import type { AskFor } from '../../policy/action.js';
import type { ToldDecision } from '../../simulator/told-decision.js';
import type { GiveUpDetail } from '../../policy/reason.js';

/** Milliseconds since the start. */
interface Timed {
  readonly at: number;
}

export type SendEvent = Timed &
  (
    | {
        readonly event: 'message';
        readonly direction: 'sent' | 'received';
        /** `udp:192.0.2.1:5060`. */
        readonly peer: string;
        /** Masked. */
        readonly text: string;
      }
    | DecisionEvent
    | { readonly event: 'wait'; readonly until: number; readonly for: WaitFor }
    | { readonly event: 'ask'; readonly until: number; readonly for: AskFor }
    /** A request could not be sent. */
    | { readonly event: 'failure'; readonly why: string }
    | { readonly event: 'note'; readonly note: string }
    | {
        readonly event: 'registered';
        readonly seconds: number;
        /** Milliseconds since the start. */
        readonly refreshAt: number;
      }
    | OutcomeEvent
  );

/** What is waited for: the kind of wait that was decided, or what holds a request before it goes out. */
export type WaitFor =
  'retryAfter' | 'glare' | 'backoff' | 'line' | 'quarantine' | 'ceiling' | 'overload' | 'probe' | 'call';

/** The keys of `decide --json`. */
export interface DecisionEvent extends ToldDecision {
  readonly event: 'decision';
  readonly attempt: number;
  readonly delayMs: number;
  readonly notes: readonly string[];
  /** The next request, masked; `null` when there is none yet. */
  readonly request: string | null;
}

export interface OutcomeEvent {
  readonly event: 'outcome';
  readonly outcome: 'accepted' | 'gaveUp' | 'cancelled';
  readonly status: number | null;
  readonly reason: string | null;
  readonly detail: GiveUpDetail | { readonly because: string } | null;
  readonly attempts: number;
}

/** Takes what happens, in order. */
export interface SendReport {
  tell(event: SendEvent): void;
  /** Nothing more comes. */
  end(): void;
}
