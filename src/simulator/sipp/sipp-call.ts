// One call of a SIPp server: its commands in order, from the request that began it to its end.
import type { Environment } from '../../timing/environment.js';
import type { Endpoint, TransportName } from '../../transport/server-address.js';
import { carryOut } from './carry-out.js';
import { expectedAt, matchOf } from './expected-message.js';
import { pauseMs } from './pause-ms.js';
import type { RecvCommand, SendCommand, SippCommand, SippProgram } from './program.js';
import { wordsOf, type Received } from './received.js';
import { Repeating } from './repeating.js';
import type { Template } from './template.js';
import { Variables, type Value } from './variables.js';
import { writtenMessage, writtenText, type Writing } from './written-message.js';

/** Where the messages of a call come from and go to. */
export interface Way {
  readonly transport: TransportName;
  readonly local: Endpoint;
  readonly remote: Endpoint;
}

export interface SippCallMeans {
  readonly program: SippProgram;
  readonly callId: string;
  /** Counted from 1. */
  readonly number: number;
  readonly globals: Map<string, Value>;
  readonly environment: Environment;
  /** Milliseconds since the start. */
  readonly now: () => number;
  readonly send: (text: string, way: Way, message: SendCommand) => void;
  /** In words: `succeeds`, `fails: line 12 expects ACK, BYE came`. */
  readonly tell: (words: string) => void;
}

/** More commands than this in a row, without a message or a pause between, are a circle. */
const MOST_STEPS = 10_000;

export class SippCall {
  readonly #means: SippCallMeans;
  readonly #variables: Variables;
  readonly #repeating: Repeating;
  /** What was sent last after each message that came, for its retransmissions. */
  readonly #answers = new Map<string, (() => void) | undefined>();
  #way: Way;
  #at = 0;
  #cseq = 0;
  #last: Received | undefined;
  #routed: Received | undefined;
  #isOver = false;
  #isWaiting = false;
  #isLeaving = false;
  #disarm: () => void = () => undefined;

  constructor(means: SippCallMeans, way: Way) {
    this.#means = means;
    this.#way = way;
    this.#variables = new Variables(means.program.globals, means.globals);
    this.#repeating = new Repeating(means.environment.clock);
    this.#run();
  }

  /** A message with its Call-ID has come. */
  receive(message: Received, way: Way): void {
    if (this.#answers.has(message.text)) {
      this.#answers.get(message.text)?.();
      return;
    }
    if (this.#isOver || this.#isLeaving) return;
    const found = this.#isWaiting ? matchOf(this.#commands, this.#at, message) : undefined;
    if (found === undefined) {
      this.#unexpected(message, way);
      return;
    }
    this.#way = way;
    this.#last = message;
    this.#answers.set(message.text, undefined);
    this.#repeating.stop();
    this.#take(found.command, found.index);
  }

  /** What it waits for at the end of a simulation; `undefined` for a call that is over. */
  get awaited(): string | undefined {
    const command = this.#commands[this.#at];
    if (this.#isOver || this.#isLeaving || command === undefined) return undefined;
    const { line } = command;
    return this.#isWaiting ? `waits for ${expectedAt(this.#commands, this.#at)} (line ${line})` : `is at line ${line}`;
  }

  stop(): void {
    this.#isOver = true;
    this.#disarm();
    this.#repeating.stop();
  }

  get #commands(): readonly SippCommand[] {
    return this.#means.program.commands;
  }

  #take(command: RecvCommand, index: number): void {
    const isOptional = command.optional && command.next === undefined;
    // An optional message may come several times, and what it stands before is awaited still.
    const stays = isOptional && this.#commands[index + 1]?.do === 'recv';
    if (command.rrs) this.#routed = this.#last;
    if (!stays) {
      this.#isWaiting = false;
      this.#disarm();
      this.#at = index;
    }
    if (!this.#carryOut(command)) return;
    if (stays) return;
    this.#goOn(command);
    this.#run();
  }

  #run(): void {
    for (let steps = 0; !this.#isOver; steps += 1) {
      const command = this.#commands[this.#at];
      if (command === undefined) {
        this.#end('succeeds');
        return;
      }
      if (steps > MOST_STEPS) {
        this.#end(`fails: it goes in a circle around line ${command.line}`);
        return;
      }
      if (!this.#isDue(command)) {
        this.#at += 1;
        continue;
      }
      if (command.do === 'recv') {
        this.#await(command);
        return;
      }
      if (command.do === 'pause') {
        this.#pause(command);
        return;
      }
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
    const { environment, tell } = this.#means;
    const { clock, random } = environment;
    const isLast = command.isTimewait || this.#at === this.#commands.length - 1;
    if (isLast) {
      this.#isLeaving = true;
      tell('succeeds');
    }
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
    const send = (): void => this.#means.send(text, way, command);
    send();
    const last = this.#last;
    if (last !== undefined && method === undefined) this.#answers.set(last.text, send);
    const { retransMs } = command;
    // Of responses, only the final one to an INVITE is repeated (RFC 3261 §17.2).
    const isRepeated = method !== undefined || (last?.cseqMethod === 'INVITE' && !/^SIP\/2\.0 1/.test(text));
    if (retransMs !== undefined && way.transport === 'UDP' && isRepeated) this.#repeating.start(retransMs, send);
  }

  /** @returns whether the call goes on behind the command. */
  #carryOut(command: SippCommand): boolean {
    const { date } = this.#means.environment.clock;
    const writing = this.#writing();
    const { failedAt, jumpTo } = carryOut(command.actions, {
      variables: this.#variables,
      last: this.#last,
      fill: (template: Template) => writtenText(template, writing),
      date,
    });
    // SIPp tells of a check that fails in a <nop>, and goes on.
    if (failedAt !== undefined && command.do === 'recv') {
      this.#end(
        `fails: what line ${failedAt} checks does not hold for ${this.#last === undefined ? '' : wordsOf(this.#last)}`,
      );
      return false;
    }
    if (jumpTo === undefined) return true;
    this.#at = jumpTo;
    if (command.do === 'recv') this.#run();
    return false;
  }

  #isDue({ onlyIf }: SippCommand): boolean {
    return onlyIf === undefined || this.#variables.isSet(onlyIf.variable) !== onlyIf.inverse;
  }

  #goOn({ next, test, chance }: SippCommand): void {
    const isJump =
      next !== undefined &&
      (test === undefined || this.#variables.isSet(test)) &&
      (chance === undefined || this.#means.environment.random() < chance);
    this.#at = isJump ? next : this.#at + 1;
  }

  /** As SIPp does by default: it answers a BYE and a CANCEL, and gives the call up. */
  #unexpected(message: Received, way: Way): void {
    const command = this.#commands[this.#at];
    this.#last = message;
    this.#way = way;
    if (message.method === 'BYE' || message.method === 'CANCEL') {
      this.#means.send(writtenMessage(AUTOMATIC_OK, this.#writing()), way, AUTOMATIC);
    }
    const wanted = this.#isWaiting ? expectedAt(this.#commands, this.#at) : 'nothing yet';
    this.#end(`fails: line ${command?.line ?? 0} expects ${wanted}, ${wordsOf(message)} came`);
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
      cseq: Math.max(1, this.#cseq),
      now: now(),
      ...this.#way,
      last: this.#last,
      routed: this.#routed,
      variables: this.#variables,
    };
  }
}

const AUTOMATIC_OK: Template = [
  'SIP/2.0 200 OK\n',
  ...['Via', 'From', 'To', 'Call-ID', 'CSeq'].flatMap((header) => [{ key: 'last', header } as const, '\n']),
  'Content-Length: 0\n',
];

const AUTOMATIC: SendCommand = { do: 'send', line: 0, actions: [], message: AUTOMATIC_OK, method: undefined };
