// What the next request is made of besides the last one: chance, numbers, answers. Plain data but for `authorize`.
import type { Header, SipRequest } from '../sip/message.js';

/** A body and what it is. */
export interface Body {
  readonly type: string;
  readonly content: string;
  /** Content-Encoding, Content-Language or Content-Disposition, where they are needed. */
  readonly headers?: readonly Header[];
}

/** What an application answers when it is asked. Which member counts depends on what was asked. */
export interface Answer {
  /** Digits to append to the number that was dialled. */
  readonly digits?: string;
  /** The address that was chosen, one of those that were listed. */
  readonly target?: string;
  /** The body to send instead; `null`: none. */
  readonly body?: Body | null;
  /** Header fields that replace those of the same name. */
  readonly headers?: readonly Header[];
}

/** What the outside gives for the next request. */
export interface Materials extends Answer {
  /** An unguessable token for the new branch, and for a new tag and Call-ID where those change (RFC 3261 §8.1.1.7, §19.3). */
  readonly token: string;
  /** The next CSeq number where others have been used meanwhile; by default the last one + 1. */
  readonly nextCSeq?: number;
  /** The Route that a 305 has put first: `proxyRoute` of what was written last. It goes with the target that it led to. */
  readonly proxyRoute?: string;
  /** Computes all credentials of the next request anew, once everything else in it stands (RFC 3261 §22.2: per request). */
  readonly authorize?: (request: SipRequest) => readonly Header[];
}
