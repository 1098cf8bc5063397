// A request as it is saved: plain JSON without secrets, from which another process goes on.
import type { RequestRecord } from '../src/request/record.js';
import { SipRetryError } from '../src/sip/sip-retry-error.js';

/** The states of the chart, as paths. */
export const stateNames = [
  'pending',
  'recovering.authenticating',
  'recovering.adjusting',
  'recovering.waiting',
  'recovering.extendingDigits',
  'recovering.choosingTarget',
  'recovering.askingUser',
  'recovering.tryingOtherServer',
  'recovering.tryingOtherTarget',
  'cancelling.awaitingProvisional',
  'cancelling.awaitingFinal',
  'accepted',
  'gaveUp',
  'cancelled',
] as const;

export type StateName = (typeof stateNames)[number];

/** One request at rest. */
export interface RetrySnapshot {
  readonly v: 1;
  readonly state: StateName;
  readonly record: RequestRecord;
  /** What was left of the deadline on a clock that nobody sets; a restored wait is never longer. */
  readonly remainingMs: number | null;
  /** Epoch milliseconds. */
  readonly savedAt: number;
}

/**
 * A snapshot that was read from a store.
 * @throws SipRetryError `badOptions` when it is not one of this version.
 */
export function readSnapshot(value: unknown): RetrySnapshot {
  if (isSnapshot(value)) return value;
  throw new SipRetryError('badOptions', 'snapshot is not what persist() of this version gave; begin the request anew.');
}

/** The path of a state value: `{ recovering: 'waiting' }` is `recovering.waiting`. */
export function stateNameOf(value: unknown): StateName {
  const path = typeof value === 'object' && value !== null ? Object.entries(value).flat().join('.') : value;
  return stateNames.find((name) => name === path) ?? 'pending';
}

/** The state value of a path. */
export function stateValueOf(name: StateName): string | { [parent: string]: string } {
  const [parent = name, child] = name.split('.');
  return child === undefined ? parent : { [parent]: child };
}

const MEMBERS: readonly (keyof RequestRecord)[] = [
  'request',
  'challenges',
  'history',
  'startedAt',
  'decision',
  'deadline',
];

function isSnapshot(value: unknown): value is RetrySnapshot {
  if (!isRecord(value) || value['v'] !== 1) return false;
  const { record, state } = value;
  return stateNames.some((name) => name === state) && isRecord(record) && MEMBERS.every((name) => name in record);
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
