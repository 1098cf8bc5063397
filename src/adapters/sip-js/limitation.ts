// What SIP.js cannot do, said where it matters.

/**
 * What kind of thing SIP.js cannot do.
 *
 * - `requestUri`, `headerField`, `body`: it cannot write this part as it was decided.
 * - `nextHop`: a request goes over its WebSocket, whatever host the Request-URI names.
 * - `response`: it dropped a final response, or threw at it: there is no session, and no ACK.
 * - `cancel`, `ack`, `bye`: it threw.
 */
export type LimitationKind = 'requestUri' | 'headerField' | 'body' | 'nextHop' | 'response' | 'cancel' | 'ack' | 'bye';

/** SIP.js does not do what was decided, or not exactly. No value of a header field is in it. */
export interface Limitation {
  readonly kind: LimitationKind;
  /** The part of the message (`Request-URI`, `Body`, the name of a header field), the response, or the method. */
  readonly what: string;
  /** Why, as a sentence. */
  readonly because: string;
  readonly attempt: number;
  /** True: the attempt was not sent at all, and counts as a transport error (RFC 3261 §8.1.3.1). */
  readonly prevented: boolean;
}

/** A limitation before it is known which attempt it belongs to. */
export type Inability = Pick<Limitation, 'kind' | 'what' | 'because'>;

/** The kind for a part of the message, named as in the list of changes. */
export function kindOfPart(what: string): LimitationKind {
  if (what === 'Request-URI') return 'requestUri';
  return what === 'Body' ? 'body' : 'headerField';
}
