// What a 2xx to a REGISTER granted for our own contacts (RFC 3261 §10.2.4). A registrar may say anything: nothing here throws or overflows.
import { readContacts, type Contact } from '../sip/contact.js';
import { readDeltaSeconds } from '../sip/delta-seconds.js';
import { allHeaders, firstHeader } from '../sip/header-list.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import { paramOf } from '../sip/params.js';
import { uriTest } from '../sip/uri.js';

/** Our bindings, as a registrar granted them. */
export interface GrantedBinding {
  readonly type: 'granted';
  /** The briefest interval of our bindings, from 1 to 4 294 967 295 s. */
  readonly seconds: number;
  /** The first of our contacts, as the registrar lists it. */
  readonly contact: string;
  /** Contacts that were asked for and are not listed, or with no time left. */
  readonly missing: readonly string[];
}

/** What a registrar granted. */
export type Grant =
  | GrantedBinding
  /** No binding of ours is in the list, or none with time left. */
  | { readonly type: 'notGranted'; readonly missing: readonly string[] };

export interface GrantOptions {
  /** Whether a listed contact is ours, where a registrar or a NAT writes it anew. Default: RFC 3261 §19.1.4, RFC 5626 §6. */
  readonly isOurs?: (listed: string) => boolean;
}

/**
 * "The UA compares each contact address to see if it created the contact address, using comparison rules in Section
 * 19.1.4. If so, it updates the expiration time interval according to the expires parameter or, if absent, the Expires
 * field value." (RFC 3261 §10.2.4)
 */
export function grantedTo(request: SipRequest, response: SipResponse, options: GrantOptions = {}): Grant {
  const header = readDeltaSeconds(firstHeader(response.headers, 'Expires') ?? '');
  const listed = readContacts(allHeaders(response.headers, 'Contact'));
  const bindings: { readonly seconds: number; readonly uri: string }[] = [];
  const missing: string[] = [];
  for (const asked of askedFor(request)) {
    const isThis = testOf(asked.contact, options);
    const found = listed.find(isThis);
    const seconds = found === undefined ? 0 : intervalOf(found, header, asked.seconds);
    if (found === undefined || seconds === 0) missing.push(asked.contact.uri);
    else bindings.push({ seconds, uri: found.uri });
  }
  const [first] = bindings;
  if (first === undefined) return { type: 'notGranted', missing };
  const seconds = Math.min(...bindings.map((binding) => binding.seconds));
  return { type: 'granted', seconds, contact: first.uri, missing };
}

/** Whether a REGISTER names a contact to be bound, and not only ones to be removed. */
export function asksForBinding(request: SipRequest): boolean {
  return askedFor(request).length > 0;
}

/** "MAY treat values larger than 2**32-1 as equivalent to 2**32-1. Malformed values SHOULD be treated as equivalent to 3600" (§10.2). */
const MOST_SECONDS = 4_294_967_295;
const USUAL_SECONDS = 3_600;

/** The contacts that were to be bound, each with the interval that was asked for. */
function askedFor(request: SipRequest): readonly { readonly contact: Contact; readonly seconds: number | undefined }[] {
  const header = readDeltaSeconds(firstHeader(request.headers, 'Expires') ?? '');
  return readContacts(allHeaders(request.headers, 'Contact'))
    .map((contact) => ({ contact, seconds: contact.expires ?? header }))
    .filter(({ contact, seconds }) => contact.uri !== '*' && seconds !== 0);
}

/**
 * The interval of a binding; what is not said, or not in digits, counts as one hour, but never as longer than we asked
 * for: a refresh too many is better than a binding that has expired.
 */
function intervalOf({ params }: Contact, header: number | undefined, asked: number | undefined): number {
  const written = paramOf(params, 'expires');
  const said = written === undefined ? header : readDeltaSeconds(written);
  return Math.min(said ?? Math.min(USUAL_SECONDS, asked ?? USUAL_SECONDS), MOST_SECONDS);
}

function testOf(ours: Contact, { isOurs }: GrantOptions): (listed: Contact) => boolean {
  if (isOurs !== undefined) return ({ uri }) => isOurs(uri);
  const isSame = uriTest(ours.uri);
  const instance = instanceOf(ours);
  return (listed) => isSame(listed.uri) || (instance !== undefined && instanceOf(listed) === instance);
}

/** RFC 5626 §6: a binding with an instance-id and a reg-id is known by these two, whatever its URI is. */
function instanceOf({ params }: Contact): string | undefined {
  const instance = paramOf(params, '+sip.instance');
  const regId = paramOf(params, 'reg-id');
  return instance === undefined || regId === undefined ? undefined : `${regId} ${instance.toLowerCase()}`;
}
