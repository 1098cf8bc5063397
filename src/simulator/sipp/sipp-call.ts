// One call of a SIPp server: its commands in order, from the request that began it to its end.
import { automaticAnswer } from './automatic-answer.js';
import type { SippCallMeans, Way } from './call-means.js';
import { carryOut } from './carry-out.js';
import { expectedAt, matchOf } from './expected-message.js';
import { isDue, nextAfter } from './next-command.js';
import { pauseMs } from './pause-ms.js';
import type { RecvCommand, SendCommand, SippCommand } from './program.js';
import { numberOf, peerTagOf, wordsOf, type Received } from './received.js';
import { Resending } from './resending.js';
import type { Template } from './template.js';
import { Variables } from './variables.js';
import { writtenMessage, writtenText, type Writing } from './written-message.js';

/** More commands than this without a message that comes are a circle. */
const MOST_STEPS = 100_000;

export class SippCall {
  readonly #means: SippCallMeans;
  readonly #variables: Variables;
  readonly #resending: Resending;
  #way: Way;
  #at = 0;
  #cseq = 0;
  #steps = 0;
  #last: Received | undefined;
  #routed: Received | undefined;
  #peerTag = '';
  #failure: string | undefined;
  #isOver = false;
  #isWaiting = false;
  #isLeaving = false;
  #disarm: () => void = () => undefined;

  constructor(means: SippCallMeans, way: Way) {
    this.#means = means;
    this.#way = way;
    this.#variables = new Variables(means.program.globals, means.globals);
    this.#resending = new Resending(means.environment.clock);
    this.#run();
  }

  /** A message with its Call-ID has come. */
  receive(message: Received, way: Way): void {
    if (this.#resending.answerAgain(message.text)) return;
    if (this.#isOver || this.#isLeaving) return;
    const found = this.#isWaiting ? matchOf(this.#commands, this.#at, message) : undefined;
    if (found === undefined) {
      this.#unexpected(message, way);
      return;
    }
    this.#note(message, way);
    this.#resending.received(message.text);
    this.#steps = 0;
    this.#take(found.command, found.index);
  }

  /** What it waits for at the end of a simulation; `undefined` for a call that is over. */
  get awaited(): string | undefined {
    const command = this.#commands[this.#at];
    if (this.#isOver || this.#isLeaving || command === undefined) return undefined;
    if (!this.#isWaiting) return `is at line ${command.line}`;
    return `waits for ${expectedAt(this.#commands, this.#at)} (line ${command.line})`;
  }

  stop(): void {
    this.#isOver = true;
    this.#disarm();
    this.#resending.stop();
  }

  get #commands(): readonly SippCommand[] {
    return this.#means.program.commands;
  }

  #take(command: RecvCommand, index: number): void {
    // An optional message may come several times, and what it stands before is awaited still.
    const stays = command.optional && command.next === undefined && this.#commands[index + 1]?.do === 'recv';
    if (command.rrs) this.#routed = this.#last;
    if (!stays) {
      this.#isWaiting = false;
      this.#disarm();
      this.#at = index;
    }
    if (!this.#carryOut(command) || stays) return;
    this.#goOn(command);
    this.#run();
  }

  #run(): void {
    while (!this.#isOver) {
      const command = this.#commands[this.#at];
      this.#steps += 1;
      if (command === undefined) this.#end(this.#failure ?? 'succeeds');
      else if (this.#steps > MOST_STEPS) this.#end(`fails: it goes in a circle around line ${command.line}`);
      if (command === undefined || this.#isOver) return;
      if (!isDue(command, this.#variables)) {
        this.#at += 1;
        continue;
      }
      if (command.do === 'recv') this.#await(command);
      if (command.do === 'pause') this.#pause(command);
      if (command.do === 'recv' || command.do === 'pause') return;
      if (command.do === 'send') this.#send(command);
      if (this.#carryOut(command)) this.#goOn(command);
    }
  }

  #await(command: RecvCommand): void {
    const { clock } = this.#means.environment;
    this.#isWaiting = true;
    const { timeoutMs, onTimeout, line } = command;
    if (timeoutMs === undefined) return;
    this.#disarm = clock.at(clock.now() + timeoutMs, () => {
      this.#isWaiting = false;
      if (onTimeout === undefined) {
        const wanted = expectedAt(this.#commands, this.#at);
        this.#end(`fails: line ${line} expects ${wanted} within ${timeoutMs} ms, nothing came`);
        return;
      }
      this.#at = onTimeout;
      this.#run();
    });
  }

  #pause(command: Extract<SippCommand, { do: 'pause' }>): void {
    const { clock, random } = this.#means.environment;
    const isLast = command.isTimewait || (this.#at === this.#commands.length - 1 && command.next === undefined);
    if (isLast) this.#means.tell(this.#failure ?? 'succeeds');
    this.#isLeaving = isLast;
    this.#disarm = clock.at(clock.now() + pauseMs(command.duration, random, this.#variables), () => {
      if (isLast) {
        this.stop();
        return;
      }
      if (!this.#carryOut(command)) return;
      this.#goOn(command);
      this.#run();
    });
  }

  #send(command: SendCommand): void {
    const { method } = command;
    if (method !== undefined && method !== 'ACK' && method !== 'CANCEL') this.#cseq += 1;
    const text = writtenMessage(command.message, this.#writing());
    const way = this.#way;
    const send = (): void => this.#means.send(text, way);
    send();
    if (method === undefined) this.#resending.answered(send);
    // Of responses, only the final one to an INVITE is repeated (RFC 3261 §17.2).
    const isRepeated = method !== undefined || (this.#last?.cseqMethod === 'INVITE' && !/^SIP\/2\.0 1/.test(text));
    if (command.retransMs === undefined || way.transport !== 'UDP' || !isRepeated) return;
    this.#resending.repeat(command.retransMs, send);
  }

  /** @returns whether the call goes on behind the command. */
  #carryOut(command: SippCommand): boolean {
    const { clock } = this.#means.environment;
    const { failedAt, jumpTo } = carryOut(command.actions, {
      variables: this.#variables,
      last: this.#last,
      fill: (template: Template) => writtenText(template, this.#writing()),
      date: () => clock.date(),
    });
    // SIPp goes on with the call, and counts it as failed at its end; a check in a <nop> it only tells of.
    if (failedAt !== undefined && command.do === 'recv' && this.#last !== undefined) {
      this.#failure ??= `fails: what line ${failedAt} checks does not hold for ${wordsOf(this.#last)}`;
    }
    if (jumpTo === undefined) return true;
    this.#at = jumpTo;
    if (command.do === 'recv') this.#run();
    return false;
  }

  #goOn(command: SippCommand): void {
    this.#at = nextAfter(command, this.#at, this.#variables, this.#means.environment.random);
  }

  /** As SIPp does by default: it answers a BYE and a CANCEL, and gives the call up. */
  #unexpected(message: Received, way: Way): void {
    const command = this.#commands[this.#at];
    this.#note(message, way);
    if (message.method === 'BYE' || message.method === 'CANCEL') {
      this.#means.send(writtenMessage(automaticAnswer, this.#writing()), way);
    }
    const wanted = this.#isWaiting ? expectedAt(this.#commands, this.#at) : 'nothing yet';
    this.#end(`fails: line ${command?.line ?? 0} expects ${wanted}, ${wordsOf(message)} came`);
  }

  #note(message: Received, way: Way): void {
    this.#way = way;
    this.#last = message;
    if (message.method === undefined) this.#peerTag = peerTagOf(message) || this.#peerTag;
    else this.#cseq = numberOf(message);
  }

  #end(words: string): void {
    this.stop();
    this.#means.tell(words);
  }

  #writing(): Writing {
    const { callId, number, now } = this.#means;
    return {
      callNumber: number,
      callId,
      at: this.#at,
      cseq: this.#cseq,
      now: now(),
      ...this.#way,
      last: this.#last,
      routed: this.#routed,
      peerTag: this.#peerTag,
      variables: this.#variables,
    };
  }
}
