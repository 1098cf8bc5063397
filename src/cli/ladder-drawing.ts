// The lines of a ladder: heads, arrows, header fields that matter, decisions and pauses between two lanes.
import type { SipRequest, SipResponse } from '../sip/message.js';
import type { RetryPolicy } from '../policy/rule.js';
import type { DecisionTurn } from './conversation.js';
import { actionInWords, durationInWords } from '../policy/in-words.js';
import { outcomeInWords, questionInWords, whyInWords } from './in-words.js';
import { rowsThatMatter } from './ladder-rows.js';
import type { Palette } from './palette.js';
import { paintType } from './print-decision.js';
import { cutToWidth, widthOf, wrapToWidth } from '../simulator/formats/text-width.js';
import { visible } from '../sip/visible.js';

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
  /** Whether the last row was empty: two in a row say nothing more than one. */
  #isApart = false;

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
    const name = cutToWidth(visible(server), this.#room - GAP);
    this.#lines.push(
      `${' '.repeat(this.#left)}${bold('UAC')}${' '.repeat(this.#room - 1 - widthOf(name))}${bold(name)}`,
    );
    this.#isApart = false;
    this.#between();
  }

  request(request: SipRequest, before?: SipRequest): void {
    this.#between();
    this.arrow(`${request.method} ${request.uri}`, 'server');
    this.#headers(request, before);
  }

  response(response: SipResponse, label = outcomeInWords(response)): void {
    this.#between();
    this.arrow(label, 'uac');
    this.#headers(response);
  }

  /** A message of which no more is said; it stands close to what came before. */
  arrow(text: string, towards: 'server' | 'uac'): void {
    const { bold } = this.#layout.colours;
    const label = cutToWidth(visible(text), this.#room - 2 * GAP);
    const line = '─'.repeat(this.#room - widthOf(label) - 5);
    this.#row(towards === 'server' ? `── ${bold(label)} ${line}▶` : `◀${line} ${bold(label)} ──`);
  }

  /** What takes the place of a response. */
  event(what: string): void {
    this.#between();
    this.#sentence('╳─ ', what);
  }

  /** What the UAC has to say besides. */
  note(what: string): void {
    this.#between();
    this.#sentence(' · ', what);
  }

  /** Room before a message that has no more to say, where it begins something new. */
  apart(): void {
    this.#between();
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
  pause(delayMs: number, words = durationInWords(delayMs)): void {
    this.#time = '';
    for (const line of ['', ...wrapToWidth(words, this.#room - 2), '']) {
      const label = line === '' ? '' : ` ${cutToWidth(line, this.#room - 2)} `;
      const before = Math.floor((this.#room - widthOf(label)) / 2);
      const after = this.#room - widthOf(label) - before;
      const shown = label === '' ? '' : this.#layout.colours.yellow(label);
      this.#row(`${' '.repeat(before)}${shown}${' '.repeat(after)}`, '┊');
    }
  }

  /** The header fields that matter; of a further request those that changed, in colour. */
  #headers(message: SipRequest | SipResponse, before?: SipRequest): void {
    const { green, dim } = this.#layout.colours;
    for (const header of rowsThatMatter(message, before)) {
      for (const [index, line] of wrapToWidth(visible(header), this.#room - 2 * GAP).entries()) {
        const text = cutToWidth(`${index === 0 ? '' : '  '}${line}`, this.#room - 2 * GAP);
        this.#row(
          `${' '.repeat(GAP)}${before === undefined ? dim(text) : green(text)}${' '.repeat(this.#room - GAP - widthOf(text))}`,
        );
      }
    }
  }

  #field(label: string, text: string): void {
    const { dim } = this.#layout.colours;
    const indent = label === '' ? GAP : GAP + 8;
    for (const [index, line] of wrapToWidth(visible(text), this.#room - indent - 1).entries()) {
      const head = (index === 0 ? label : '').padEnd(indent - GAP);
      const shown = cutToWidth(line, this.#room - indent - 1);
      this.#row(
        `${' '.repeat(GAP)}${head.trim() === '' ? head : dim(head)}${shown}${' '.repeat(this.#room - indent - widthOf(shown))}`,
      );
    }
  }

  /** A sentence on its own row, or on several. */
  #sentence(lead: string, text: string): void {
    for (const [index, line] of wrapToWidth(visible(text), this.#room - 4).entries()) {
      const shown = cutToWidth(line, this.#room - 4);
      const head = index === 0 ? lead : ' '.repeat(lead.length);
      this.#row(`${head}${this.#layout.colours.bold(shown)}${' '.repeat(this.#room - widthOf(shown) - 3)}`);
    }
  }

  #between(): void {
    if (!this.#isApart) this.#row(' '.repeat(this.#room));
  }

  #row(content: string, lane = '│'): void {
    const { dim } = this.#layout.colours;
    // An empty row stands between two happenings; the time belongs to the second.
    this.#isApart = content.trim() === '';
    const time = this.#isApart ? '' : this.#time;
    if (time !== '') this.#time = '';
    const margin = time === '' ? ' '.repeat(this.#left) : dim(`${time.padStart(this.#left - 1)} `);
    this.#lines.push(`${margin}${dim(lane)}${content}${dim(lane)}`);
  }
}
