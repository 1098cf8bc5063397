// The body of a message and Content-Length (RFC 3261 §18.3, §20.14), which counts octets.

import { readDeltaSeconds } from './delta-seconds.js';
import type { HeaderBlock } from './header-block.js';
import { octetLength, octetsOf, textOf } from './octets.js';
import { snippet, type ReadNotes } from './read-note.js';

/** How the message arrived, and where to say what was odd about it. */
export interface BodyContext {
  readonly transport: 'datagram' | 'stream';
  /** The lines of this message end in a lone LF. */
  readonly lfOnly: boolean;
  readonly notes: ReadNotes;
}

/** The body as far as it is there. */
export interface MessageBody {
  readonly text: string;
  /** The line of Content-Length; 0 when there is none. */
  readonly line: number;
  /** Says that octets are missing; absent when the body is whole. */
  readonly shortage?: string;
}

/** Takes the body out of what follows the header fields. */
export function readBody(rest: string, block: HeaderBlock, context: BodyContext): MessageBody {
  const { length, line } = readContentLength(block, context.notes);
  // "assumed to end at the end of the transport packet" (RFC 3261 §18.3)
  if (length === undefined) return { text: rest, line };
  const octets = octetLength(rest);
  if (octets === length) return { text: rest, line };
  if (octets > length) {
    context.notes.add(line, surplus(octets - length, context.transport));
    return { text: textOf(octetsOf(rest).subarray(0, length)), line };
  }
  const restored = context.lfOnly ? rest.replace(/\r?\n/g, '\r\n') : rest;
  if (restored.length > rest.length && octetLength(restored) >= length) {
    context.notes.add(line, 'the line ends of the body were restored to CRLF, as Content-Length counts them');
    return { text: textOf(octetsOf(restored).subarray(0, length)), line };
  }
  return { text: rest, line, shortage: `Content-Length promises ${length} octets of body, and ${octets} are there` };
}

function surplus(octets: number, transport: BodyContext['transport']): string {
  return transport === 'datagram'
    ? `${octets} octets behind the end of the body were ignored`
    : `${octets} octets behind the end of the body belong to the next message`;
}

/** Undefined without Content-Length, with one that is no number, and with two that contradict each other. */
function readContentLength(
  block: HeaderBlock,
  notes: ReadNotes,
): { readonly length: number | undefined; readonly line: number } {
  let found: string | undefined;
  let line = 0;
  for (const row of block.rows) {
    if (row.key !== 'content-length' || row.value === found) continue;
    if (found !== undefined) {
      notes.add(row.line, 'two values of Content-Length contradict each other: the body ends with the message');
      return { length: undefined, line };
    }
    found = row.value;
    line = row.line;
  }
  if (found === undefined) return { length: undefined, line };
  const length = readDeltaSeconds(found);
  if (length === undefined) notes.add(line, `Content-Length ${snippet(found)} is no number and was ignored`);
  return { length, line };
}
