// What requests tell of their servers, and who waits for a server to be asked again.
import type { OverloadControl } from '../budget/overload-control.js';
import type { ServerHealth } from '../budget/server-health.js';
import { allHeaders, firstHeader } from '../sip/header-list.js';
import type { SipResponse } from '../sip/message.js';
import { readRetryAfter } from '../sip/retry-after.js';
import { splitOutside } from '../sip/split-outside.js';
import type { Environment } from '../timing/environment.js';

/** Those who wait for one server. */
interface Waiting {
  /** What is called when something is heard of it. */
  readonly news: Set<() => void>;
  /** How many have come since somebody waits. */
  come: number;
  /** The longest spread that the quarantine gives room for. */
  longestMs: number;
}

/** Added by chance when a quarantine ends, so that those who waited for it do not go all at once. */
const SPREAD_MS = 1_000;
/** Those for whom that is too little time go after them, in the order in which they came, as far as there is room. */
const EACH_MS = 100;
/** The room: a tenth of what was waited for, at most half a minute (decisions/0002-never-earlier-than-retry-after.md). */
const ROOM = 0.1;
const MOST_ROOM_MS = 30_000;

export class ServerWatch {
  readonly #environment: Environment;
  readonly #health: ServerHealth;
  readonly #overload: OverloadControl;
  readonly #watching = new Map<string, Waiting>();

  constructor(environment: Environment, health: ServerHealth, overload: OverloadControl) {
    this.#environment = environment;
    this.#health = health;
    this.#overload = overload;
  }

  /** A response came from this server, provisional or final. */
  noteResponse(server: string, { status, headers }: SipResponse): void {
    const via = firstHeader(headers, 'Via');
    if (via !== undefined) this.#overload.noteResponse(server, splitOutside(via, ',')[0] ?? '');
    if (status === 503) this.#health.noteUnavailable(server, this.#toldIn(headers));
    else this.#health.noteResponse(server);
    this.#news(server);
  }

  noteTimeout(server: string): void {
    this.#health.noteTimeout(server);
    this.#news(server);
  }

  noteTransportError(server: string): void {
    this.#health.noteTransportError(server);
    this.#news(server);
  }

  /** Calls once when a request may go to this server, or when it is worth asking again; returns what ends that. */
  await(server: string, available: () => void): { readonly until: number; readonly stop: () => void } {
    const { clock, random } = this.#environment;
    const chance = random();
    const news = (): void => {
      const from = this.#earliest(server);
      // What else is heard of the server must not push back a moment that is still good: everyone would wait for everyone.
      if (from <= due && due <= from + spread) return;
      disarm();
      spread = this.#spreadOf(waiting, server, turn, chance);
      arm(from + spread);
    };
    const waiting = this.#watch(server, news);
    const turn = waiting.come;
    waiting.come += 1;
    let spread = this.#spreadOf(waiting, server, turn, chance);
    let due = 0;
    let disarm = (): void => undefined;
    const stop = (): void => {
      disarm();
      this.#unwatch(server, news);
    };
    const arm = (moment: number): void => {
      due = moment;
      disarm = clock.at(due, () => {
        stop();
        available();
      });
    };
    arm(this.#earliest(server) + spread);
    return { until: due, stop };
  }

  #earliest(server: string): number {
    const now = this.#environment.clock.now();
    return Math.max(this.#health.earliest([server]) ?? now, now);
  }

  /** Once the server is back nothing is known of its quarantine any more; those who still wait know how long it was. */
  #spreadOf(waiting: Waiting, server: string, turn: number, chance: number): number {
    const quarantine = this.#health.explain(server);
    if (quarantine !== undefined) {
      const room = Math.min(ROOM * (quarantine.until - quarantine.since), MOST_ROOM_MS);
      waiting.longestMs = Math.max(waiting.longestMs, room);
    }
    const turns = Math.min(waiting.news.size, Math.floor(waiting.longestMs / EACH_MS));
    const place = turn % turns;
    return place * EACH_MS < SPREAD_MS ? SPREAD_MS * chance : EACH_MS * (place + chance);
  }

  #toldIn(headers: SipResponse['headers']): number | undefined {
    const dates = { date: firstHeader(headers, 'Date'), now: this.#environment.clock.date() };
    const told = readRetryAfter(allHeaders(headers, 'Retry-After'), dates);
    return told === undefined ? undefined : told.seconds * 1_000;
  }

  #news(server: string): void {
    for (const news of this.#watching.get(server.toLowerCase())?.news ?? []) news();
  }

  #watch(server: string, news: () => void): Waiting {
    const waiting = this.#watching.get(server.toLowerCase()) ?? { news: new Set(), come: 0, longestMs: SPREAD_MS };
    waiting.news.add(news);
    this.#watching.set(server.toLowerCase(), waiting);
    return waiting;
  }

  #unwatch(server: string, news: () => void): void {
    const waiting = this.#watching.get(server.toLowerCase());
    waiting?.news.delete(news);
    if (waiting?.news.size === 0) this.#watching.delete(server.toLowerCase());
  }
}
