// One registration as its application sees it: what happened goes in, what is to be done comes out.
import { requireResponse } from '../../machines/given-message.js';
import { Listeners } from '../../machines/listeners.js';
import { withLimits } from '../policy/set-limits.js';
import type { Answer } from '../request/materials.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import type { KeepRegisteredOptions, Registration } from './keep-registered.js';
import { RegistrationCourse } from './registration-course.js';
import {
  registrationEventNames,
  type RegistrationEvents,
  type RegistrationNews,
  type RegistrationState,
} from './registration-event.js';
import { requireBinding } from './registration-request.js';
import type { RegistrationBeginning } from './registration-sequence.js';
import type { RegistrationSnapshot } from './registration-snapshot.js';
import { coreOf } from './uac-core.js';

export class RegistrationKeeper implements Registration {
  readonly #listeners = new Listeners<RegistrationEvents>(registrationEventNames);
  readonly #course: RegistrationCourse;
  readonly #signal: AbortSignal | undefined;

  constructor(
    beginning: RegistrationBeginning,
    { credentials, signal, core: given, ...options }: KeepRegisteredOptions,
  ) {
    const core = given ?? coreOf(options.environment);
    // Here, where it can be caught: each REGISTER reads them again.
    withLimits(options.limits ?? {}, core.limits);
    const news: RegistrationNews = {
      hears: (type) => this.#listeners.hears(type),
      tell: (type, event) => {
        this.#listeners.tell(type, event);
        this.#listeners.rethrow();
      },
    };
    // Credentials for this registration alone are kept over all its requests, with what is learned of them.
    const own = credentials === undefined ? core : { ...core, keyring: core.keyrings.of(credentials) };
    this.#course = new RegistrationCourse(own, beginning, options, news);
    this.#signal = signal;
    signal?.addEventListener('abort', () => this.#course.end('aborted'), { once: true });
  }

  get state(): RegistrationState {
    return this.#course.state;
  }

  on<K extends keyof RegistrationEvents>(type: K, listener: (event: RegistrationEvents[K]) => void): () => void {
    return this.#listeners.on(type, listener);
  }

  start(): void {
    if (this.#signal?.aborted) this.#course.end('aborted');
    else this.#course.start();
  }

  receive(response: SipResponse): void {
    const given = requireResponse(response);
    this.#course.inFlight()?.receive(given);
  }

  timeout(): void {
    this.#course.inFlight()?.timeout();
  }

  // What happens to a connection while nothing is in flight must not cut a wait short.
  transportError(error?: unknown): void {
    this.#course.inFlight()?.transportError(error);
  }

  useServers(servers: readonly string[]): void {
    this.#course.inFlight()?.useServers(servers);
  }

  answer(answer: Answer): void {
    this.#course.current?.answer(answer);
  }

  refuse(): void {
    this.#course.current?.refuse();
  }

  changed({ request }: { readonly request?: SipRequest } = {}): void {
    this.#course.changed(request === undefined ? undefined : requireBinding(request));
  }

  unregister(): void {
    this.#course.unregister();
  }

  stop(): void {
    this.#course.end('stopped');
  }

  persist(): RegistrationSnapshot {
    return this.#course.persist();
  }
}
