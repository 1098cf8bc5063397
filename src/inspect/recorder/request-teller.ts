// What one request does, read from the record in its chart: attempts, decisions, waits and its outcome.
import { policyOfChart } from '../../../machines/retry.machine.js';
import type { Outcome } from '../../../machines/outcome.js';
import type { RequestRecord } from '../../request/record.js';
import { rfcPolicy } from '../../policy/table/index.js';
import { writeMessage } from '../../sip/write-message.js';
import { memberOf, objectIn, textIn } from '../inspection-event.js';
import { decisionEntry } from './decision-entry.js';
import type { Unnumbered } from './entry-store.js';

export interface RequestStep {
  readonly at: number;
  readonly event: object | undefined;
  readonly snapshot: object | undefined;
  /** Whether the messages are told from the record, since no wire tells them. */
  readonly withMessages: boolean;
}

export class RequestTeller {
  readonly #actor: string;
  readonly #policy;
  #before: RequestRecord | undefined;
  #attempt = 0;
  #isOver = false;

  constructor(actor: string, config: object) {
    this.#actor = actor;
    this.#policy = policyOfChart(config) ?? rfcPolicy;
  }

  /** What has happened since the last time; empty for a chart that is not ours. */
  tell({ at, event, snapshot, withMessages }: RequestStep): readonly Unnumbered[] {
    const record = memberOf(snapshot, 'context');
    if (!isRecord(record)) return [];
    const actor = this.#actor;
    const { decision, deadline, history } = record;
    const before = this.#before;
    this.#before = record;
    const told: Unnumbered[] = [];
    const status = /^response\.\dxx\.(\d{3})$/.exec(textIn(event, 'type') ?? '')?.[1];
    if (withMessages && status !== undefined) {
      const text = `${status}: the inspector was told the status of this response alone.`;
      told.push({
        type: 'message',
        at,
        from: placeOf(before ?? record),
        to: 'uac',
        summary: status,
        text,
        lost: false,
      });
    }
    if (decision !== null && decision !== before?.decision) {
      const attempt = before?.history.attempts ?? history.attempts;
      told.push(decisionEntry({ decision, at, actor, attempt, policy: this.#policy, changes: record.changes }));
    }
    if (deadline !== null && deadline !== before?.deadline) {
      told.push({
        type: 'timer',
        at,
        actor,
        name: deadline.for === 'wait' ? 'policy' : deadline.for,
        until: deadline.at,
      });
    }
    if (withMessages && history.attempts !== this.#attempt && textIn(snapshot, 'status') !== 'done') {
      this.#attempt = history.attempts;
      const text = writeMessage(record.request);
      const { method, uri } = record.request;
      told.push({
        type: 'message',
        at,
        from: 'uac',
        to: placeOf(record),
        summary: `${method} ${uri}`,
        text,
        lost: false,
      });
    }
    const outcome = objectIn(snapshot, 'output');
    if (!this.#isOver && isOutcome(outcome)) {
      this.#isOver = true;
      told.push(outcomeEntry(outcome, at, actor));
    }
    return told;
  }
}

function outcomeEntry(outcome: Outcome, at: number, actor: string): Unnumbered {
  const { type, attempts } = outcome;
  const [status, reason, cite] =
    type === 'gaveUp'
      ? [outcome.status, outcome.reason, outcome.cite]
      : [type === 'accepted' ? outcome.status : null, null, []];
  return { type: 'outcome', at, actor, outcome: type, status, reason, cite, attempts };
}

/** Where a request goes, as far as its record knows it. */
function placeOf({ history, request }: RequestRecord): string {
  return history.server ?? request.uri;
}

/** Another program's machine may be called `retry`, too. */
function isRecord(value: unknown): value is RequestRecord {
  return (
    typeof value === 'object' && value !== null && 'history' in value && 'startedAt' in value && 'challenges' in value
  );
}

function isOutcome(value: object | undefined): value is Outcome {
  return (
    value !== undefined &&
    'attempts' in value &&
    ['accepted', 'gaveUp', 'cancelled'].includes(textIn(value, 'type') ?? '')
  );
}
