// Notes what happens in a simulation, in order, and makes the transcript of it.
import { masked } from '../sip/masked.js';
import type { Clock } from '../timing/clock.js';
import type {
  PassingMessage,
  Party,
  Transcript,
  TranscriptCounts,
  TranscriptEvent,
  TranscriptTransport,
} from './transcript.js';

/** A message as it leaves a party. */
export interface Leaving {
  readonly from: string;
  readonly to: string;
  readonly transport: TranscriptTransport;
  readonly text: string;
}

/** A message that was noted; what becomes of it is noted later. */
export type Noted = { -readonly [K in keyof PassingMessage]: PassingMessage[K] };

/** Every event but a message, without its moment. */
export type Told =
  Exclude<TranscriptEvent, PassingMessage> extends infer Event
    ? Event extends { readonly at: number }
      ? Omit<Event, 'at'>
      : never
    : never;

export const UAC = 'uac';

export class Recorder {
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #events: (TranscriptEvent | Noted)[] = [];
  readonly #parties: Party[] = [];
  /** The scenario's requests by Call-ID. */
  readonly #byCallId = new Map<string, string>();
  readonly #texts = new Set<string>();
  #messages = 0;
  #transactions = 0;
  readonly #callIds = new Map<number, string>();
  #lastCallId = '';

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAt = clock.date();
  }

  get length(): number {
    return this.#events.length;
  }

  /** Milliseconds since the start, to the microsecond. */
  get now(): number {
    return this.#sinceStart(this.#clock.date());
  }

  /** Milliseconds since 1970. */
  get date(): number {
    return this.#startedAt + this.now;
  }

  /** A date as milliseconds since the start. */
  momentOf(date: number): number {
    return this.#sinceStart(date);
  }

  #sinceStart(date: number): number {
    return Math.round((date - this.#startedAt) * 1000) / 1000;
  }

  /** The last few messages, for a sentence about what went on and on. */
  lastSummaries(): readonly string[] {
    return this.#events.slice(-40).flatMap((event) => (event.type === 'message' ? [event.summary] : []));
  }

  /** The request that the message which left or arrived last belongs to. */
  get lastRequest(): string | undefined {
    return this.#byCallId.get(this.#lastCallId);
  }

  /** A message has arrived; what follows is about its request. */
  arrived(noted: Noted): void {
    noted.arrivals = [...noted.arrivals, this.now];
    delete noted.lost;
  }

  /** What follows is about the request of this message. */
  turnTo({ id }: Noted): void {
    this.#lastCallId = this.#callIds.get(id) ?? '';
  }

  /** When something happened last. */
  get lastMoment(): number {
    const moments = this.#events
      .slice(-200)
      .flatMap((event) => (event.type === 'message' ? [event.at, ...event.arrivals] : [event.at]));
    return Math.max(0, ...moments);
  }

  addParty(party: Party): void {
    if (!this.#parties.some(({ id }) => id === party.id)) this.#parties.push(party);
  }

  /** From now on, messages with this Call-ID belong to this request. */
  noteCallId(callId: string, request: string): void {
    this.#byCallId.set(callId, request);
  }

  countTransaction(): void {
    this.#transactions += 1;
  }

  tell(event: Told): void {
    this.#events.push({ ...event, at: this.now });
  }

  leaving({ from, to, transport, text }: Leaving): Noted {
    const key = `${from} ${to} ${text}`;
    const { summary, callId } = read(text);
    this.#messages += 1;
    this.#callIds.set(this.#messages, callId);
    const noted: Noted = {
      type: 'message',
      at: this.now,
      id: this.#messages,
      from,
      to,
      transport,
      summary,
      text: masked(text),
      retransmission: this.#texts.has(key),
      arrivals: [],
    };
    this.#texts.add(key);
    this.#lastCallId = callId;
    this.#events.push(noted);
    return noted;
  }

  transcript({ name, seed, endedAt }: Pick<Transcript, 'name' | 'seed' | 'endedAt'>): Transcript {
    const events = this.#events.map((event) => (event.type === 'message' ? this.#endOf(event, endedAt) : event));
    return {
      name,
      seed,
      startedAt: this.#startedAt,
      endedAt,
      parties: this.#parties,
      events,
      counts: this.#counts(events),
    };
  }

  #counts(events: readonly TranscriptEvent[]): TranscriptCounts {
    const messages = events.filter((event) => event.type === 'message');
    return {
      sent: messages.filter(({ from }) => from === UAC).length,
      received: messages.filter(({ to }) => to === UAC).reduce((sum, { arrivals }) => sum + arrivals.length, 0),
      retransmitted: messages.filter(({ retransmission }) => retransmission).length,
      lost: messages.filter(({ lost }) => lost !== undefined).length,
      decisions: events.filter(({ type }) => type === 'decision').length,
      transactions: this.#transactions,
    };
  }

  /** What was still on its way when the simulation ended has not arrived; by now it is known whose each Call-ID was. */
  #endOf(message: Noted, endedAt: number): PassingMessage {
    const request = this.#byCallId.get(this.#callIds.get(message.id) ?? '');
    const arrivals = message.arrivals.filter((moment) => moment <= endedAt);
    return { ...message, arrivals, ...(request === undefined ? {} : { request }) };
  }
}

/** Whatever the text is: what a hostile server sends need be no message. */
function read(text: string): { readonly summary: string; readonly callId: string } {
  const [first = ''] = text.split('\r\n', 1);
  const [, callId = ''] = /^(?:Call-ID|i)[ \t]*:[ \t]*(\S+)/im.exec(text) ?? [];
  return { summary: first.replace(/^SIP\/2\.0 | SIP\/2\.0$/g, '').trim(), callId };
}
