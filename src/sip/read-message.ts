// Reading a SIP message (RFC 3261 §7, §18.3): tolerant of form, strict where the RFC says that a UAC must discard.

import { readHeaderBlock } from './header-block.js';
import { readBody } from './message-body.js';
import type { SipRequest, SipResponse } from './message.js';
import { textOf } from './octets.js';
import { ReadNotes, type ReadNote } from './read-note.js';
import { defectOfResponse } from './response-defect.js';
import { readStartLine } from './start-line.js';

export type { ReadNote } from './read-note.js';

/** What became of the octets that arrived. */
export type ReadMessage =
  | { readonly kind: 'request'; readonly request: SipRequest; readonly notes: readonly ReadNote[] }
  | { readonly kind: 'response'; readonly response: SipResponse; readonly notes: readonly ReadNote[] }
  /** A SIP message of which the RFC says that it must be dropped: the transaction goes on as if it had not arrived. */
  | { readonly kind: 'discarded'; readonly why: string; readonly line: number; readonly notes: readonly ReadNote[] }
  /** No SIP message at all. */
  | { readonly kind: 'unreadable'; readonly why: string; readonly line: number; readonly expected: string };

/**
 * Reads one SIP message. Never throws, whatever the octets are, and takes time linear in their number.
 *
 * @param transport `datagram` (one message a packet) or `stream`, where a longer text holds the next message, too.
 */
export function readMessage(input: string | Uint8Array, transport: 'datagram' | 'stream' = 'datagram'): ReadMessage {
  const text = typeof input === 'string' ? input : textOf(input);
  const notes = new ReadNotes();
  const start = readStartLine(text, notes);
  if (start.read.kind === 'unreadable') return { ...start.read, line: start.line, expected: EXPECTED };
  if (start.read.kind === 'discarded') return { ...start.read, line: start.line, notes: notes.list() };

  const block = readHeaderBlock(text, start.end, start.line + 1, notes);
  const { headers } = block;
  const body = readBody(text.slice(block.end), block, { transport, lfOnly: start.lfOnly, notes });
  if (start.read.kind === 'request') {
    const { method, uri } = start.read;
    if (body.shortage !== undefined) notes.add(body.line, body.shortage);
    return { kind: 'request', request: { method, uri, headers, body: body.text }, notes: notes.list() };
  }
  const defect = defectOfResponse(block);
  if (defect !== undefined) return { kind: 'discarded', ...defect, notes: notes.list() };
  // "If the message is a response, it MUST be discarded" (RFC 3261 §18.3); of a request, the UAC is the author.
  if (body.shortage !== undefined)
    return { kind: 'discarded', why: body.shortage, line: body.line, notes: notes.list() };
  const { status, reason } = start.read;
  return { kind: 'response', response: { status, reason, headers, body: body.text }, notes: notes.list() };
}

const EXPECTED =
  'a request line such as "INVITE sip:bob@example.com SIP/2.0" or a status line such as "SIP/2.0 401 Unauthorized"';
