// What `send` tells as a ladder that grows: messages with their times, decisions with their reasons, a countdown while it waits.
import type { RetryPolicy } from '../../policy/rule.js';
import type { SipRequest } from '../../sip/message.js';
import { readMessage } from '../../sip/read-message.js';
import { widthOf } from '../decide.js';
import { durationInWords, outcomeInWords } from '../in-words.js';
import type { Io } from '../io.js';
import { LadderDrawing } from '../ladder-drawing.js';
import { paletteFor } from '../palette.js';
import { visible } from '../visible.js';
import { Countdown } from './countdown.js';
import { endingInWords } from './ending.js';
import type { SendEvent, SendReport } from './send-event.js';

/** Draws on standard output. `now` is milliseconds since the start. */
export function liveLadder(policy: RetryPolicy, now: () => number, io: Io): SendReport {
  return new LiveLadder(policy, now, io);
}

class LiveLadder implements SendReport {
  readonly #io: Io;
  readonly #drawing: LadderDrawing;
  readonly #countdown: Countdown;
  #peer = '';
  /** The request that was sent last, so that of the next one only what changed is shown. */
  #last: SipRequest | undefined;

  constructor(policy: RetryPolicy, now: () => number, io: Io) {
    const colours = paletteFor(io.stdout, io);
    this.#io = io;
    this.#drawing = new LadderDrawing({ colours, policy, width: widthOf(io.stdout.columns), hasTimes: true });
    this.#countdown = new Countdown(io.stdout, now);
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
        this.#message(event.peer, event.text);
        return;
      case 'decision':
        this.#drawing.decision({
          decision: event,
          delayMs: event.delayMs,
          notes: event.notes,
          request: null,
          asking: null,
        });
        return;
      case 'wait':
        this.#drawing.pause(Math.max(0, event.until - event.at));
        return;
      case 'ask':
        return;
      case 'note':
        this.#drawing.event(event.note);
        return;
      case 'registered':
        this.#drawing.event(`registered for ${durationInWords(event.seconds * 1000)}`);
        return;
      case 'outcome':
        this.#io.stdout.write(this.#drawing.take());
        this.#io.stdout.write(`\n${endingInWords(event, paletteFor(this.#io.stdout, this.#io))}\n`);
        return;
    }
  }

  #message(peer: string, text: string): void {
    const read = readMessage(text);
    if (peer !== this.#peer) {
      this.#peer = peer;
      this.#drawing.heads(peer);
    }
    if (read.kind === 'request') {
      this.#drawing.request(read.request, isNext(this.#last, read.request) ? this.#last : undefined);
      if (read.request.method !== 'ACK' && read.request.method !== 'CANCEL') this.#last = read.request;
    } else if (read.kind === 'response') {
      this.#drawing.response(read.response);
    } else {
      this.#drawing.event(visible(outcomeInWords('transportError')));
    }
  }
}

function isNext(last: SipRequest | undefined, request: SipRequest): boolean {
  return last?.method === request.method;
}
