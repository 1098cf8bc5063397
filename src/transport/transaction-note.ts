// A client transaction as a note (RFC 3261 §17.1.3: branch and method), for those who must tell which one failed.
import type { SipRequest } from '../sip/message.js';
import { topVia } from '../sip/via.js';

/** The transaction that a request belongs to, as text. */
export function noteOf(request: SipRequest): string {
  return `${request.method} ${topVia(request.headers)?.branch ?? ''}`;
}

/** What the note says; a method has no spaces. */
export function transactionOf(note: string): { readonly branch: string; readonly method: string } {
  const space = note.indexOf(' ');
  return { method: note.slice(0, space), branch: note.slice(space + 1) };
}
