// Client transactions (RFC 3261 §17.1): requests delivered reliably, and responses matched to them.
export type {
  ClientTransaction,
  ClientTransactionEvents,
  ClientTransactionOptions,
  ClientTransactionState,
} from './client-transaction.js';
export { createClientTransaction } from './client-transaction.js';
export type { DiscardCount } from './client-transactions.js';
export { ClientTransactions } from './client-transactions.js';
export type { DiscardReason } from './response-match.js';
export { discardReasons } from './response-match.js';
