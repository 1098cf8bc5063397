// How the request of one attempt is completed at the moment it goes out: as given, as a copy, or with new credentials.
import { withCredentials } from '../src/request/credential-rows.js';
import type { RequestRecord } from '../src/request/record.js';
import { isIdenticalCopy } from '../src/request/reoriginate.js';
import type { SipRequest } from '../src/sip/message.js';

/** An attempt before it goes out. */
export interface Completion {
  readonly request: SipRequest;
  /** Whether no credentials have to be found for it. */
  readonly isAuthorized: boolean;
  /** The request as it is sent; it may be another one than `request` if the application changed it. */
  readonly complete: (request: SipRequest) => SipRequest;
}

/**
 * The first request goes out as it was given, and a copy for another server with the credentials of the last one
 * (RFC 3263 §4.3); every other request with credentials computed for it (RFC 3261 §22.2).
 */
export function completionOf(
  { request }: { readonly request: SipRequest },
  given: SipRequest | undefined,
  copied: SipRequest | undefined,
  authorize: (request: SipRequest) => SipRequest,
): Completion {
  if (given !== undefined) return { request: given, isAuthorized: true, complete: (changed) => changed };
  if (copied === undefined) return { request, isAuthorized: false, complete: authorize };
  return {
    request,
    isAuthorized: true,
    complete: (passed) => (passed === request ? withCredentials(request, copied.headers) : authorize(passed)),
  };
}

/** Whether this request, which the record decided on, is the last one but for its branch. */
export function isCopy(request: SipRequest, { decision }: RequestRecord): boolean {
  return decision?.action.type === 'tryOtherServer' && isIdenticalCopy(request, decision.action.reorigination);
}
