// All server transactions of one server: each request goes to the one that it matches (RFC 3261 §17.2.3).
import { readCSeq } from '../../sip/cseq.js';
import type { SipRequest, SipResponse } from '../../sip/message.js';
import { topVia } from '../../sip/via.js';
import type { Environment } from '../../timing/environment.js';
import type { Source } from '../../transport/inbox.js';
import type { Inspect } from '../inspector.js';
import { ServerTransaction } from './server-transaction.js';

export interface ServerTransactionsMeans {
  readonly environment: Environment;
  readonly inspect: Inspect;
  readonly respond: (response: SipResponse, source: Source) => void;
  /** A refusal was never acknowledged. */
  readonly unacknowledged: () => void;
}

export class ServerTransactions {
  readonly #means: ServerTransactionsMeans;
  readonly #byKey = new Map<string, ServerTransaction>();

  constructor(means: ServerTransactionsMeans) {
    this.#means = means;
  }

  /** The transaction of the request with this method that has the branch of this one. */
  find(request: SipRequest, method = request.method): ServerTransaction | undefined {
    return this.#byKey.get(keyOf(request, method));
  }

  create(request: SipRequest, source: Source): ServerTransaction {
    const { environment, inspect, respond, unacknowledged } = this.#means;
    const key = keyOf(request, request.method);
    const transaction = new ServerTransaction({
      request,
      tag: environment.token(),
      reliable: source.transport !== 'UDP',
      clock: environment.clock,
      inspect,
      respond: (response) => respond(response, source),
      unacknowledged,
      terminated: () => void this.#byKey.delete(key),
    });
    this.#byKey.set(key, transaction);
    return transaction;
  }

  /** What a process knew of its transactions dies with it. */
  stop(): void {
    for (const transaction of this.#byKey.values()) transaction.stop();
    this.#byKey.clear();
  }
}

/** The branch, the sent-by, and the method, which of an ACK and a CANCEL is asked for as that of the INVITE. */
function keyOf({ headers }: SipRequest, method: string): string {
  const via = topVia(headers);
  return `${method} ${(via?.branch ?? '').toLowerCase()} ${via?.sentBy ?? ''} ${String(readCSeq(headers)?.number)}`;
}
