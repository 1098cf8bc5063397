// The ceiling with those who wait for it: a transaction is reserved before it is sent, so that many who come at once never exceed it.
import { Ceiling, type CeilingKey } from '../budget/ceiling.js';
import { CEILING_WINDOW_MS } from '../policy/denial.js';
import type { Limits } from '../policy/limits.js';
import type { Environment } from '../timing/environment.js';

/** A place under the ceiling: waited for, reserved, and then used or given back. */
export interface CeilingPlace {
  readonly isReserved: boolean;
  /** The earliest moment of the turn, on the scale of `now()`, while it is waited for. */
  readonly until: number | undefined;
  /** The transaction begins now. */
  use(): void;
  /** It does not begin after all. */
  giveBack(): void;
}

interface Queue {
  readonly key: CeilingKey;
  reserved: number;
  readonly waiting: (() => void)[];
  disarm: (() => void) | undefined;
  /** When it is looked at again. */
  moment: number | undefined;
}

/** Up to so much is added to a wait for the ceiling: what began together would otherwise begin again together. */
const SPREAD_MS = 1_000;

export class CeilingQueue {
  readonly #environment: Environment;
  readonly #ceiling: Ceiling;
  readonly #queues = new Map<string, Queue>();
  /** Until when each allowance counts as used up because of a restart. */
  readonly #emptied = new Map<string, number>();
  readonly #emptyUntil: number;

  /** @param restarted all allowances count as used up now. */
  constructor(environment: Environment, limits: Pick<Limits, 'ceilingPerMinute'>, restarted: boolean) {
    this.#environment = environment;
    this.#ceiling = new Ceiling(environment.clock, { perMinute: limits.ceilingPerMinute, empty: restarted });
    this.#emptyUntil = restarted ? environment.clock.now() + CEILING_WINDOW_MS : -Infinity;
  }

  /** How many may begin now, those left out that are about to. */
  left(key: CeilingKey): number {
    return this.#ceiling.left(key) - (this.#queues.get(textOf(key))?.reserved ?? 0);
  }

  /**
   * What a decision is told. Right after a restart nobody knows: then a request waits for the ceiling, and is not denied
   * because of it.
   */
  leftToDecide(key: CeilingKey): number | undefined {
    const emptyUntil = Math.max(this.#emptyUntil, this.#emptied.get(textOf(key)) ?? -Infinity);
    return this.#environment.clock.now() < emptyUntil ? undefined : this.left(key);
  }

  /** Reserves a transaction, at once or in turn: `turn` is called then, from the clock. First come, first served. */
  reserve(key: CeilingKey, turn: () => void): CeilingPlace {
    const { clock } = this.#environment;
    const queue = this.#queueOf(key);
    let state: 'waiting' | 'reserved' | 'over' = 'waiting';
    const waiting = (): void => {
      state = 'reserved';
      queue.reserved += 1;
      clock.at(clock.now(), () => {
        if (state === 'reserved') turn();
      });
    };
    if (queue.waiting.length === 0 && this.left(key) >= 1) {
      state = 'reserved';
      queue.reserved += 1;
    } else {
      queue.waiting.push(waiting);
      this.#serve(queue);
    }
    const leave = (isUsed: boolean): void => {
      if (state === 'over') return;
      if (state === 'reserved') queue.reserved -= 1;
      else queue.waiting.splice(queue.waiting.indexOf(waiting), 1);
      state = 'over';
      if (isUsed) this.#ceiling.note(key);
      this.#serve(queue);
    };
    return {
      get isReserved() {
        return state === 'reserved';
      },
      get until() {
        return state === 'waiting' ? queue.moment : undefined;
      },
      use: () => leave(true),
      giveBack: () => leave(false),
    };
  }

  /** Nobody knows what began under this key before a restart: its allowance counts as used up now. Once for each key. */
  empty(key: CeilingKey): void {
    const text = textOf(key);
    if (this.#emptied.has(text)) return;
    this.#emptied.set(text, this.#environment.clock.now() + CEILING_WINDOW_MS);
    while (this.#ceiling.left(key) >= 1) this.#ceiling.note(key);
  }

  #serve(queue: Queue): void {
    for (let next = queue.waiting[0]; next !== undefined && this.left(queue.key) >= 1; next = queue.waiting[0]) {
      queue.waiting.shift();
      next();
    }
    // What is reserved and not sent yet frees or uses its place by itself.
    const isTimed = queue.waiting.length > 0 && this.#ceiling.left(queue.key) < 1;
    if (!isTimed) {
      queue.disarm?.();
      queue.disarm = undefined;
      queue.moment = undefined;
      if (queue.waiting.length === 0 && queue.reserved === 0) this.#queues.delete(textOf(queue.key));
    } else if (queue.disarm === undefined) {
      this.#arm(queue);
    }
  }

  #arm(queue: Queue): void {
    const { clock, random } = this.#environment;
    queue.moment = Math.max(this.#ceiling.nextAt(queue.key), clock.now() + 1) + SPREAD_MS * random();
    queue.disarm = clock.at(queue.moment, () => {
      queue.disarm = undefined;
      this.#serve(queue);
    });
  }

  #queueOf(key: CeilingKey): Queue {
    const text = textOf(key);
    const known = this.#queues.get(text);
    if (known !== undefined) return known;
    const queue: Queue = { key, reserved: 0, waiting: [], disarm: undefined, moment: undefined };
    this.#queues.set(text, queue);
    return queue;
  }
}

function textOf({ server, addressOfRecord, method }: CeilingKey): string {
  return JSON.stringify([server, addressOfRecord, method]);
}
