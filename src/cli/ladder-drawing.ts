// The lines of a ladder: heads, arrows, header fields that matter, decisions and pauses between two lanes.
import { headerKey } from '../sip/header-list.js';
import type { Header, SipRequest, SipResponse } from '../sip/message.js';
import type { RetryPolicy } from '../policy/rule.js';
import type { DecisionTurn } from './conversation.js';
import { actionInWords, durationInWords, outcomeInWords, questionInWords, whyInWords } from './in-words.js';
import type { Palette } from './palette.js';
import { paintType } from './print-decision.js';
import { visible } from './visible.js';
import { cut, wrap } from './wrapped.js';

/** How a ladder is drawn. */
export interface LadderLayout {
  readonly colours: Palette;
  /** Characters in a line, the lanes included. */
  readonly width: number;
  readonly policy: RetryPolicy;
  /** Whether a column on the left says when. Default: no. */
  readonly hasTimes?: boolean;
}

/** A decision, and the request that follows it at once, if there is one. */
export interface DrawnDecision extends Pick<DecisionTurn, 'decision' | 'request' | 'delayMs' | 'asking' | 'notes'> {
  readonly answered?: SipRequest;
}

const MARGIN = '  ';
/** The column of times: `  12.345 `. */
const TIME = 9;
/** Between a lane and the text beside it. */
const GAP = 3;

export class LadderDrawing {
  readonly #layout: LadderLayout;
  readonly #lines: string[] = [];
  /** Characters between the lanes. */
  readonly #room: number;
  readonly #left: number;
  /** What the next row says of its time. */
  #time = '';

  constructor(layout: LadderLayout) {
    this.#layout = layout;
    this.#left = layout.hasTimes === true ? TIME : MARGIN.length;
    this.#room = Math.max(30, layout.width - this.#left - MARGIN.length - 2);
  }

  /** What was drawn since this was called last; every line is ended. */
  take(): string {
    const lines = this.#lines.splice(0).map((line) => `${line.trimEnd()}\n`);
    return lines.join('');
  }

  /** The next arrow, decision or event happens at this time, in milliseconds since the start. */
  at(ms: number): void {
    if (this.#layout.hasTimes === true) this.#time = (ms / 1000).toFixed(3);
  }

  /** The names above the lanes; again where the server changes. */
  heads(server: string): void {
    const { bold } = this.#layout.colours;
    const name = cut(visible(server), this.#room - GAP);
    this.#lines.push(`${' '.repeat(this.#left)}${bold('UAC')}${' '.repeat(this.#room - 1 - name.length)}${bold(name)}`);
    this.#between();
  }

  request(request: SipRequest, before?: SipRequest): void {
    const { bold } = this.#layout.colours;
    const label = cut(visible(`${request.method} ${request.uri}`), this.#room - 2 * GAP);
    this.#row(`── ${bold(label)} ${'─'.repeat(this.#room - label.length - 5)}▶`);
    this.#headers(request, REQUEST_HEADERS, before);
  }

  response(response: SipResponse): void {
    const { bold } = this.#layout.colours;
    const label = cut(visible(outcomeInWords(response)), this.#room - 2 * GAP);
    this.#between();
    this.#row(`◀${'─'.repeat(this.#room - label.length - 5)} ${bold(label)} ──`);
    this.#headers(response, RESPONSE_HEADERS);
  }

  /** What takes the place of a response. */
  event(what: string): void {
    const label = cut(visible(what), this.#room - 4);
    this.#between();
    this.#row(`╳─ ${this.#layout.colours.bold(label)}${' '.repeat(this.#room - label.length - 3)}`);
  }

  decision(turn: DrawnDecision): void {
    const { colours, policy } = this.#layout;
    const { decision, request, delayMs, asking, notes, answered } = turn;
    const { action } = decision;
    const colour = paintType(action.type, colours);
    this.#between();
    this.#row(` ${colour(`● ${colours.bold(action.type)}`)}${' '.repeat(this.#room - action.type.length - 3)}`);
    if (action.type !== 'accept') this.#field('', actionInWords(action));
    this.#field('why', whyInWords(decision, policy));
    this.#field('see', `${decision.cite.join(', ')} (rule ${decision.rule})`);
    for (const note of notes) this.#field('note', note);
    if (asking !== null) this.#field('to ask', questionInWords(asking));
    this.#between();
    if (request === null) return;
    if (delayMs > 0) this.pause(delayMs);
    if (action.type === 'tryOtherServer') this.heads(action.server);
    this.request(request, answered);
  }

  /** Time in which nothing is sent. */
  pause(delayMs: number): void {
    const label = ` ${durationInWords(delayMs)} `;
    const before = Math.floor((this.#room - label.length) / 2);
    const after = this.#room - label.length - before;
    for (const text of ['', label, '']) {
      const filled =
        text === ''
          ? ' '.repeat(this.#room)
          : `${' '.repeat(before)}${this.#layout.colours.yellow(label)}${' '.repeat(after)}`;
      this.#row(filled, '┊');
    }
  }

  /** The header fields that matter; of a further request those that changed, in colour. */
  #headers(message: SipRequest | SipResponse, names: ReadonlySet<string>, before?: SipRequest): void {
    const { green, dim } = this.#layout.colours;
    const changed = before === undefined ? message.headers : message.headers.filter((row) => !hasRow(before, row));
    const named = changed.filter(([name]) => names.has(headerKey(name)));
    // A copy for another server differs in its branch alone (RFC 3263 §4.3).
    const shown = before !== undefined && named.length === 0 ? changed : named;
    for (const header of shown) {
      for (const [index, line] of wrap(visible(shortened(header)), this.#room - 2 * GAP).entries()) {
        const text = cut(`${index === 0 ? '' : '  '}${line}`, this.#room - 2 * GAP);
        this.#row(
          `${' '.repeat(GAP)}${before === undefined ? dim(text) : green(text)}${' '.repeat(this.#room - GAP - text.length)}`,
        );
      }
    }
  }

  #field(label: string, text: string): void {
    const { dim } = this.#layout.colours;
    const indent = label === '' ? GAP : GAP + 8;
    for (const [index, line] of wrap(visible(text), this.#room - indent - 1).entries()) {
      const head = (index === 0 ? label : '').padEnd(indent - GAP);
      const shown = cut(line, this.#room - indent - 1);
      this.#row(
        `${' '.repeat(GAP)}${head.trim() === '' ? head : dim(head)}${shown}${' '.repeat(this.#room - indent - shown.length)}`,
      );
    }
  }

  #between(): void {
    this.#row(' '.repeat(this.#room));
  }

  #row(content: string, lane = '│'): void {
    const { dim } = this.#layout.colours;
    // An empty row stands between two happenings; the time belongs to the second.
    const time = content.trim() === '' ? '' : this.#time;
    if (time !== '') this.#time = '';
    const margin = time === '' ? ' '.repeat(this.#left) : dim(`${time.padStart(this.#left - 1)} `);
    this.#lines.push(`${margin}${dim(lane)}${content}${dim(lane)}`);
  }
}

function hasRow({ headers }: SipRequest, [name, value]: Header): boolean {
  return headers.some(([other, same]) => headerKey(other) === headerKey(name) && same === value);
}

/** Nonces and digests by their beginning: enough to tell one from another. */
function shortened([name, value]: Header): string {
  return `${name}: ${value.replace(/\b(c?nonce|response|opaque)="([^"]{6})[^"]{2,}"/g, '$1="$2…"')}`;
}

const REQUEST_HEADERS = new Set(
  [
    'To',
    'Call-ID',
    'CSeq',
    'Expires',
    'Session-Expires',
    'Min-SE',
    'Authorization',
    'Proxy-Authorization',
    'Require',
    'Route',
  ].map(headerKey),
);

const RESPONSE_HEADERS = new Set(
  [
    'WWW-Authenticate',
    'Proxy-Authenticate',
    'Min-Expires',
    'Min-SE',
    'Retry-After',
    'Contact',
    'Expires',
    'Unsupported',
    'Require',
    'Accept',
    'Allow',
    'Warning',
  ].map(headerKey),
);
