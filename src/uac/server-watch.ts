// What requests tell of their servers, and who waits for a server to be asked again.
import type { OverloadControl } from '../budget/overload-control.js';
import type { ServerHealth } from '../budget/server-health.js';
import { allHeaders, firstHeader } from '../sip/header-list.js';
import type { SipResponse } from '../sip/message.js';
import { readRetryAfter } from '../sip/retry-after.js';
import { splitOutside } from '../sip/split-outside.js';
import type { Environment } from '../timing/environment.js';

/** Up to so much is added when a quarantine ends, so that those who waited for it do not go all at once. */
const SPREAD_MS = 1_000;

export class ServerWatch {
  readonly #environment: Environment;
  readonly #health: ServerHealth;
  readonly #overload: OverloadControl;
  readonly #watching = new Map<string, Set<() => void>>();

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
    const spread = SPREAD_MS * random();
    const earliest = (): number => this.#health.earliest([server]) ?? clock.now();
    const until = Math.max(earliest(), clock.now()) + spread;
    let due = until;
    let disarm = clock.at(due, () => end());
    const stop = (): void => {
      disarm();
      this.#unwatch(server, news);
    };
    const end = (): void => {
      stop();
      available();
    };
    const news = (): void => {
      const from = Math.max(earliest(), clock.now());
      // What else is heard of the server must not push back a moment that is still good: everyone would wait for everyone.
      if (from <= due && due <= from + spread) return;
      disarm();
      due = from + spread;
      disarm = clock.at(due, () => end());
    };
    this.#watch(server, news);
    return { until, stop };
  }

  #toldIn(headers: SipResponse['headers']): number | undefined {
    const dates = { date: firstHeader(headers, 'Date'), now: this.#environment.clock.date() };
    const told = readRetryAfter(allHeaders(headers, 'Retry-After'), dates);
    return told === undefined ? undefined : told.seconds * 1_000;
  }

  #news(server: string): void {
    for (const news of this.#watching.get(server.toLowerCase()) ?? []) news();
  }

  #watch(server: string, news: () => void): void {
    const watching = this.#watching.get(server.toLowerCase()) ?? new Set();
    this.#watching.set(server.toLowerCase(), watching.add(news));
  }

  #unwatch(server: string, news: () => void): void {
    const watching = this.#watching.get(server.toLowerCase());
    watching?.delete(news);
    if (watching?.size === 0) this.#watching.delete(server.toLowerCase());
  }
}
