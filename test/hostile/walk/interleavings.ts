// Every order in which a few requests of one core can be begun, answered, cancelled and restarted, as far as it makes a difference.
import { ceilingKeyOf, isCounted } from '../../../src/uac/request-place.js';
import type { Header, SipRequest } from '../../../src/sip/message.js';
import { seededToken } from '../../../src/timing/random.js';
import { VirtualClock } from '../../../src/timing/virtual-clock.js';
import { memoryStore } from '../../../src/uac/request-store.js';
import { createUacCore, type UacCore } from '../../../src/uac/uac-core.js';
import { createUacRequest, resumeUacRequest, type UacRequest } from '../../../src/uac/uac-request.js';

const MINUTE = 60_000;

/** The members of a quarantine that are moments. */
const MOMENTS: ReadonlySet<string> = new Set(['since', 'notBefore', 'until', 'probeAt']);

export interface Explored {
  readonly states: number;
  readonly transitions: number;
  /** Whether everything that can be reached was visited. */
  readonly isComplete: boolean;
  readonly mostInAMinute: number;
  /** The paths on which the bound was broken. */
  readonly faults: readonly string[];
}

export interface World {
  readonly requests: readonly SipRequest[];
  readonly limits: { readonly ceilingPerMinute: number; readonly maxAttempts: number };
  readonly answers: readonly { readonly name: string; readonly status: number; readonly headers: readonly Header[] }[];
  readonly restarts: number;
  /** No more states than this are visited. */
  readonly mostStates: number;
}

/** Visits every state, breadth first, each by the shortest way: worlds cannot be copied, so each way is gone anew. */
export function explore(world: World): Explored {
  const seen = new Set<string>();
  const faults: string[] = [];
  let frontier: readonly Reached[] = [{ way: [], moves: new Run(world, []).moves() }];
  let transitions = 0;
  let mostInAMinute = 0;
  while (frontier.length > 0 && seen.size < world.mostStates) {
    const next: Reached[] = [];
    for (const { way, moves } of frontier) {
      for (const move of moves) {
        if (seen.size >= world.mostStates) break;
        transitions += 1;
        const there = [...way, move];
        const run = new Run(world, there);
        mostInAMinute = Math.max(mostInAMinute, run.mostInAMinute);
        if (run.mostInAMinute > world.limits.ceilingPerMinute) faults.push(there.join(', '));
        const key = run.key();
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ way: there, moves: run.moves() });
      }
    }
    frontier = next;
  }
  return { states: seen.size, transitions, isComplete: frontier.length === 0, mostInAMinute, faults };
}

/** A state by the way to it, and what can happen there. */
interface Reached {
  readonly way: readonly string[];
  readonly moves: readonly string[];
}

/** One request of the world, in the process that runs now. */
interface Live {
  readonly uac: UacRequest;
  inFlight: boolean;
  done: boolean;
}

/** One way through the world. */
class Run {
  readonly #world: World;
  readonly #clock = new VirtualClock();
  readonly #store = memoryStore();
  readonly #live: (Live | undefined)[];
  #core: UacCore;
  #disconnect: () => void = () => undefined;
  #restarts = 0;
  readonly #sent: number[] = [];
  /** What this process waits for. */
  readonly #awaited = new Map<object, number>();
  /** Who is held, and for what, in the order in which it came to be. */
  #held: readonly (readonly [index: number, reason: string])[] = [];
  mostInAMinute = 0;

  constructor(world: World, way: readonly string[]) {
    this.#world = world;
    this.#live = world.requests.map(() => undefined);
    this.#core = this.#newCore(false);
    for (const move of way) this.#make(move);
  }

  /** What can happen next. */
  moves(): readonly string[] {
    const { answers, restarts } = this.#world;
    const moves = this.#live.flatMap((live, index) => {
      if (live === undefined) return [`start ${index}`];
      if (live.done) return [];
      const ends = live.inFlight ? [...answers.map(({ name }) => name), 'timeout'] : [];
      return [...ends, 'cancel'].map((what) => `${what} ${index}`);
    });
    if (this.#clock.nextMoment() !== undefined) moves.push('time');
    if (this.#restarts < restarts && this.#live.some((live) => live?.done === false)) moves.push('restart');
    return moves;
  }

  /** Everything that the future depends on: moments count from now, and what began over a minute ago does not count. */
  key(): string {
    const now = this.#clock.now();
    const requests = this.#live.map((live) => {
      if (live === undefined) return 'new';
      if (live.done) return 'done';
      const { held, retry } = live.uac.persist();
      const { deadline, history } = retry.record;
      const due = deadline === null ? null : deadline.at - this.#clock.date();
      return [retry.state, held, live.inFlight, history, due];
    });
    const recent = this.#sent.filter((moment) => moment > now - MINUTE).map((moment) => now - moment);
    const awaited = [...this.#awaited.values()]
      .map((moment) => Math.max(0, moment - now))
      .sort((one, two) => one - two);
    const { retryBudget, health } = this.#core;
    const standing = Object.entries(health.explain('example.com') ?? {}).map(([name, value]: [string, unknown]) =>
      typeof value === 'number' && MOMENTS.has(name) ? value - now : value,
    );
    return JSON.stringify([requests, this.#held, recent, awaited, standing, this.#restarts, retryBudget.balance()]);
  }

  #make(move: string): void {
    const [what = '', number = ''] = move.split(' ');
    if (what === 'time') {
      this.#clock.runNext();
      return;
    }
    if (what === 'restart') {
      this.#restart();
      return;
    }
    const index = Number(number);
    const live = this.#live[index];
    if (what === 'start') {
      const request = this.#world.requests[index];
      if (request !== undefined) {
        const { limits } = this.#world;
        const options = { core: this.#core, store: this.#store, id: `${index}`, limits };
        this.#follow(index, createUacRequest(request, options));
      }
    } else if (what === 'cancel') {
      live?.uac.cancel();
    } else if (live !== undefined) {
      live.inFlight = false;
      const answer = this.#world.answers.find(({ name }) => name === what);
      if (answer === undefined) live.uac.timeout();
      else live.uac.receive({ status: answer.status, reason: '', headers: answer.headers, body: '' });
    }
  }

  /** The process dies: nothing of it happens any more, and another one goes on with what it had. */
  #restart(): void {
    this.#restarts += 1;
    this.#disconnect();
    this.#awaited.clear();
    this.#held = [];
    this.#core = this.#newCore(true);
    for (const [index, live] of this.#live.entries()) {
      if (live === undefined || live.done) continue;
      const { limits } = this.#world;
      this.#follow(index, resumeUacRequest(live.uac.persist(), { core: this.#core, store: this.#store, limits }));
    }
  }

  #follow(index: number, uac: UacRequest): void {
    const live: Live = { uac, inFlight: false, done: false };
    this.#live[index] = live;
    const leave = (): void => {
      this.#held = this.#held.filter(([one]) => one !== index);
    };
    uac.on('hold', ({ for: reason }) => {
      leave();
      this.#held = [...this.#held, [index, reason]];
    });
    uac.on('send', ({ request, attempt }) => {
      live.inFlight = true;
      leave();
      if (isCounted(request, attempt)) this.#noteSent();
    });
    uac.on('done', () => {
      live.done = true;
      leave();
    });
    void uac.start();
  }

  /** All requests of a world have one server, address-of-record and method. */
  #noteSent(): void {
    const now = this.#clock.now();
    this.#sent.push(now);
    this.mostInAMinute = Math.max(this.mostInAMinute, this.#sent.filter((moment) => moment > now - MINUTE).length);
  }

  /** A core with a clock of its own, which stops when its process dies. Nothing is spread: what can come together does. */
  #newCore(restarted: boolean): UacCore {
    let isAlive = true;
    const cancels = new Set<() => void>();
    this.#disconnect = () => {
      isAlive = false;
      for (const cancel of cancels) cancel();
    };
    const clock = {
      now: () => this.#clock.now(),
      date: () => this.#clock.date(),
      at: (moment: number, fn: () => void) => {
        if (!isAlive) return () => undefined;
        const entry = {};
        this.#awaited.set(entry, moment);
        const disarm = this.#clock.at(moment, () => {
          this.#awaited.delete(entry);
          fn();
        });
        const cancel = (): void => {
          this.#awaited.delete(entry);
          disarm();
        };
        cancels.add(cancel);
        return cancel;
      },
    };
    const { limits } = this.#world;
    return createUacCore({ environment: { clock, random: () => 0, token: seededToken(1) }, limits, restarted });
  }
}

/** Whether the requests of a world share one allowance, as `Run` assumes. */
export function shareOneAllowance(requests: readonly SipRequest[]): boolean {
  return new Set(requests.map((request) => JSON.stringify(ceilingKeyOf(request, undefined)))).size === 1;
}
