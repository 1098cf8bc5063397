// One request of the scenario on its way: sent at its moment, answered by its user, cancelled or hung up as the scenario says.
import type { Question } from '../../machines/driver-event.js';
import type { Client } from '../policy/facts.js';
import type { RetryPolicy } from '../policy/rule.js';
import type { Answer } from '../request/materials.js';
import type { SipRequest } from '../sip/message.js';
import type { Clock } from '../timing/clock.js';
import type { Call } from '../transport/call.js';
import type { UserAgentClient } from '../transport/user-agent-client.js';
import type { Inspect } from './inspector.js';
import type { Recorder } from './recorder.js';
import type { WrittenRequest } from './scenario.js';
import { tellOf, tellOutcome, tellRegistration } from './told-request.js';
import { answerableBy, answeringUser } from './user-answers.js';

export interface RequestMeans {
  readonly client: UserAgentClient;
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly policy: RetryPolicy | undefined;
  /** What the client can do, whatever the request. */
  readonly abilities: Client;
  /** Sees the chart of the request, and notes its steps under the name of the request. */
  readonly inspectAs: (id: string) => Inspect;
}

const HANG_UP_MS = 1_000;

export class SimulatedRequest {
  readonly id: string;
  readonly #written: WrittenRequest;
  readonly #means: RequestMeans;
  #state: () => string = () => 'not sent yet';
  #isOver = false;
  #open = 0;
  #attempts = 0;

  constructor(id: string, written: WrittenRequest, means: RequestMeans) {
    this.id = id;
    this.#written = written;
    this.#means = means;
  }

  /** Whether it has its outcome, and nothing follows from it any more: the call is over, too. */
  get isOver(): boolean {
    return this.#isOver && this.#open === 0;
  }

  /** The simulation ends; what has no outcome has none. */
  noteUnfinished(): void {
    if (this.#isOver || this.isKept) return;
    const none = { status: null, reason: null, detail: null, cite: [], attempts: this.#attempts };
    this.#means.recorder.tell({ type: 'outcome', request: this.id, outcome: 'unfinished', ...none });
  }

  /** The state of its chart. */
  get state(): string {
    return this.#state();
  }

  get isKept(): boolean {
    return this.#written.keep === true;
  }

  /** Sends it. */
  async start(request: SipRequest): Promise<void> {
    if (this.isKept) await this.#keep(request);
    else await this.#send(request);
  }

  async #send(request: SipRequest): Promise<void> {
    const { client, clock, recorder } = this.#means;
    const { ringFor, cancelAfter, hangUpAfter = HANG_UP_MS } = this.#written;
    const uac = await client.request(request, {
      ...this.#options(request),
      ...(ringFor === undefined ? {} : { ringMs: ringFor }),
    });
    this.#state = () => uac.state;
    tellOf(uac, this.id, recorder);
    uac.on('send', ({ attempt }) => {
      this.#attempts = attempt;
    });
    const disarm =
      cancelAfter === undefined ? () => undefined : clock.at(clock.now() + cancelAfter, () => uac.cancel());
    const outcome = await uac.start();
    disarm();
    this.#isOver = true;
    tellOutcome(outcome, this.id, recorder);
    const call = client.callOf(uac);
    if (call !== undefined) this.#hold(call, hangUpAfter);
  }

  /** Holds the call, and follows the requests inside it. */
  #hold(call: Call, hangUpAfter: number): void {
    const { clock, recorder } = this.#means;
    this.#open += 1;
    call.on('ended', () => {
      this.#open -= 1;
    });
    call.on('request', ({ request, method }) => {
      const id = `${this.id}/${method}`;
      this.#open += 1;
      tellOf(request, id, recorder);
      request.on('done', ({ outcome }) => {
        this.#open -= 1;
        tellOutcome(outcome, id, recorder);
      });
    });
    if (!call.isOver) clock.at(clock.now() + hangUpAfter, () => void call.hangUp());
  }

  async #keep(request: SipRequest): Promise<void> {
    const { client, clock, recorder } = this.#means;
    const { unregisterAfter } = this.#written;
    const registration = await client.register(request, this.#options(request));
    this.#state = () => registration.state;
    tellOf(registration, this.id, recorder);
    tellRegistration(registration, this.id, recorder);
    registration.on('stopped', () => {
      this.#isOver = true;
    });
    if (unregisterAfter !== undefined) clock.at(clock.now() + unregisterAfter, () => registration.unregister());
    registration.start();
  }

  #options(request: SipRequest) {
    const { policy, abilities, inspectAs } = this.#means;
    const { answers } = this.#written;
    return {
      ...(policy === undefined ? {} : { policy }),
      client: { ...abilities, ...answerableBy(answers) },
      answer: this.#answering(request),
      inspect: inspectAs(this.id),
    };
  }

  #answering(request: SipRequest): (question: Question) => Promise<Answer | undefined> {
    const { clock, recorder } = this.#means;
    const { answers = {} } = this.#written;
    const user = answeringUser(answers, request.body);
    return (question) =>
      new Promise((resolve) => {
        clock.at(clock.now() + (answers.after ?? 0), () => {
          const given = user(question);
          recorder.tell({ type: 'answer', request: this.id, answer: given?.words ?? 'says nothing that helps' });
          resolve(given?.answer);
        });
      });
  }
}
