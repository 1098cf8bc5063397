// The first line of a SIP message (RFC 3261 §7.1 Request-Line, §7.2 Status-Line).

import { snippet, type ReadNotes } from './read-note.js';
import { isToken } from './token.js';

/** What the start line says. */
export type StartLine =
  | { readonly kind: 'request'; readonly method: string; readonly uri: string }
  | { readonly kind: 'response'; readonly status: number; readonly reason: string }
  | { readonly kind: 'discarded'; readonly why: string }
  | { readonly kind: 'unreadable'; readonly why: string };

/** A start line with its place: its number, counted from 1, and where the line behind it begins. */
export interface PlacedStartLine {
  readonly read: StartLine;
  readonly line: number;
  readonly end: number;
  /** Whether a lone LF ended the line, as in a file that an editor has converted. */
  readonly lfOnly: boolean;
}

/** Reads the first line that is not empty: "MUST ignore any CRLF appearing before the start-line" (§7.5). */
export function readStartLine(text: string, notes: ReadNotes): PlacedStartLine {
  let line = 1;
  for (let at = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0; ; line += 1) {
    const newline = text.indexOf('\n', at);
    const stop = newline < 0 ? text.length : newline;
    const trimmed = text.slice(at, stop).trim();
    const written = trimmed.includes('\r') ? trimmed.replaceAll('\r', ' ') : trimmed;
    at = stop + 1;
    if (written === '' && newline >= 0) continue;
    const read = readWritten(written, line, notes);
    return { read, line, end: Math.min(at, text.length), lfOnly: newline > 0 && text.charAt(newline - 1) !== '\r' };
  }
}

const BYTE_ORDER_MARK = '\uFEFF';

function readWritten(written: string, line: number, notes: ReadNotes): StartLine {
  if (written === '') return { kind: 'unreadable', why: 'there is nothing but empty lines' };
  return readStatusLine(written) ?? readRequestLine(written, line, notes);
}

function readStatusLine(written: string): StartLine | undefined {
  // As nearly all responses begin: to see that takes two thirds of the time of taking the line apart.
  if (USUAL_STATUS.test(written))
    return { kind: 'response', status: Number(written.slice(8, 11)), reason: written.slice(12).trim() };
  const match = STATUS_LINE.exec(written);
  if (match === null) return undefined;
  const [, version = '', status = '', reason = ''] = match;
  if (version !== '2.0') return { kind: 'discarded', why: wrongVersion(version) };
  // RFC 3261 §7.2 knows six classes; a response outside of them is dropped (RFC 4475 §3.1.2.19).
  if (!/^[1-6]\d\d$/.test(status))
    return { kind: 'discarded', why: `the status code ${snippet(status)} is not from 100 to 699` };
  return { kind: 'response', status: Number(status), reason: reason.trim() };
}

const USUAL_STATUS = /^SIP\/2\.0 [1-6]\d\d /;
const STATUS_LINE = /^SIP\/(\d+\.\d+)\s+(\d+)(?:\s([^]*))?$/i;

function readRequestLine(written: string, line: number, notes: ReadNotes): StartLine {
  const methodEnd = written.search(/\s/);
  const versionAt = lastWordOf(written);
  const method = written.slice(0, Math.max(0, methodEnd));
  const uri = written.slice(methodEnd, versionAt).trim();
  const version = VERSION.exec(written.slice(versionAt))?.[1];
  if (!isToken(method) || uri === '' || version === undefined) {
    return { kind: 'unreadable', why: `${snippet(written)} is no start line of SIP` };
  }
  if (version !== '2.0') return { kind: 'discarded', why: wrongVersion(version) };
  if (/\s/.test(uri)) notes.add(line, `the Request-URI ${snippet(uri)} has spaces in it`);
  return { kind: 'request', method, uri };
}

const VERSION = /^SIP\/(\d+\.\d+)$/i;

function lastWordOf(text: string): number {
  return Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t')) + 1;
}

function wrongVersion(version: string): string {
  return `the SIP version is ${snippet(version)}, not 2.0`;
}
