// What a response teaches beyond its own request: without it, every refresh would repeat the refusal.
import { realmOf } from './challenge-choice.js';
import { isConditionalPublish } from './content.js';
import type { Facts } from './facts.js';
import { intervalApplies, minimumAcceptable, sessionIntervalApplies } from './interval.js';

/** What outlives the request. The application, or the door it uses, hands it to the next request. */
export interface Learned {
  /** The least interval that this registrar or notifier grants, in seconds (RFC 3261 §21.4.17). */
  readonly minExpires?: number;
  /** The largest Min-SE of this call, in seconds (RFC 4028 §7.4). */
  readonly minSe?: number;
  /** Realms of proxies on the path of this Call-ID: their credentials go into all its later requests (RFC 3261 §22.3). */
  readonly proxyRealms?: readonly string[];
  /** The methods that the peer allows (RFC 3261 §20.5). */
  readonly allow?: readonly string[];
  /** The event packages that the peer allows (RFC 6665 §8.2.2). */
  readonly allowEvents?: readonly string[];
  /** Where the address has moved for good (RFC 3261 §21.3.2). */
  readonly movedTo?: string;
  /** The entity-tag in SIP-If-Match is dead (RFC 3903 §5). */
  readonly entityTagDead?: true;
}

/** What this response teaches; `undefined` when that is nothing. */
export function learnedFrom(facts: Facts): Learned | undefined {
  if (facts.origin !== 'wire') return undefined;
  return lessons[facts.status]?.(facts);
}

const lessons: { readonly [status: number]: (facts: Facts) => Learned | undefined } = {
  301: ({ response }) => (response.contacts[0] === undefined ? undefined : { movedTo: response.contacts[0] }),
  401: proxyRealms,
  405: ({ response }) => (response.allow === undefined ? undefined : { allow: response.allow }),
  407: proxyRealms,
  412: (facts) => (isConditionalPublish(facts) ? { entityTagDead: true } : undefined),
  422: (facts) => {
    const { response, history } = facts;
    if (response.minSe === undefined || !sessionIntervalApplies(facts) || !minimumAcceptable(facts)) return undefined;
    return { minSe: Math.max(response.minSe, history.largestMinSe ?? 0) };
  },
  // A minimum beyond the limit is not remembered: no server may talk the next request into an interval of years.
  423: (facts) => {
    const { minExpires } = facts.response;
    return minExpires === undefined || !intervalApplies(facts) || !minimumAcceptable(facts)
      ? undefined
      : { minExpires };
  },
  489: ({ response }) => (response.allowEvents === undefined ? undefined : { allowEvents: response.allowEvents }),
};

function proxyRealms({ response }: Facts): Learned | undefined {
  const realms = response.challenges
    .filter(({ challenge }) => challenge.kind === 'proxy')
    .map(({ challenge }) => realmOf(challenge));
  return realms.length === 0 ? undefined : { proxyRealms: [...new Set(realms)] };
}
