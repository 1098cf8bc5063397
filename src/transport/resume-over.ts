// Stored requests with the server sets that they have now.
import { firstHopOf } from '../request/first-hop.js';
import type { SipRequest } from '../sip/message.js';
import type { RequestStore, StoredRequest } from '../uac/request-store.js';
import { resumeStored, type ResumedRequests, type ResumeOptions } from '../uac/resume-stored.js';
import { readUacSnapshot } from '../uac/uac-snapshot.js';
import type { ServerSet } from './find-servers.js';
import { serverUri } from './server-address.js';
import type { Sending } from './sending.js';

/** Goes on with what is stored; where a request stands in a redirection, its servers are those of the new hop. */
export async function resumeOver(
  sending: Sending,
  store: RequestStore,
  { each, ...options }: ResumeOptions,
): Promise<ResumedRequests> {
  const loaded = await store.load();
  const sets = new Map<string, Promise<ServerSet>>();
  const servers = new Map<string, readonly string[]>();
  for (const { id, snapshot } of loaded.stored) {
    const request = requestIn(snapshot);
    if (request === undefined) continue;
    const hop = firstHopOf(request);
    const finding = sets.get(hop) ?? sending.serversFor(request);
    sets.set(hop, finding);
    const found = await finding;
    // Without servers each attempt looks for them again, and fails with the reason.
    if (found.kind === 'servers') servers.set(id, found.servers.map(serverUri));
  }
  const same: RequestStore = {
    save: (id, snapshot) => store.save(id, snapshot),
    remove: (id) => store.remove(id),
    load: () => Promise.resolve(loaded),
  };
  return resumeStored(same, {
    throughProxy: sending.isFixed,
    ...options,
    each: (stored) => {
      const own = each?.(stored) ?? {};
      const known = servers.get(stored.id);
      return { ...own, client: { ...options.client, ...(known && { servers: known }), ...own.client } };
    },
  });
}

/** What cannot be read, `resumeStored` tells. */
function requestIn(snapshot: StoredRequest['snapshot']): SipRequest | undefined {
  try {
    return readUacSnapshot(snapshot).retry.record.request;
  } catch {
    return undefined;
  }
}
