// The door for SIP.js: `sip-retry/adapters/sip-js`.
export { createSipJsRequest } from './sip-js-request.js';
export type { SipJsEvents, SipJsOptions, SipJsOutcome, SipJsRequest, SipJsServer } from './sip-js-request.js';
export type { Limitation, LimitationKind } from './limitation.js';
export type {
  SipJsCore,
  SipJsDelegate,
  SipJsIncoming,
  SipJsMessage,
  SipJsMessageOptions,
  SipJsOutgoing,
  SipJsResponseMessage,
  SipJsTransport,
  SipJsUri,
} from './stack.js';
export { secret } from '../../digest/secret.js';
export type { Secret } from '../../digest/secret.js';
export { SipRetryError } from '../../sip/sip-retry-error.js';
export type { SipRetryErrorCode } from '../../sip/sip-retry-error.js';
