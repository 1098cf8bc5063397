// What a SIP message is made of (RFC 3261 §7): a start line, header fields in order, a body.

/** One header field: the name as it was written (compact form, odd case), the value unfolded and trimmed. */
export type Header = readonly [name: string, value: string];

/** A request (RFC 3261 §7.1). Octets of the body that are no UTF-8 are kept as `textOf` describes. */
export interface SipRequest {
  readonly method: string;
  readonly uri: string;
  readonly headers: readonly Header[];
  readonly body: string;
}

/** A response (RFC 3261 §7.2). `reason` is for people only: nothing may be decided from it. */
export interface SipResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: string;
}
