// Messages out of a stream of octets (RFC 3261 §18.3): Content-Length says where each one ends.
import { readDeltaSeconds } from '../sip/delta-seconds.js';
import { readHeaderBlock } from '../sip/header-block.js';
import { textOf } from '../sip/octets.js';
import { ReadNotes } from '../sip/read-note.js';

/** How much of a message is taken before the connection is given up. */
export interface FramingLimits {
  /** Start line and header fields. Default: 65,536 octets. */
  readonly headerOctets: number;
  /** Default: 1 MiB. */
  readonly bodyOctets: number;
}

export const framingLimits: FramingLimits = { headerOctets: 65_536, bodyOctets: 1_048_576 };

/**
 * Cuts a stream into messages. However the octets are chunked, the messages are the same: each octet is looked at
 * once. A stream that cannot be cut ends with `failure`: where the next message begins is not known any more.
 */
export class StreamFraming {
  readonly #limits: FramingLimits;
  #octets = new Uint8Array(4096);
  /** How many of them are there. */
  #filled = 0;
  /** Where the message begins, and how far it has been looked at. */
  #start = 0;
  #at = 0;
  #line: LinePart = 'before';
  /** Where the message ends, once its header fields are read. */
  #end: number | undefined;
  #failure: string | undefined;

  constructor(limits: Partial<FramingLimits> = {}) {
    this.#limits = { ...framingLimits, ...limits };
  }

  /** Why nothing more can be read. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Whether a message has begun and not ended. */
  get isInMessage(): boolean {
    return this.#line !== 'before';
  }

  /** The messages that are complete with this chunk, each with its start line first. */
  push(chunk: Uint8Array): readonly Uint8Array[] {
    const messages: Uint8Array[] = [];
    if (this.#failure !== undefined) return messages;
    this.#append(chunk);
    for (let next = this.#next(); next !== undefined; next = this.#next()) messages.push(next);
    if (this.#failure !== undefined) this.#octets = new Uint8Array(0);
    return messages;
  }

  #append(chunk: Uint8Array): void {
    if (this.#filled + chunk.length > this.#octets.length) this.#makeRoom(chunk.length);
    this.#octets.set(chunk, this.#filled);
    this.#filled += chunk.length;
  }

  #makeRoom(more: number): void {
    const rest = this.#octets.subarray(this.#start, this.#filled);
    const needed = rest.length + more;
    // Doubling, so that a peer that dribbles its octets makes no quadratic work.
    const room = new Uint8Array(Math.max(4096, 2 ** Math.ceil(Math.log2(needed))));
    room.set(rest);
    this.#octets = room;
    this.#filled = rest.length;
    this.#at -= this.#start;
    if (this.#end !== undefined) this.#end -= this.#start;
    this.#start = 0;
  }

  #next(): Uint8Array | undefined {
    if (this.#end === undefined && this.#passHeader()) this.#end = this.#endOfBody();
    if (this.#end === undefined || this.#end > this.#filled) return undefined;
    const message = this.#octets.slice(this.#start, this.#end);
    this.#start = this.#end;
    this.#at = this.#end;
    this.#end = undefined;
    this.#line = 'before';
    return message;
  }

  /** Looks on for the empty line; true when `#at` is behind it. Lines end where `readHeaderBlock` ends them. */
  #passHeader(): boolean {
    for (; this.#at < this.#filled; this.#at += 1) {
      const octet = this.#octets[this.#at] ?? 0;
      if (this.#line === 'before') {
        // "MUST ignore any CRLF appearing before the start-line" (RFC 3261 §7.5); RFC 5626 §3.5.1 keeps alive by it.
        if (octet === CR || octet === LF) continue;
        this.#start = this.#at;
        this.#line = 'text';
      } else if (this.#at - this.#start >= this.#limits.headerOctets) {
        this.#failure = `the header fields are longer than ${this.#limits.headerOctets} octets`;
        return false;
      } else if (octet === LF) {
        if (this.#line !== 'text') {
          this.#at += 1;
          return true;
        }
        this.#line = 'lineStart';
      } else if (this.#line === 'lineStart') this.#line = octet === CR ? 'blank' : 'text';
      else if (this.#line === 'blank' && octet !== CR && octet !== SPACE && octet !== TAB) this.#line = 'text';
    }
    if (this.#line === 'before') this.#start = this.#at;
    return false;
  }

  #endOfBody(): number | undefined {
    const length = contentLengthOf(textOf(this.#octets.subarray(this.#start, this.#at)));
    if (typeof length === 'string') this.#failure = length;
    else if (length > this.#limits.bodyOctets) {
      this.#failure = `Content-Length announces more than ${this.#limits.bodyOctets} octets`;
    } else return this.#at + length;
    return undefined;
  }
}

/** Where in the header section the last octet stood. */
type LinePart =
  /** No start line yet. */
  | 'before'
  | 'text'
  | 'lineStart'
  /** A line that had nothing but a carriage return and white space so far. */
  | 'blank';

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

/** The length, or why there is none. */
function contentLengthOf(header: string): number | string {
  const block = readHeaderBlock(header, header.indexOf('\n') + 1, 2, new ReadNotes());
  const [value, ...others] = new Set(
    block.rows.filter(({ key }) => key === 'content-length').map(({ value: written }) => written),
  );
  // "The Content-Length header field MUST be used with stream oriented transports" (RFC 3261 §18.3).
  if (value === undefined) return 'there is no Content-Length, so the end of the message is not known';
  if (others.length > 0) return 'two values of Content-Length contradict each other';
  return readDeltaSeconds(value) ?? 'Content-Length is no number';
}
