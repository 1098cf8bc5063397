// Bodies and what may be said in them: 406, 412, 413, 415, 417, 424, 488, 493, 513.
import { type AcceptRange, accepts } from '../sip/accept.js';
import type { ActionOf } from './action.js';
import type { Facts } from './facts.js';

/** The application has a smaller body or can be asked for one, or the method makes sense without any. */
export function bodyCanShrink(facts: Facts): boolean {
  const { request, client } = facts;
  if (request.bodyLength === 0) return false;
  return smallerBodyExists(facts) || bodyOmissible(facts) || client.bodies === undefined;
}

export function planShrink(facts: Facts): ActionOf<'shrinkBody'> | undefined {
  if (!bodyCanShrink(facts)) return undefined;
  // RFC 3261 §20.1: an empty Accept means that no content is acceptable, however small.
  const nothingElse = facts.status === 415 || !smallerBodyExists(facts);
  return { type: 'shrinkBody', omit: nothingElse && bodyOmissible(facts) };
}

/**
 * Something that the server accepts and that was not what it just refused: one part of a multipart body, a body that
 * the application can make, or the same body without the encoding or language that was refused (RFC 3261 §21.4.13).
 */
export function acceptableContentLeft(facts: Facts): boolean {
  if (facts.request.bodyLength === 0 || timesChanged(facts) >= MOST_CHANGES) return false;
  return partToKeep(facts) !== undefined || bodyExists(facts);
}

/** RFC 3261 §8.1.3.5: retry, omitting the body or using one of a smaller length. What would mean nothing is not sent. */
export function bodyOmissible({ request }: Facts): boolean {
  return request.bodyLength > 0 && !ALL_IN_THE_BODY.has(request.method);
}

/** The Accept header was refused (406), and this client can accept more than it said. */
export function acceptCanWiden({ client, request }: Facts): boolean {
  // RFC 3261 §20.1: without an Accept header field, application/sdp is accepted.
  const said = request.accept ?? ['application/sdp'];
  return (client.acceptable ?? []).some((type) => !said.includes(type.toLowerCase()));
}

// RFC 3261 §23.2: the 493 response SHOULD contain a MIME body with the certificate to encrypt for.
export function certificateOffered(facts: Facts): boolean {
  return facts.response.certificate && timesChanged(facts) === 0;
}

export function planContent(facts: Facts): ActionOf<'changeContent'> {
  const { response, client, status } = facts;
  const part = status === 406 ? 'accept' : status === 493 ? 'encryption' : 'body';
  const keepPart = part === 'body' ? partToKeep(facts) : undefined;
  return {
    type: 'changeContent',
    part,
    accept: part === 'accept' ? (client.acceptable ?? []) : accepted(response.accept),
    encodings: accepted(response.acceptEncoding),
    languages: accepted(response.acceptLanguage),
    ...(keepPart === undefined ? {} : { keepPart }),
  };
}

/** An offer is there to be changed, once; a body for 399 alone would be an automated action, which §20.43 forbids. */
export function offerCanChange({ request, response, history, client }: Facts): boolean {
  if (!OFFERS.has(request.method) || history.taken.changeOffer !== undefined) return false;
  if (request.bodyLength === 0 || client.bodies?.length === 0) return false;
  return response.warnings.length === 0 || response.warnings.some((code) => code !== 399);
}

/** RFC 3903 §5: 412 speaks of the entity-tag in SIP-If-Match. */
export function isConditionalPublish({ request }: Facts): boolean {
  return request.method === 'PUBLISH' && request.conditional;
}

/**
 * The request carries a location; not when the server lacks permission to route by it (2xx codes, RFC 6442 §4.3), and
 * at most three times, so that nobody is milked for ever better locations (§4.4).
 */
export function locationCorrectable({ request, response, history }: Facts): boolean {
  const forbidden = Math.floor((response.geolocationError ?? 0) / 100) === 2;
  return request.located && !forbidden && (history.taken.changeLocation ?? 0) < 3;
}

/** RFC 4412 §4.6.2: the UAC MAY try again with another value, and SHOULD choose one that is listed. */
export function priorityChangeable({ request, response, history }: Facts): boolean {
  if (request.resourcePriority.length === 0 || history.taken.changePriority !== undefined) return false;
  const listed = response.acceptResourcePriority;
  return listed === undefined || listed.some((value) => !request.resourcePriority.includes(value));
}

/** Two changes of content at most: a server that refuses both ways round contradicts itself. */
const MOST_CHANGES = 2;
const ALL_IN_THE_BODY: ReadonlySet<string> = new Set(['MESSAGE', 'PUBLISH', 'INFO', 'NOTIFY']);
const OFFERS: ReadonlySet<string> = new Set(['INVITE', 'UPDATE', 'PRACK']);

function smallerBodyExists({ client, request }: Facts): boolean {
  return (client.bodies ?? []).some(({ length }) => length > 0 && length < request.bodyLength);
}

// RFC 5621 §4.2: a UA that knows no multipart answers 415; the part that it knows may be sent alone.
function partToKeep({ request, response }: Facts): number | undefined {
  if (response.accept !== undefined && accepts(response.accept, request.contentType ?? '')) return undefined;
  const index = request.parts.findIndex((type) =>
    response.accept === undefined ? type === 'application/sdp' : accepts(response.accept, type),
  );
  return index < 0 ? undefined : index;
}

function bodyExists(facts: Facts): boolean {
  const { client, request, response } = facts;
  if (client.bodies !== undefined) return client.bodies.some(({ type }) => isAnotherContent(facts, type.toLowerCase()));
  if (sameTypeMayServe(facts)) return true;
  return (response.accept ?? []).some(({ value, q }) => q > 0 && value !== request.contentType);
}

function isAnotherContent(facts: Facts, type: string): boolean {
  const { request, response } = facts;
  if (response.accept !== undefined && !accepts(response.accept, type)) return false;
  return type !== request.contentType || sameTypeMayServe(facts);
}

/** It was not the type that was refused, but the encoding or the language. */
function sameTypeMayServe({ request, response }: Facts): boolean {
  if (response.accept !== undefined && !accepts(response.accept, request.contentType ?? '')) return false;
  if (response.acceptLanguage !== undefined) return true;
  if (request.contentEncoding === undefined) return false;
  // RFC 3261 §20.2: an empty Accept-Encoding means identity, and so does a missing one in a 415.
  return !accepts(response.acceptEncoding ?? [], request.contentEncoding);
}

function accepted(ranges: readonly AcceptRange[] | undefined): readonly string[] {
  return (ranges ?? []).filter(({ q }) => q > 0).map(({ value }) => value);
}

function timesChanged({ history }: Facts): number {
  return history.taken.changeContent ?? 0;
}
