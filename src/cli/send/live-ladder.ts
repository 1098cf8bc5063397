// What `send` tells as a ladder that grows: messages with their times, decisions with their reasons, a countdown while it waits.
import type { RetryPolicy } from '../../policy/rule.js';
import { tagOf } from '../../sip/address.js';
import { readCSeq } from '../../sip/cseq.js';
import { firstHeader } from '../../sip/header-list.js';
import type { SipRequest, SipResponse } from '../../sip/message.js';
import { readMessage } from '../../sip/read-message.js';
import { widthOf } from '../decide.js';
import { durationInWords } from '../../policy/in-words.js';
import { outcomeInWords } from '../in-words.js';
import type { Io } from '../io.js';
import { LadderDrawing } from '../ladder-drawing.js';
import { paletteFor } from '../palette.js';
import { Countdown } from './countdown.js';
import { endingInWords } from './ending.js';
import type { DecisionEvent, SendEvent, SendReport } from './send-event.js';
import { waitInWords } from './waits.js';

/** Draws on standard output. `now` is milliseconds since the start. */
export function liveLadder(policy: RetryPolicy, now: () => number, io: Io): SendReport {
  return new LiveLadder(policy, now, io);
}

/** How many messages are remembered, to know one that comes again. */
const MOST_REMEMBERED = 16;

class LiveLadder implements SendReport {
  readonly #io: Io;
  readonly #drawing: LadderDrawing;
  readonly #countdown: Countdown;
  #peer = '';
  /** The request that was sent last, so that of the next one only what changed is shown. */
  #last: SipRequest | undefined;
  /** Whether something came back for it, or a failure was told. */
  #isAnswered = false;
  readonly #passed = new Set<string>();

  constructor(policy: RetryPolicy, now: () => number, io: Io) {
    const colours = paletteFor(io.stdout, io);
    this.#io = io;
    this.#drawing = new LadderDrawing({ colours, policy, width: widthOf(io.stdout.columns), hasTimes: true });
    this.#countdown = new Countdown(io.stdout, now, io.env['TERM'] === 'dumb');
  }

  tell(event: SendEvent): void {
    this.#countdown.stop();
    this.#drawing.at(event.at);
    this.#draw(event);
    this.#io.stdout.write(this.#drawing.take());
    if (event.event === 'wait') this.#countdown.start(event.until, event.for);
  }

  end(): void {
    this.#countdown.stop();
  }

  #draw(event: SendEvent): void {
    switch (event.event) {
      case 'message':
        this.#message(event);
        return;
      case 'decision':
        this.#decision(event);
        return;
      case 'wait':
        this.#drawing.pause(event.until - event.at, waitInWords(event.for, Math.max(0, event.until - event.at)));
        return;
      case 'ask':
        return;
      case 'failure':
        this.#isAnswered = true;
        this.#drawing.event(event.why);
        return;
      case 'note':
        this.#drawing.note(event.note);
        return;
      case 'registered':
        this.#drawing.note(
          `registered for ${durationInWords(event.seconds * 1000)}, ` +
            `refreshed in ${durationInWords(Math.max(0, event.refreshAt - event.at))}`,
        );
        return;
      case 'outcome':
        this.#io.stdout.write(this.#drawing.take());
        this.#io.stdout.write(`\n${endingInWords(event, paletteFor(this.#io.stdout, this.#io))}\n`);
        return;
    }
  }

  #message({ direction, peer, text }: Extract<SendEvent, { event: 'message' }>): void {
    const read = readMessage(text);
    if (peer !== this.#peer) {
      this.#peer = peer;
      this.#drawing.heads(peer);
    }
    const towards = direction === 'sent' ? 'server' : 'uac';
    const isAgain = this.#hasPassed(`${direction} ${text}`);
    if (read.kind === 'request') this.#request(read.request, towards, isAgain);
    else if (read.kind === 'response') this.#response(read.response, towards, isAgain);
    else this.#drawing.note(`a message that is no SIP: ${read.why}`);
  }

  #request(request: SipRequest, towards: 'server' | 'uac', isAgain: boolean): void {
    const { method, uri } = request;
    const isBrief = method === 'ACK' || method === 'CANCEL' || method === 'BYE';
    if (isAgain || isBrief || towards === 'uac') {
      if (method !== 'ACK') this.#drawing.apart();
      this.#drawing.arrow(`${method} ${uri}${isAgain ? ', again' : ''}`, towards);
    } else this.#drawing.request(request, this.#last?.method === method ? this.#last : undefined);
    if (towards === 'uac' || method === 'ACK' || method === 'CANCEL') return;
    this.#last = request;
    this.#isAnswered = false;
  }

  #response(response: SipResponse, towards: 'server' | 'uac', isAgain: boolean): void {
    const { method } = readCSeq(response.headers) ?? {};
    const label = outcomeInWords(response);
    if (towards === 'server') {
      this.#drawing.arrow(label, towards);
      return;
    }
    const isOther = method !== undefined && method !== this.#last?.method;
    if (!isOther && response.status >= 200) this.#isAnswered = true;
    if (isAgain) this.#drawing.apart();
    if (isAgain) this.#drawing.arrow(`${label}, again`, towards);
    else this.#drawing.response(response, isOther ? `${label} to ${method}` : label);
  }

  #decision(event: DecisionEvent): void {
    if (!this.#isAnswered) this.#drawing.event(outcomeInWords(event.status === 408 ? 'timeout' : 'transportError'));
    this.#isAnswered = true;
    // That a BYE or a refresh was accepted is plain from its 200.
    if (event.action.type === 'accept' && isInDialog(this.#last)) return;
    this.#drawing.decision({ decision: event, delayMs: event.delayMs, notes: [], request: null, asking: null });
  }

  #hasPassed(message: string): boolean {
    if (this.#passed.has(message)) return true;
    this.#passed.add(message);
    const [oldest = ''] = this.#passed;
    if (this.#passed.size > MOST_REMEMBERED) this.#passed.delete(oldest);
    return false;
  }
}

function isInDialog(request: SipRequest | undefined): boolean {
  return request !== undefined && tagOf(firstHeader(request.headers, 'To') ?? '') !== undefined;
}
