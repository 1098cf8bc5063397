// A request of the UAC core as it is saved: plain JSON without secrets.
import { readSnapshot, type RetrySnapshot } from '../../machines/retry-snapshot.js';
import { noteReplacement } from '../request/note-lifecycle.js';
import type { SipRequest } from '../sip/message.js';
import { SipRetryError } from '../sip/sip-retry-error.js';

/** One request of the UAC core at rest. */
export interface UacSnapshot {
  readonly v: 1;
  /** What its store calls it. */
  readonly id: string;
  /** Whether the attempt in `retry` was held: it never went out, and is simply sent after a restart. */
  readonly held: boolean;
  readonly retry: RetrySnapshot;
}

/** The snapshot of a request; what is held may have been changed by the application before it goes out. */
export function uacSnapshotOf(
  id: string,
  retry: RetrySnapshot,
  { held, request }: { readonly held: boolean; readonly request: SipRequest | undefined },
): UacSnapshot {
  const record = request === undefined ? retry.record : noteReplacement(retry.record, request);
  return { v: 1, id, held, retry: { ...retry, record } };
}

/**
 * A snapshot that was read from a store.
 * @throws SipRetryError `badOptions` when it is not one of this version.
 */
export function readUacSnapshot(value: unknown): UacSnapshot {
  if (
    typeof value === 'object' &&
    value !== null &&
    'v' in value &&
    'id' in value &&
    'held' in value &&
    'retry' in value
  ) {
    const { v, id, held, retry } = value;
    if (v === 1 && typeof id === 'string' && typeof held === 'boolean')
      return { v, id, held, retry: readSnapshot(retry) };
  }
  throw new SipRetryError('badOptions', 'This is not what persist() of a UacRequest gave; begin the request anew.');
}
