// Who hears of a client transaction over the network.
import type { SipRequest, SipResponse } from '../sip/message.js';
import type { Sent } from './sent.js';
import type { TransportFailure } from './transport-failure.js';

/** What a transaction tells of itself. */
export interface TransactionUser {
  /** The request as it went out, with its Via filled in. */
  sent?(request: SipRequest, sent: Sent): void;
  response(response: SipResponse, sent: Sent): void;
  timeout(): void;
  transportError(failure: TransportFailure): void;
}

/** A CANCEL concerns nobody but its INVITE. */
export const NOBODY: TransactionUser = {
  response: () => undefined,
  timeout: () => undefined,
  transportError: () => undefined,
};
