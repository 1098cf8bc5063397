// The actor of one request's chart. It is there while something happens; a request that waits rests as its state and record.
import { createActor, type Actor, type ActorOptions } from 'xstate';
import type { RequestRecord } from '../src/request/record.js';
import type { Beginning, DriverMeans } from './driver-means.js';
import { createRetryMachine, type RetryMachine } from './retry.machine.js';
import type { RetryEmitted, RetryEvent } from './retry-event.js';
import { stateNameOf, stateValueOf, type StateName } from './retry-snapshot.js';

/** All that a request is while nothing happens to it. */
interface AtRest {
  readonly state: StateName;
  readonly record: RequestRecord;
}

export class RetryActor {
  readonly #machine: RetryMachine;
  readonly #inspect: DriverMeans['inspect'];
  #outbox: RetryEmitted[] = [];
  #now: Actor<RetryMachine> | AtRest;

  constructor(beginning: Beginning, { policy, environment, inspect }: DriverMeans) {
    this.#machine = createRetryMachine(policy);
    this.#inspect = inspect;
    this.#now =
      'request' in beginning
        ? this.#create({ input: { request: beginning.request, at: environment.clock.date() } })
        : this.#revive(beginning.snapshot);
  }

  get state(): StateName {
    return 'record' in this.#now ? this.#now.state : stateNameOf(this.#now.getSnapshot().value);
  }

  get record(): RequestRecord {
    return 'record' in this.#now ? this.#now.record : this.#now.getSnapshot().context;
  }

  /** `error` when a condition or an action of the chart has thrown. */
  get status(): 'active' | 'done' | 'error' | 'stopped' {
    return 'record' in this.#now ? 'active' : this.#now.getSnapshot().status;
  }

  /** What was thrown. */
  get error(): unknown {
    return 'record' in this.#now ? undefined : this.#now.getSnapshot().error;
  }

  start(): void {
    this.#awake().start();
  }

  send(event: RetryEvent): void {
    this.#awake().send(event);
  }

  /** Repeats what the chart emitted in an earlier process. */
  repeat(event: RetryEmitted): void {
    this.#outbox.push(event);
  }

  /** What the chart has emitted, one event at a time. */
  take(): RetryEmitted | undefined {
    return this.#outbox.shift();
  }

  /**
   * Lets go of the actor; the next event revives it. The chart is closed, so there is no timer and no child that would be
   * lost. An inspected request keeps its actor: the inspector sees one, from the start to the end.
   */
  rest(): void {
    if (this.#inspect !== undefined || this.status !== 'active') return;
    this.#now = { state: this.state, record: this.record };
    // An array that was emptied keeps its room.
    if (this.#outbox.length === 0) this.#outbox = [];
  }

  #awake(): Actor<RetryMachine> {
    if (!('record' in this.#now)) return this.#now;
    const actor = this.#revive(this.#now);
    this.#now = actor;
    return actor.start();
  }

  #revive({ state, record }: AtRest): Actor<RetryMachine> {
    return this.#create({ snapshot: this.#machine.resolveState({ value: stateValueOf(state), context: record }) });
  }

  #create(origin: Pick<ActorOptions<RetryMachine>, 'input' | 'snapshot'>): Actor<RetryMachine> {
    const inspect = this.#inspect;
    const actor = createActor(this.#machine, inspect === undefined ? origin : { ...origin, inspect });
    actor.on('*', (event) => void this.#outbox.push(event));
    // Without an observer XState throws in a timer of its own, and the process ends.
    actor.subscribe({ error: () => undefined });
    return actor;
  }
}
