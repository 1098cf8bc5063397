// Intervals that are too brief: 423 with Min-Expires (RFC 3261 §10.2.8) and 422 with Min-SE (RFC 4028 §7.3, §7.4).
import type { ActionOf } from './action.js';
import type { Facts } from './facts.js';
import type { GiveUpDetail } from './reason.js';

/**
 * REGISTER, SUBSCRIBE or PUBLISH with an interval that is not 0: nothing else can be too brief (RFC 3261 §10.3 step 7).
 * A REGISTER without Contact and Expires only asks which bindings there are (§10.2.3).
 */
export function intervalApplies({ request }: Facts): boolean {
  return isIntervalMethod(request.method) && !request.removal && !request.query;
}

export function intervalBelowMinimum({ request, response }: Facts): boolean {
  return response.minExpires !== undefined && (request.expires ?? 0) < response.minExpires;
}

/** Not above the policy's maximum: a minimum of 136 years is understood and refused. */
export function minimumAcceptable(facts: Facts): boolean {
  return minimumOf(facts) <= facts.limits.maxIntervalSeconds;
}

/** Missing, malformed, or not above what was sent: a server that sends it must mean something else. */
export function noUsableMinExpires(facts: Facts): boolean {
  return !intervalBelowMinimum(facts);
}

/** The limit that stands against the minimum, where it does. */
export function intervalLimitOf(facts: Facts): GiveUpDetail {
  const value = facts.limits.maxIntervalSeconds;
  return minimumAcceptable(facts) ? {} : { limit: 'maxIntervalSeconds', value, found: minimumOf(facts) };
}

export function notYetRaised({ history }: Facts): boolean {
  return history.taken.raiseInterval === undefined;
}

// RFC 3261 §10.3 step 7: a registrar may send a 423 only to an interval below one hour.
export function askedBelowOneHour({ request }: Facts): boolean {
  return (request.expires ?? 0) < ONE_HOUR;
}

/** RFC 4028 Table 1: Session-Expires and Min-SE belong to INVITE and UPDATE. */
export function sessionIntervalApplies({ request }: Facts): boolean {
  return request.method === 'INVITE' || request.method === 'UPDATE';
}

// RFC 4028 §7.4: Min-SE MUST be the largest of all Min-SE values returned in all 422 responses.
export function sessionIntervalBelowMinimum(facts: Facts): boolean {
  const largest = largestMinSe(facts);
  return largest !== undefined && (facts.request.minSe ?? 0) < largest;
}

/** What to raise, and to what. */
export function planRaise(facts: Facts): ActionOf<'raiseInterval'> | undefined {
  return isIntervalMethod(facts.request.method) ? planExpires(facts) : planSessionExpires(facts);
}

const ONE_HOUR = 3_600;
/** RFC 4028 §5: Min-SE MUST NOT be less than 90 seconds. */
const LEAST_MIN_SE = 90;
/** RFC 4028 §4: 1800 seconds is RECOMMENDED for Session-Expires. */
const USUAL_SESSION_EXPIRES = 1_800;

function planExpires(facts: Facts): ActionOf<'raiseInterval'> {
  const seconds = intervalBelowMinimum(facts) ? minimumOf(facts) : ONE_HOUR;
  return { type: 'raiseInterval', header: 'Expires', seconds };
}

function planSessionExpires(facts: Facts): ActionOf<'raiseInterval'> | undefined {
  if (!sessionIntervalApplies(facts)) return undefined;
  const sent = facts.request.sessionExpires ?? 0;
  const minSe = largestMinSe(facts) ?? (sent < LEAST_MIN_SE ? LEAST_MIN_SE : USUAL_SESSION_EXPIRES);
  return { type: 'raiseInterval', header: 'Session-Expires', seconds: Math.max(sent, minSe), minSe };
}

function largestMinSe({ response, history }: Facts): number | undefined {
  if (response.minSe === undefined) return history.largestMinSe;
  return Math.max(response.minSe, history.largestMinSe ?? 0);
}

function minimumOf(facts: Facts): number {
  return isIntervalMethod(facts.request.method) ? (facts.response.minExpires ?? 0) : (largestMinSe(facts) ?? 0);
}

function isIntervalMethod(method: string): boolean {
  return method === 'REGISTER' || method === 'SUBSCRIBE' || method === 'PUBLISH';
}
