// The public surface of `sip-retry/testing`: time and chance that a test holds in its hand.
export { VirtualClock } from './timing/virtual-clock.js';
export type { VirtualClockOptions } from './timing/virtual-clock.js';
export { seededRandom, seededToken } from './timing/random.js';
export type { Clock } from './timing/clock.js';
export type { Environment } from './timing/environment.js';
export { SipRetryError } from './sip/sip-retry-error.js';
export type { SipRetryErrorCode } from './sip/sip-retry-error.js';
