// The next request for every action: its identity, the correction, and last of all its credentials.
import type { Action, ActionOf, ActionType } from '../policy/action.js';
import type { SipRequest } from '../sip/message.js';
import { withContentLength } from './body.js';
import { type Change, changesBetween } from './change.js';
import {
  answersOneOf,
  carriesCredentials,
  withCredentials,
  withoutAnswersTo,
  withoutUserCredentials,
} from './credential-rows.js';
import type { Materials } from './materials.js';
import { didProgress } from './progress.js';
import { isIdenticalCopy, type Reorigination, reoriginate } from './reoriginate.js';
import { changeContent, changeOffer, republish, shrinkBody } from './rewrite-content.js';
import { addExtensions, agreeSecurity, dropExtensions } from './rewrite-extension.js';
import { changePriority, raiseMaxForwards, revealIdentity, withAnswer } from './rewrite-identity.js';
import { raiseInterval } from './rewrite-interval.js';
import {
  changeUri,
  chooseTarget,
  extendDigits,
  isAnotherHost,
  proxyRouteAfter,
  tryOtherTarget,
} from './rewrite-uri.js';

/** The next request and what changed in it. */
export interface Rewritten {
  readonly request: SipRequest;
  readonly changes: readonly Change[];
  /** Whether the thing that the response complained about has changed; a corrective request without it is not sent. */
  readonly progressed: boolean;
  /** The Route that a 305 has put first (RFC 3261 §21.3.4). It belongs to the next materials, so that it can go again. */
  readonly proxyRoute?: string;
}

/**
 * The request that carries out an action, and what changed in it. The caller's objects stay as they are.
 *
 * An action that sends nothing (`accept`, `giveUp`) gives the same request back, without progress; so does a request
 * whose CSeq number can grow no more (RFC 3261 §8.1.1.5). Challenges are answered by `materials.authorize` alone: without
 * it there is no progress with `authenticate`.
 * @throws SipRetryError `badOptions` for materials without a token.
 */
export function rewrite(request: SipRequest, action: Action, materials: Materials): Rewritten {
  const { authorize } = materials;
  return rewriteWith(request, action, materials, authorize, false);
}

/** The same, but no credentials are computed: that is left to the moment of sending. */
export function rewriteBare(request: SipRequest, action: Action, materials: Materials): Rewritten {
  return rewriteWith(request, action, materials, undefined, true);
}

/** Whether a redirection leads to another host, for which the credentials for the user agent server are not meant. */
export function goesElsewhere(action: Action, before: SipRequest, after: SipRequest): boolean {
  return reoriginationOf(action) === 'recurse' && isAnotherHost(before.uri, after.uri);
}

function rewriteWith(
  request: SipRequest,
  action: Action,
  materials: Materials,
  authorize: Materials['authorize'],
  isAnsweredLater: boolean,
): Rewritten {
  const renewed = renew(request, action, materials);
  if (renewed === undefined) return rewritten(request, [], false, materials.proxyRoute);
  const corrected = correct(action.type, renewed, action, materials);
  const measured = corrected.body === request.body ? corrected : withContentLength(corrected);
  const challenges = 'challenges' in action ? action.challenges : [];
  const rows = authorize === undefined || keepsCredentials(request, action) ? undefined : authorize(measured);
  const credited = rows === undefined ? withoutAnswersTo(measured, challenges) : withCredentials(measured, rows);
  const next = goesElsewhere(action, request, credited) ? withoutUserCredentials(credited) : credited;
  const changes = changesBetween(request, next);
  const isAnswered = rows === undefined ? isAnsweredLater : rows.some((row) => answersOneOf(row, challenges));
  const progressed = didProgress(action.type, { next, changes, isAnswered });
  const { proxyRoute } = materials;
  return rewritten(next, changes, progressed, progressed ? proxyRouteAfter(action, proxyRoute) : proxyRoute);
}

function rewritten(
  request: SipRequest,
  changes: readonly Change[],
  progressed: boolean,
  proxyRoute: string | undefined,
): Rewritten {
  return proxyRoute === undefined ? { request, changes, progressed } : { request, changes, progressed, proxyRoute };
}

function renew(request: SipRequest, action: Action, materials: Materials): SipRequest | undefined {
  const kind = reoriginationOf(action);
  if (kind === undefined) return undefined;
  return reoriginate(request, kind, materials, action.type === 'wait' ? action.nextCSeq : undefined);
}

/** An identical copy carries the same credentials, octet for octet. */
function keepsCredentials(request: SipRequest, action: Action): boolean {
  return isIdenticalCopy(request, reoriginationOf(action)) && carriesCredentials(request);
}

/** How the next request follows the last one; `undefined` when there is none. */
function reoriginationOf(action: Action): Reorigination | undefined {
  switch (action.type) {
    case 'accept':
    case 'giveUp':
      return undefined;
    case 'wait':
    case 'tryOtherServer':
      return action.reorigination;
    case 'tryOtherTarget':
      return action.as === 'requestUri' ? 'recurse' : 'retry';
    case 'chooseTarget':
      return 'recurse';
    default:
      return 'retry';
  }
}

type Actions = { readonly [K in ActionType]: ActionOf<K> };
type Rewriter<K extends ActionType> = (request: SipRequest, action: Actions[K], materials: Materials) => SipRequest;

/** What each action changes besides the identity; an action without a line does not compile. */
const rewriters: { readonly [K in ActionType]: Rewriter<K> } = {
  authenticate: unchanged,
  agreeSecurity,
  raiseInterval,
  shrinkBody,
  changeContent,
  changeOffer,
  changeUri,
  dropExtensions,
  addExtensions,
  addIdentity: answered,
  addReferredBy: answered,
  changeLocation: answered,
  changePriority,
  raiseMaxForwards,
  revealIdentity,
  republish,
  extendDigits,
  chooseTarget,
  wait: unchanged,
  tryOtherServer: unchanged,
  tryOtherTarget,
  accept: unchanged,
  giveUp: unchanged,
  custom: answered,
};

function correct<K extends ActionType>(
  type: K,
  request: SipRequest,
  action: Actions[K],
  materials: Materials,
): SipRequest {
  return rewriters[type](request, action, materials);
}

function unchanged(request: SipRequest): SipRequest {
  return request;
}

function answered(request: SipRequest, _action: Action, materials: Materials): SipRequest {
  return withAnswer(request, materials);
}
