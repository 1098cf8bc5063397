// Goes on with everything in a store after a restart, on one core whose allowances count as used up.
import { SipRetryError } from '../sip/sip-retry-error.js';
import type { RequestStore, StoredRequest, UnreadableEntry } from './request-store.js';
import { createUacCore, type UacCore, type UacCoreOptions } from './uac-core.js';
import { resumeUacRequest, type UacRequest, type UacRequestOptions } from './uac-request.js';
import { readUacSnapshot } from './uac-snapshot.js';

/** What all requests are given; `each` adds what belongs to one, such as its server set. */
export interface ResumeOptions extends Omit<UacRequestOptions, 'id' | 'store' | 'core'> {
  /**
   * The core of all of them, created with `restarted: true`. Default: one that is created so, with the environment,
   * credentials and limits given here.
   */
  readonly core?: UacCore;
  readonly each?: (stored: StoredRequest) => Omit<UacRequestOptions, 'id' | 'store' | 'core'>;
}

/** What a store held. */
export interface ResumedRequests {
  readonly core: UacCore;
  /** They go on when they are started; until then they stay in the store. */
  readonly requests: readonly UacRequest[];
  /** What nobody can go on with, and why. It is still in the store. */
  readonly unreadable: readonly UnreadableEntry[];
}

/**
 * Goes on with every request in a store. Nobody knows what the earlier process sent last, so every allowance under the
 * ceiling begins used up, and no limit is exceeded by restarting however often.
 *
 * Listen to the requests, then start each.
 *
 * @throws SipRetryError `badOptions`, `badCredentials`, `badLimits`; rejects with what `store.load` rejects with.
 */
export async function resumeStored(store: RequestStore, options: ResumeOptions = {}): Promise<ResumedRequests> {
  const { core = createUacCore({ ...coreOptionsOf(options), restarted: true }), each, ...shared } = options;
  const { stored, unreadable } = await store.load();
  const requests: UacRequest[] = [];
  const unusable: UnreadableEntry[] = [...unreadable];
  for (const one of stored) {
    const request = resumed(one, { ...shared, ...each?.(one), core, store });
    if ('why' in request) unusable.push(request);
    else requests.push(request);
  }
  return { core, requests, unreadable: unusable };
}

function resumed({ id, snapshot }: StoredRequest, options: UacRequestOptions): UacRequest | UnreadableEntry {
  let isRead = false;
  try {
    const read = readUacSnapshot(snapshot);
    isRead = true;
    return resumeUacRequest(read, { ...options, id });
  } catch (error) {
    // Options that cannot be used are the programmer's mistake; a snapshot that cannot be is not.
    if (isRead && error instanceof SipRetryError) throw error;
    return { entry: id, why: `its snapshot cannot be used: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function coreOptionsOf({ environment, keyring, credentials, limits }: ResumeOptions): UacCoreOptions {
  return {
    ...(environment && { environment }),
    ...(keyring && { keyring }),
    ...(credentials && { credentials }),
    ...(limits && { limits }),
  };
}
