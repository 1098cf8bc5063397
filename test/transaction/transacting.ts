// One client transaction in virtual time: what it transmits and tells, each with its moment.
import type { TimerValues } from '../../machines/client-transaction-timers.js';
import {
  createClientTransaction,
  type ClientTransaction,
  type ClientTransactionOptions,
} from '../../src/transaction/client-transaction.js';
import type { Header, SipRequest, SipResponse } from '../../src/sip/message.js';
import type { Environment } from '../../src/timing/environment.js';
import { seededRandom, seededToken } from '../../src/timing/random.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';

export function environmentOf(clock: VirtualClock): Environment {
  return { clock, random: seededRandom(1), token: seededToken(1) };
}

/** A response as a server makes it: Via, From, Call-ID and CSeq of the request, a To with a tag of its own. */
export function responseTo(request: SipRequest, status: number, tag = 'b1', more: readonly Header[] = []): SipResponse {
  const copied = request.headers.filter(([name]) => ['Via', 'From', 'Call-ID', 'CSeq'].includes(name));
  const to = request.headers.find(([name]) => name === 'To')?.[1] ?? '<sip:nobody@example.com>';
  return { status, reason: '', headers: [...copied, ['To', `${to};tag=${tag}`], ...more], body: '' };
}

export interface TransactingOptions {
  readonly reliable?: boolean;
  readonly timers?: Partial<TimerValues>;
  readonly transmit?: (request: SipRequest, transaction: ClientTransaction) => void;
  readonly create?: (options: ClientTransactionOptions) => ClientTransaction;
}

export function transacting(request: SipRequest, options: TransactingOptions = {}) {
  const clock = new VirtualClock();
  const told: string[] = [];
  const sent: { readonly at: number; readonly request: SipRequest }[] = [];
  const responses: SipResponse[] = [];
  const errors: unknown[] = [];
  const note = (what: string): void => void told.push(`${clock.now()} ${what}`);
  const transaction = (options.create ?? createClientTransaction)({
    request,
    reliable: options.reliable ?? false,
    environment: environmentOf(clock),
    ...(options.timers === undefined ? {} : { timers: options.timers }),
    transmit: (transmitted) => {
      note(transmitted.method);
      sent.push({ at: clock.now(), request: transmitted });
      options.transmit?.(transmitted, transaction);
    },
  });
  transaction.on('response', ({ response }) => {
    note(String(response.status));
    responses.push(response);
  });
  transaction.on('timeout', ({ timer }) => note(`timeout ${timer}`));
  transaction.on('transportError', ({ error }) => {
    note('transportError');
    errors.push(error);
  });
  transaction.on('terminated', () => note('terminated'));
  return {
    clock,
    transaction,
    told,
    sent,
    responses,
    errors,
    /** The moments at which a request of this method went out. */
    moments: (method = request.method) => sent.filter((one) => one.request.method === method).map(({ at }) => at),
    respond: (status: number, tag?: string) => transaction.receive(responseTo(request, status, tag)),
    /** What was told since the last time. */
    next: () => told.splice(0),
  };
}
