// What the server and the folder say of one UAC over all its lives, and every promise that they show to be broken.
import { readdirSync } from 'node:fs';
import type { Line } from './child.js';
import { leftIn } from './life.js';
import { SPEED } from './quick-clock.js';
import type { Arrival } from './scripted-server.js';

/** What goes again when it was in flight at a restart; of all else the outcome is unknown. */
const REPEATABLE: ReadonlySet<string> = new Set(['REGISTER', 'OPTIONS', 'SUBSCRIBE', 'PUBLISH']);

export class Witness {
  readonly faults: string[] = [];
  /** Requests whose `start()` has resolved. */
  readonly ended = new Set<string>();
  readonly counts = { kills: 0, resumed: 0, unknown: 0, toldAgain: 0, temporaries: 0, inLife: 0, acrossKill: 0 };
  readonly #folder: string;
  #life = 0;
  /** What was stored, or came to the server. */
  readonly #begun = new Set<string>();
  readonly #methods = new Map<string, string>();
  /** The life in which the end of a request was told last. */
  readonly #done = new Map<string, number>();
  /** Requests that were in flight, as far as the store knew, when a process died. */
  readonly #inFlight = new Set<string>();
  /** Until when a request must not come, on the server's clock. */
  readonly #notBefore = new Map<string, { readonly at: number; readonly life: number }>();
  readonly #branches = new Set<string>();
  /** The request that a CSeq number of a Call-ID means, and the highest number of a Call-ID. */
  readonly #texts = new Map<string, string>();
  readonly #highest = new Map<string, number>();
  #temporaries: readonly string[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  beginLife(): void {
    this.#life += 1;
  }

  /** A request came to the server. */
  note(arrival: Arrival): void {
    this.#noteCSeq(arrival);
    const { id, method, at, branch, answer } = arrival;
    if (this.#branches.has(branch)) return;
    this.#branches.add(branch);
    this.#begun.add(id);
    this.#methods.set(id, method);
    if (this.#isUnknown(id)) this.#blame(id, 'is sent again although it was in flight when the process died');
    if (this.ended.has(id)) this.#blame(id, 'is sent although it has ended');
    const told = this.#notBefore.get(id);
    if (told !== undefined) {
      this.counts[told.life === this.#life ? 'inLife' : 'acrossKill'] += 1;
      if (at < told.at) this.#blame(id, `comes ${told.at - at} ms before its Retry-After`);
    }
    this.#notBefore.delete(id);
    if (answer !== undefined && answer.retryAfter > 0) {
      this.#notBefore.set(id, { at: at + (answer.retryAfter * 1_000) / SPEED, life: this.#life });
    }
  }

  /** The process told something. */
  hear(line: Line): void {
    switch (line[0]) {
      case 'loaded': {
        this.#noteLoaded(line[1], line[2], line[3]);
        return;
      }
      case 'saved':
        this.#begun.add(line[1]);
        return;
      case 'failure': {
        this.#blame(line[1], `cannot be stored: ${line[2]}`);
        return;
      }
      case 'done': {
        this.#noteDone(line[1], line[2]);
        return;
      }
      case 'ended':
        this.ended.add(line[1]);
        return;
      default:
        return;
    }
  }

  /** The process is dead. */
  inspect({ errors, signal }: { readonly errors: string; readonly signal: string | null }): void {
    if (errors !== '') this.faults.push(errors);
    if (signal === 'SIGKILL') this.counts.kills += 1;
    const { left, temporaries, faults } = leftIn(this.#folder);
    this.#temporaries = temporaries;
    this.counts.temporaries += temporaries.length;
    this.faults.push(...faults);
    const ids = new Set(left.map(({ id }) => id));
    for (const id of this.#begun) if (!ids.has(id) && !this.#done.has(id)) this.#blame(id, 'is lost');
    for (const id of this.ended) if (ids.has(id)) this.#blame(id, 'has ended and is still stored');
    for (const { id, inFlight } of left) {
      if (!inFlight) continue;
      this.#inFlight.add(id);
      // What was answered meanwhile the next process cannot know.
      this.#notBefore.delete(id);
    }
  }

  /** The last process has ended by itself: nothing is left to do. */
  conclude(): void {
    const rest = readdirSync(this.#folder);
    if (rest.length > 0) this.faults.push(`${rest.join()} is left in the folder`);
    for (const id of this.#begun) if (!this.#done.has(id)) this.#blame(id, 'never ends');
  }

  #isUnknown(id: string): boolean {
    const method = this.#methods.get(id);
    return method !== undefined && this.#inFlight.has(id) && !REPEATABLE.has(method);
  }

  #noteLoaded(resumed: number, unreadable: number, temporaries: readonly string[]): void {
    this.counts.resumed += resumed;
    if (unreadable > 0) this.faults.push(`${unreadable} files are unreadable`);
    const still = temporaries.filter((name) => this.#temporaries.includes(name));
    if (still.length > 0) this.faults.push(`${still.join()} is not cleared away`);
  }

  /** An end may be told again if the process died before it had removed the request: never twice by one process. */
  #noteDone(id: string, how: string): void {
    if (this.ended.has(id) || this.#done.get(id) === this.#life) this.#blame(id, 'ends a second time');
    if (this.#done.has(id)) this.counts.toldAgain += 1;
    this.#done.set(id, this.#life);
    if (how === 'outcomeUnknown') this.counts.unknown += 1;
    if (this.#isUnknown(id) && how !== 'outcomeUnknown') this.#blame(id, `was in flight and ends with ${how}`);
  }

  /** RFC 3261 §8.1.1.5: within a Call-ID a CSeq number means one request, and a new request has a higher one. */
  #noteCSeq({ id, callId, cseq, text }: Arrival): void {
    const key = `${callId} ${cseq}`;
    const before = this.#texts.get(key);
    const highest = this.#highest.get(callId) ?? 0;
    if (before !== undefined && before !== text) this.#blame(id, `uses CSeq ${cseq} for two requests`);
    if (before === undefined && cseq <= highest) this.#blame(id, `uses CSeq ${cseq} after ${highest}`);
    this.#texts.set(key, text);
    this.#highest.set(callId, Math.max(cseq, highest));
  }

  #blame(id: string, fault: string): void {
    this.faults.push(`${this.#methods.get(id) ?? 'a request'} ${id} ${fault} (life ${this.#life})`);
  }
}
