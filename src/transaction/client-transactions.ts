// All client transactions of a UAC: each response goes to the one that it matches (RFC 3261 §17.1.3), or is discarded.
import { Listeners } from '../../machines/listeners.js';
import type { SipResponse } from '../sip/message.js';
import { SipRetryError } from '../sip/sip-retry-error.js';
import {
  createClientTransaction,
  type ClientTransaction,
  type ClientTransactionOptions,
} from './client-transaction.js';
import { idOfRequest, idOfResponse, type DiscardReason } from './response-match.js';

/** How many responses were discarded for each reason. */
export type DiscardCount = { readonly [why in DiscardReason]: number };

/** The client transactions of a UAC, each from its creation until it is terminated. */
export class ClientTransactions {
  readonly #byKey = new Map<string, { readonly sentBy: string; readonly transaction: ClientTransaction }>();
  readonly #discarded: { [why in DiscardReason]: number } = {
    statusOutOfRange: 0,
    unreadableVia: 0,
    severalVias: 0,
    unreadableCSeq: 0,
    noTransaction: 0,
    foreignSentBy: 0,
  };

  /**
   * A client transaction that gets its responses from here; call `start`, or `stop` when it is not wanted after all.
   * @throws SipRetryError `badRequest` for a request without a branch, or with the branch of a transaction in progress,
   * and whatever `createClientTransaction` throws.
   */
  create(options: ClientTransactionOptions): ClientTransaction {
    const id = idOfRequest(options.request);
    if (id === undefined) {
      throw new SipRetryError(
        'badRequest',
        'The request has no branch in its topmost Via; write one before it is sent.',
      );
    }
    const { key, sentBy } = id;
    if (this.#byKey.has(key)) {
      throw new SipRetryError('badRequest', 'Another request in progress has this branch; write a new one.');
    }
    const transaction = createClientTransaction(options);
    this.#byKey.set(key, { sentBy, transaction });
    transaction.on('terminated', () => this.#byKey.delete(key));
    return transaction;
  }

  /** Passes a response to the transaction that it matches. False: it was discarded, and counted by its reason. */
  receive(response: SipResponse): boolean {
    const found = this.#find(response);
    if (typeof found === 'string') {
      this.#discarded[found] += 1;
      return false;
    }
    found.receive(response);
    return true;
  }

  /** How many responses were discarded so far, by reason. */
  get discarded(): DiscardCount {
    return { ...this.#discarded };
  }

  /** How many transactions there are. */
  get size(): number {
    return this.#byKey.size;
  }

  /** Stops every transaction; what their listeners throw comes when all are stopped. */
  stop(): void {
    const listeners = new Listeners<object>();
    for (const { transaction } of [...this.#byKey.values()]) listeners.attempt(() => transaction.stop());
    listeners.rethrow();
  }

  #find(response: SipResponse): ClientTransaction | DiscardReason {
    const id = idOfResponse(response);
    if (typeof id === 'string') return id;
    const entry = this.#byKey.get(id.key);
    if (entry === undefined) return 'noTransaction';
    return entry.sentBy === id.sentBy ? entry.transaction : 'foreignSentBy';
  }
}
