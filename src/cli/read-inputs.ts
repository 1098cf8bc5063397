// The messages of a conversation: read and checked before anything is printed (RFC 3261 §7, §8.1.3).
import type { LocalOutcome } from '../policy/facts-of.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import { textOf } from '../sip/octets.js';
import { readMessage } from '../sip/read-message.js';
import { ReadNotes, snippet, type ReadNote } from '../sip/read-note.js';
import { readStartLine } from '../sip/start-line.js';
import type { Io } from './io.js';
import { nameOf, readOctets } from './read-octets.js';
import { UnusableInput } from './unusable-input.js';

/** Where an input came from, for sentences about it. */
export interface Source {
  readonly source: string;
  /** The line of its start line. */
  readonly line: number | undefined;
}

/** The request that the conversation begins with. */
export interface GivenRequest extends Source {
  readonly request: SipRequest;
  readonly notes: readonly string[];
}

/** What came back for one attempt, or on the way to it. */
export type GivenAnswer =
  | (Source & { readonly kind: 'response'; readonly response: SipResponse; readonly notes: readonly string[] })
  | (Source & { readonly kind: 'discarded'; readonly why: string })
  | (Source & { readonly kind: 'outcome'; readonly outcome: LocalOutcome });

export async function readGivenRequest(file: string, io: Io): Promise<GivenRequest> {
  const text = textOf(await readOctets(file, io, 'a file with a SIP request'));
  const read = readMessage(text);
  const source = nameOf(file);
  if (read.kind === 'unreadable') throw new UnusableInput(source, read.line, read.why, REQUEST_LINE);
  if (read.kind === 'discarded') throw new UnusableInput(source, read.line, read.why, REQUEST_LINE);
  const line = startLineOf(text);
  if (read.kind === 'response') {
    const { status, reason } = read.response;
    const found = `a response (${snippet(`SIP/2.0 ${status} ${reason}`)}) stands where a request belongs`;
    throw new UnusableInput(source, line, found, REQUEST_LINE);
  }
  return { source, line, request: read.request, notes: read.notes.map((note) => sentenceOf(source, note)) };
}

export async function readGivenAnswer(file: string, io: Io): Promise<GivenAnswer> {
  const outcome = OUTCOMES.get(file);
  if (outcome !== undefined) return { kind: 'outcome', source: file, line: undefined, outcome };
  if (file.startsWith('@')) throw new UnusableInput(file, undefined, 'there is no such event', EVENTS);
  const text = textOf(await readOctets(file, io, `a file with a SIP response, ${EVENTS}`));
  const read = readMessage(text);
  const source = nameOf(file);
  if (read.kind === 'unreadable') throw new UnusableInput(source, read.line, read.why, STATUS_LINE);
  if (read.kind === 'discarded') return { kind: 'discarded', source, line: read.line, why: read.why };
  const line = startLineOf(text);
  if (read.kind === 'request') {
    const { method, uri } = read.request;
    const found = `a request (${snippet(`${method} ${uri}`)}) stands where a response belongs`;
    throw new UnusableInput(source, line, found, STATUS_LINE);
  }
  const notes = read.notes.map((note) => sentenceOf(source, note));
  return { kind: 'response', source, line, response: read.response, notes };
}

const OUTCOMES: ReadonlyMap<string, LocalOutcome> = new Map([
  ['@timeout', 'timeout'],
  ['@transport-error', 'transportError'],
]);

const EVENTS = '@timeout or @transport-error';
const REQUEST_LINE = 'a request line such as "INVITE sip:bob@example.com SIP/2.0"';
const STATUS_LINE = 'a status line such as "SIP/2.0 401 Unauthorized"';

function sentenceOf(source: string, { line, text }: ReadNote): string {
  return `${source}, line ${line}: ${text}`;
}

function startLineOf(text: string): number {
  return readStartLine(text, new ReadNotes()).line;
}
