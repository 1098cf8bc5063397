// A conversation as a ladder: the UAC on the left, the server on the right, each decision between the arrows.
import type { RetryPolicy } from '../policy/rule.js';
import { headerKey } from '../sip/header-list.js';
import type { Header, SipRequest, SipResponse } from '../sip/message.js';
import { parseUri } from '../sip/uri.js';
import { type DecisionTurn, provisionalNote, type Turn } from './conversation.js';
import { actionInWords, durationInWords, outcomeInWords, questionInWords, whyInWords } from './in-words.js';
import type { Palette } from './palette.js';
import { paintType } from './print-decision.js';
import type { GivenAnswer } from './read-inputs.js';
import { visible } from './visible.js';
import { cut, wrap } from './wrapped.js';

/** What is drawn. */
export interface LadderContent {
  readonly request: SipRequest;
  /** The server in use at first; by default the host of the Request-URI. */
  readonly server?: string | undefined;
  readonly answers: readonly GivenAnswer[];
  /** The turns of the same conversation. */
  readonly turns: readonly Turn[];
}

/** How it is drawn. */
export interface LadderLayout {
  readonly colours: Palette;
  /** Characters in a line, the lanes included. */
  readonly width: number;
  readonly policy: RetryPolicy;
}

/** The whole ladder as text, its last line ended. */
export function ladderOf({ request, server, answers, turns }: LadderContent, layout: LadderLayout): string {
  const ladder = new Ladder(layout);
  ladder.heads(server ?? `sip:${parseUri(request.uri)?.host ?? request.uri}`);
  ladder.request(request);
  const left = [...turns];
  // A 1xx has an arrow of its own and needs no note.
  const drawn = new Set<string>();
  for (const answer of answers) {
    if (answer.kind === 'response') ladder.response(answer.response);
    else ladder.event(answer.kind === 'outcome' ? outcomeInWords(answer.outcome) : `discarded: ${answer.why}`);
    if (answer.kind === 'response' && answer.response.status < 200) {
      drawn.add(provisionalNote(answer.response));
      continue;
    }
    const turn = left.shift();
    if (turn?.kind === 'decision') ladder.decision({ ...turn, notes: turn.notes.filter((note) => !drawn.has(note)) });
  }
  return ladder.text();
}

const MARGIN = '  ';
/** Between a lane and the text beside it. */
const GAP = 3;

class Ladder {
  readonly #layout: LadderLayout;
  readonly #lines: string[] = [];
  /** Characters between the lanes. */
  readonly #room: number;

  constructor(layout: LadderLayout) {
    this.#layout = layout;
    this.#room = Math.max(30, layout.width - 2 * MARGIN.length - 2);
  }

  text(): string {
    return `${this.#lines.map((line) => line.trimEnd()).join('\n')}\n`;
  }

  /** The names above the lanes; again where the server changes. */
  heads(server: string): void {
    const { bold } = this.#layout.colours;
    const name = cut(visible(server), this.#room - GAP);
    this.#lines.push(`${MARGIN}${bold('UAC')}${' '.repeat(this.#room - 1 - name.length)}${bold(name)}`);
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

  decision(turn: DecisionTurn): void {
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
    if (delayMs > 0) this.#pause(delayMs);
    if (action.type === 'tryOtherServer') this.heads(action.server);
    this.request(request, answered);
  }

  #pause(delayMs: number): void {
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
    this.#lines.push(`${MARGIN}${dim(lane)}${content}${dim(lane)}`);
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
