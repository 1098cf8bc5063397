// What the application does with a request at the last moment: let it go, change it, or not.
import { requireRequest } from '../../machines/given-message.js';
import { readCSeq } from '../sip/cseq.js';
import { firstHeader } from '../sip/header-list.js';
import type { SipRequest } from '../sip/message.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import { topVia } from '../sip/via.js';

/** What is known of an attempt that has waited. */
export interface SendAbout {
  readonly attempt: number;
  /** Milliseconds since the wait or the hold began. */
  readonly waitedMs: number;
}

/** The request as it goes out, perhaps another one; `undefined` vetoes. */
export type BeforeSend = (
  request: SipRequest,
  about: SendAbout,
) => SipRequest | undefined | Promise<SipRequest | undefined>;

/** What goes out, nothing where it is `undefined`; or what the application has failed with. */
export type Passed = { readonly request: SipRequest | undefined } | { readonly cause: unknown };

/** Asks the application. It never throws, and the promise never rejects: a failure is an answer, too. */
export function askBeforeSend(ask: BeforeSend, request: SipRequest, about: SendAbout): Passed | Promise<Passed> {
  const failed = (cause: unknown): Passed => ({ cause });
  const passed = (given: SipRequest | undefined): Passed => ({
    request: given === undefined ? undefined : requireSameIdentity(given, request),
  });
  try {
    const given = ask(request, about);
    return isPromise(given) ? given.then(passed).catch(failed) : passed(given);
  } catch (thrown) {
    return failed(thrown);
  }
}

/** Whether an answer comes later. */
export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

/**
 * The replacement itself, when it is still the same request to everybody who knows of it.
 * @throws SipRetryError `badRequest` when it is no request, or its method, CSeq, topmost branch or Call-ID is another one.
 */
function requireSameIdentity(replacement: SipRequest, request: SipRequest): SipRequest {
  const [was, is] = [identityOf(request), identityOf(requireRequest(replacement))];
  const changed = Object.keys(was).find((name) => was[name] !== is[name]);
  if (changed === undefined) return replacement;
  throw new SipRetryError(
    'badRequest',
    `beforeSend has changed the ${changed}; change other parts, or veto with undefined.`,
  );
}

function identityOf({ method, headers }: SipRequest): { readonly [name: string]: unknown } {
  const cseq = readCSeq(headers);
  return {
    method,
    CSeq: cseq && `${cseq.number} ${cseq.method}`,
    'branch of the topmost Via': topVia(headers)?.branch,
    'Call-ID': firstHeader(headers, 'Call-ID'),
  };
}
