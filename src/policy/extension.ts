// Option-tags that one side requires and the other refuses: 420 (RFC 3261 §8.1.3.5) and 421 (§21.4.16).
import type { ActionOf } from './action.js';
import type { Facts } from './facts.js';

/** A refused tag stands in Require or Proxy-Require and may be dropped without changing what the request means. */
export function requiredTagListed(facts: Facts): boolean {
  return tagsToDrop(facts).length > 0 && !meantTagListed(facts);
}

/** Some servers refuse a tag that was only offered in Supported: it is left out, once. */
export function supportedTagListed({ request, response, history }: Facts): boolean {
  if (history.taken.dropExtensions !== undefined) return false;
  return response.unsupported.some((tag) => has(request.supported, tag) && !isMeant(tag));
}

/** A 420 without Unsupported: what could be meant is dropped, once. */
export function unlistedTagDroppable(facts: Facts): boolean {
  const { response, history } = facts;
  return (
    response.unsupported.length === 0 && history.taken.dropExtensions === undefined && droppableTags(facts).length > 0
  );
}

// RFC 3327 §5.3: a registrar answers 420 when a proxy added Path and the UAC did not say that it supports it.
export function pathMissing(facts: Facts): boolean {
  const { request, response, client } = facts;
  return (
    response.unsupported.some((tag) => same(tag, 'path')) &&
    has(client.supported ?? [], 'path') &&
    !has(request.supported, 'path') &&
    !has(request.require, 'path')
  );
}

/** Proxy-Require speaks to the proxies of this path; another server may stand behind others. */
export function proxyTagListed({ request, response }: Facts): boolean {
  return response.unsupported.some((tag) => has(request.proxyRequire, tag));
}

/** Every tag asked for is implemented here, was not said before, and was not refused before. */
export function extensionsAddable(facts: Facts): boolean {
  const { request, response, history } = facts;
  return (
    response.require.length > 0 &&
    response.require.every((tag) => isImplemented(facts, tag) && !has(history.droppedTags, tag)) &&
    response.require.some((tag) => !has(request.supported, tag))
  );
}

// RFC 7614 §6: a REFER answered 421 for explicitsub or nosub is sent again with that tag in Require.
export function extensionsRequirable(facts: Facts): boolean {
  const { request, response, history } = facts;
  return (
    request.method === 'REFER' &&
    response.require.length > 0 &&
    response.require.every((tag) => REFER_TAGS.has(tag.toLowerCase()) && isImplemented(facts, tag)) &&
    // A server that refused it before, or has it in Require already, contradicts itself.
    !response.require.some((tag) => has(request.require, tag) || has(history.droppedTags, tag))
  );
}

export function planDrop(facts: Facts): ActionOf<'dropExtensions'> | undefined {
  const tags = dropOf(facts);
  return tags.length === 0 ? undefined : { type: 'dropExtensions', tags };
}

export function planAdd(facts: Facts): ActionOf<'addExtensions'> | undefined {
  const { request, response } = facts;
  if (pathMissing(facts)) return { type: 'addExtensions', tags: ['path'], header: 'Supported' };
  if (response.require.length === 0) return undefined;
  if (extensionsRequirable(facts)) return { type: 'addExtensions', tags: response.require, header: 'Require' };
  return {
    type: 'addExtensions',
    tags: response.require.filter((tag) => !has(request.supported, tag)),
    header: 'Supported',
  };
}

const REFER_TAGS: ReadonlySet<string> = new Set(['explicitsub', 'nosub']);

/**
 * Tags that carry the meaning of the call or its security: dropping them is for a person to decide. `sec-agree` in
 * particular: RFC 3329 exists so that nobody bids it down.
 */
const MEANT: ReadonlySet<string> = new Set([
  'replaces',
  'join',
  'precondition',
  'resource-priority',
  'privacy',
  'sec-agree',
  'sdp-anat',
  'recipient-list-invite',
]);

/** 439, 555 and 422 name no tags: what they refuse has a name all the same. */
function dropOf(facts: Facts): readonly string[] {
  const { status, request, response } = facts;
  if (status === 439) return ['outbound'];
  if (status === 555) return ['pn'];
  if (status === 422) return ['timer'];
  const listed = tagsToDrop(facts);
  if (listed.length > 0) return listed;
  if (response.unsupported.length === 0) return droppableTags(facts);
  return response.unsupported.filter((tag) => has(request.supported, tag) && !isMeant(tag));
}

function tagsToDrop(facts: Facts): readonly string[] {
  return droppableTags(facts).filter((tag) => has(facts.response.unsupported, tag));
}

function droppableTags({ request }: Facts): readonly string[] {
  const tags = [...request.require, ...request.proxyRequire].filter((tag) => !isMeant(tag));
  return [...new Set(tags)];
}

/** A refused tag that cannot be dropped: without the others the request would be refused again. */
function meantTagListed({ request, response }: Facts): boolean {
  return [...request.require, ...request.proxyRequire].some((tag) => isMeant(tag) && has(response.unsupported, tag));
}

function isMeant(tag: string): boolean {
  return MEANT.has(tag.toLowerCase());
}

function isImplemented({ client, request }: Facts, tag: string): boolean {
  return has(client.supported ?? request.supported, tag);
}

function has(tags: readonly string[], tag: string): boolean {
  return tags.some((one) => same(one, tag));
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
