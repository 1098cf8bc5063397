// A naive UAC with named bad habits. Without one it passes the scenarios; each scenario must fail with the habits that it names.
import { setTimeout as sleep } from 'node:timers/promises';
import { correct, type Correction } from './wrong-client/correction.js';
import { Wallet } from './wrong-client/digest.js';
import { Exchange } from './wrong-client/exchange.js';
import type { Habit, Habits } from './wrong-client/habit.js';
import {
  cseqOf,
  header,
  methodOf,
  statusOf,
  uriOf,
  withHeader,
  withUri,
  type Message,
} from './wrong-client/message.js';
import { firstMessage, newBranch, readPlan, token, type Plan, type Server } from './wrong-client/plan.js';

export interface WrongOutcome {
  readonly isAccepted: boolean;
  readonly attempts: number;
}

export interface RunningWrongClient {
  readonly ended: Promise<WrongOutcome>;
  /** Ends it before it has got anywhere. */
  stop(): void;
}

/** Starts the wrong client with the arguments of `sip-retry send`. */
export function startWrongClient(args: readonly string[], habits: readonly Habit[]): RunningWrongClient {
  const client = new WrongClient(readPlan(args), new Set(habits));
  return { ended: client.run().finally(() => client.stop()), stop: () => client.stop() };
}

const MOST_ATTEMPTS = 6;

class WrongClient {
  readonly #exchange = new Exchange();
  readonly #wallet: Wallet;
  readonly #stopped = new AbortController();
  #server = 0;
  #attempts = 0;

  constructor(
    readonly plan: Plan,
    readonly habits: Habits,
  ) {
    this.#wallet = new Wallet(habits);
  }

  stop(): void {
    if (this.#stopped.signal.aborted) return;
    this.#stopped.abort();
    this.#exchange.close();
  }

  async run(): Promise<WrongOutcome> {
    const contact = await this.#exchange.open();
    const { request, response } = await this.#pursue(firstMessage(this.plan, contact));
    const isAccepted = response !== undefined && statusOf(response) < 300;
    if (isAccepted && !this.#isStopped && this.plan.method === 'INVITE') await this.#hold(request, response);
    return { isAccepted, attempts: this.#attempts };
  }

  /** Asks until something is accepted, or nothing is left to do. */
  async #pursue(first: Message): Promise<{ readonly request: Message; readonly response: Message | undefined }> {
    let request = first;
    for (let rounds = 0; ; rounds += 1) {
      this.#attempts += 1;
      const response = await this.#ask(request);
      const isOver = this.#isStopped || (response !== undefined && statusOf(response) < 300);
      const next = isOver || this.#attempts >= MOST_ATTEMPTS ? undefined : await this.#next(request, response, rounds);
      if (next === undefined || this.#isStopped) return { request, response };
      request = next;
    }
  }

  get #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  async #sleep(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
  }

  get #currentServer(): Server {
    const server = this.plan.servers[this.#server % this.plan.servers.length];
    if (server === undefined) throw new Error('no server');
    return server;
  }

  async #ask(request: Message): Promise<Message | undefined> {
    const retransmits = !this.habits.has('noRetransmission');
    const giveUpMs = this.plan.servers.length > 1 && retransmits ? 32_000 : 3_000;
    const response = await this.#exchange.ask(request, this.#currentServer, { giveUpMs, retransmits });
    if (response !== undefined && methodOf(request) === 'INVITE') await this.#acknowledge(request, response);
    return response;
  }

  async #acknowledge(invite: Message, response: Message): Promise<void> {
    if (this.habits.has('forgetsAck')) return;
    const isAccepted = statusOf(response) < 300;
    const uri = isAccepted ? contactOf(response) : uriOf(invite);
    const cseq = cseqOf(invite) + (this.habits.has('ackWithNextCSeq') ? 1 : 0);
    const ack = withHeader(withHeader(invite, 'CSeq', `${cseq} ACK`), 'To', header(response, 'To'));
    const sent = { ...withUri(ack, uri), body: '' };
    const start = sent.start.replace(/^INVITE/, 'ACK');
    const hasNewBranch = isAccepted || this.habits.has('ackWithNewBranch');
    await this.#exchange.send({ ...(hasNewBranch ? withBranch(sent, newBranch()) : sent), start }, this.#currentServer);
  }

  async #next(request: Message, response: Message | undefined, rounds: number): Promise<Message | undefined> {
    const { habits } = this;
    const correction = this.#correct(request, response, rounds);
    if (correction === undefined) return this.#insist(request);
    const waitMs = habits.has('noWait') ? 0 : (correction.waitMs ?? 0) * (habits.has('waitsTooLong') ? 3 : 1);
    if (waitMs > 0) await this.#sleep(waitMs);
    if (habits.has('sameRequest')) return request;
    const corrected = habits.has('unchanged') ? request : correction.request;
    if (correction.as === 'nextServer') return this.#copy(corrected);
    return this.#reoriginate(corrected, request, response, correction.as === 'fresh');
  }

  #correct(request: Message, response: Message | undefined, rounds: number): Correction | undefined {
    if (response === undefined) return { request, as: 'nextServer' };
    const status = statusOf(response);
    this.#wallet.accepted = status === 423 || (status === 401 && this.#wallet.accepted);
    if (status !== 401 && status !== 407 && status !== 494) {
      return correct(request, response, { plan: this.plan, habits: this.habits, rounds });
    }
    if (!this.#wallet.note(response)) return undefined;
    return { request: status === 494 ? agree(request, header(response, 'Security-Server')) : request };
  }

  /** Where it should have given up. */
  async #insist(request: Message): Promise<Message | undefined> {
    if (!this.habits.has('asksAgain') && !this.habits.has('callsAgain')) return undefined;
    await this.#sleep(100);
    return this.#reoriginate(request, request, undefined, this.habits.has('callsAgain'));
  }

  /** The copy for the next server. */
  #copy(request: Message): Message | undefined {
    if (!this.habits.has('staysWithServer')) {
      this.#server += 1;
      if (this.#server >= this.plan.servers.length) return undefined;
    }
    if (this.habits.has('changesCopy')) return this.#reoriginate(request, request, undefined, true);
    return this.habits.has('sameBranch') ? request : withBranch(request, newBranch());
  }

  #reoriginate(corrected: Message, before: Message, response: Message | undefined, isFresh: boolean): Message {
    const { habits } = this;
    const [, method = ''] = (header(before, 'CSeq') ?? '').split(' ');
    let next = habits.has('sameBranch') ? corrected : withBranch(corrected, newBranch());
    if (!habits.has('sameCSeq')) next = withHeader(next, 'CSeq', `${cseqOf(before) + 1} ${method}`);
    if (habits.has('newCallId') || (isFresh && !habits.has('sameCallId'))) next = withHeader(next, 'Call-ID', token());
    if (habits.has('newFromTag') || (isFresh && !habits.has('sameFromTag'))) {
      next = withHeader(next, 'From', header(next, 'From')?.replace(/tag=.*/, `tag=${token()}`));
    }
    if (habits.has('keepsToTag') && response !== undefined) next = withHeader(next, 'To', header(response, 'To'));
    if (habits.has('unchanged')) return next;
    return this.#wallet.sign(next, 'alice', this.plan.password);
  }

  /** The call: one refresh where a session interval was agreed, then a BYE. */
  async #hold(invite: Message, response: Message): Promise<void> {
    const inDialog = (message: Message, method: string): Message => {
      const request = withHeader(withUri(message, contactOf(response)), 'To', header(response, 'To'));
      const start = request.start.replace(/^\S+/, method);
      return withBranch({ ...withHeader(request, 'CSeq', `${cseqOf(message) + 1} ${method}`), start }, newBranch());
    };
    let last = invite;
    if (header(response, 'Session-Expires') !== undefined) {
      const refresh = withHeader(inDialog(last, 'INVITE'), 'Session-Expires', '90;refresher=uac');
      last = (await this.#pursue(refresh)).request;
    }
    if (this.habits.has('forgetsBye') || this.#isStopped) return;
    await this.#exchange.ask({ ...inDialog(last, 'BYE'), body: '' }, this.#currentServer, {
      giveUpMs: 1_000,
      retransmits: false,
    });
  }
}

function contactOf(response: Message): string {
  return /<([^>]*)>/.exec(header(response, 'Contact') ?? '')?.[1] ?? 'sip:nobody.invalid';
}

function withBranch(message: Message, branch: string): Message {
  return withHeader(message, 'Via', header(message, 'Via')?.replace(/branch=[^;,]*/, `branch=${branch}`));
}

function agree(request: Message, mechanisms: string | undefined): Message {
  const verified = withHeader(request, 'Security-Verify', mechanisms);
  return withHeader(withHeader(verified, 'Require', 'sec-agree'), 'Proxy-Require', 'sec-agree');
}
