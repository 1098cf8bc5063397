// A registration as it is saved: plain JSON without secrets, from which another process goes on.
import type { SipRequest } from '../sip/message.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import type { RegistrationState } from './registration-event.js';

/** What the application wants of a registrar: a binding, none, or to be left alone. */
export type Wish = 'binding' | 'removal' | 'nothing';

/** One registration at rest. */
export interface RegistrationSnapshot {
  readonly v: 1;
  readonly state: RegistrationState;
  readonly wish: Wish;
  /** The request as the application gave it, and with the corrections that were accepted since. */
  readonly original: SipRequest;
  readonly request: SipRequest;
  /** The last CSeq number that was sent; `null`: none. */
  readonly cseq: number | null;
  /** Consecutive failures. */
  readonly failures: number;
  /** The server that accepted the registration. */
  readonly server: string | null;
  /** When the next request is due, in epoch milliseconds; `null`: at once, or never. */
  readonly dueAt: number | null;
  /** What was left of that on a clock that nobody sets; a restored wait is never longer. */
  readonly remainingMs: number | null;
  /** How long the registrar still wants to be left alone, whatever changes. */
  readonly notBeforeMs: number;
  /** Epoch milliseconds. */
  readonly savedAt: number;
}

/**
 * A snapshot that was read from a store.
 * @throws SipRetryError `badOptions` when it is not one of this version.
 */
export function readRegistrationSnapshot(value: unknown): RegistrationSnapshot {
  if (isSnapshot(value)) return value;
  throw new SipRetryError('badOptions', 'This is not what persist() of a Registration gave; begin it anew.');
}

const MEMBERS: readonly (keyof RegistrationSnapshot)[] = [
  'state',
  'wish',
  'original',
  'request',
  'cseq',
  'failures',
  'server',
  'dueAt',
  'remainingMs',
  'notBeforeMs',
  'savedAt',
];

function isSnapshot(value: unknown): value is RegistrationSnapshot {
  if (typeof value !== 'object' || value === null || !('v' in value) || value.v !== 1) return false;
  return MEMBERS.every((name) => name in value);
}
