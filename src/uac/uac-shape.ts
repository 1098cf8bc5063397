// What the options of a request and of a registration are, member by member, so that a mistake is told at the door.
import { driveRetryShape, environmentKind, requireClient } from '../../machines/driver-shape.js';
import { requireOptions, type Shape } from '../../machines/given.js';
import type { SendWithRetryOptions } from './send-with-retry.js';
import type { KeepRegisteredOptions } from './keep-registered.js';
import type { UacCoreOptions } from './uac-core.js';
import type { UacRequestOptions } from './uac-request.js';

/** @throws SipRetryError `badOptions` */
export function requireRequestOptions(options: UacRequestOptions): void {
  requireOptions(options, requestShape);
  requireClient(options.client);
}

/** @throws SipRetryError `badOptions` */
export function requireSendOptions(options: SendWithRetryOptions): void {
  requireOptions(options, { ...requestShape, onTransportError: 'function' });
}

/** @throws SipRetryError `badOptions` */
export function requireRegistrationOptions(options: KeepRegisteredOptions): void {
  requireOptions(options, { ...shared, isOurs: 'function', findServers: 'function' });
  requireClient(options.client);
}

/** @throws SipRetryError `badOptions` */
export function requireCoreOptions(options: UacCoreOptions): void {
  requireOptions(options, coreShape);
}

const { policy, client, limits, keyring, credentials, answer, nextCSeq, inspect } = driveRetryShape;

/** What `createUacCore` gave. */
export const coreKind = {
  environment: environmentKind,
  keyrings: 'object',
  ceilings: 'object',
  lines: 'object',
} as const;

const shared = {
  policy,
  client,
  limits,
  credentials,
  answer,
  nextCSeq,
  inspect,
  core: coreKind,
  environment: environmentKind,
  throughProxy: 'boolean',
  signal: { addEventListener: 'function', removeEventListener: 'function' },
  beforeSend: 'function',
} as const;

const requestShape: Shape<UacRequestOptions> = {
  ...shared,
  keyring,
  ringMs: 'milliseconds',
  id: 'text',
  store: { save: 'function', remove: 'function' },
  onStoreFailure: 'text',
};

const coreShape: Shape<UacCoreOptions> = {
  environment: environmentKind,
  keyring,
  credentials,
  limits,
  retryBudget: 'object',
  serverHealth: 'object',
  overloadControl: 'object',
  restarted: 'boolean',
};
