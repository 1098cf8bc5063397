// The public surface of `sip-retry/request`: messages in, the next request out, and the record of one logical request.
export { readMessage } from '../sip/read-message.js';
export type { ReadMessage, ReadNote } from '../sip/read-message.js';
export { writeMessage } from '../sip/write-message.js';
export { octetsOf, textOf } from '../sip/octets.js';
export { allHeaders, firstHeader, removeHeader, replaceHeaders, setHeader } from '../sip/header-list.js';
export type { Header, SipRequest, SipResponse } from '../sip/message.js';

export { rewrite } from './rewrite.js';
export type { Rewritten } from './rewrite.js';
export type { Change } from './change.js';
export type { Answer, Body, Materials } from './materials.js';
export { askOf } from '../policy/action.js';
export type { AskFor } from '../policy/action.js';
export { ackOf, cancelOf } from './ack-and-cancel.js';
export { CANCEL_PATIENCE_MS, noteCancelSent, noteCancelWanted, noteRefusal } from './note-lifecycle.js';
export { beginRecord, composeNext, isComposable, noteDecision, noteOutcome, noteProvisional } from './record.js';
export type { Deadline, RequestRecord } from './record.js';
export { SipRetryError } from '../sip/sip-retry-error.js';
export type { SipRetryErrorCode } from '../sip/sip-retry-error.js';
