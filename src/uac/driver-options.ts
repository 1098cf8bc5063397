// What the driver of one request is given: the options of the request, and what its core shares.
import type { DriveRetryOptions } from '../../machines/drive-retry.js';
import { withLimits } from '../policy/set-limits.js';
import type { Keyring } from '../digest/keyring.js';
import type { SipRequest } from '../sip/message.js';
import type { Prepared } from './prepared.js';
import type { UacCore } from './uac-core.js';
import type { UacRequestOptions } from './uac-request.js';
import type { UacSnapshot } from './uac-snapshot.js';

/** What a request begins with. */
export type UacBeginning = Prepared | { readonly snapshot: UacSnapshot };

/** The request as the application gave it. */
export function originalIn(beginning: UacBeginning): SipRequest {
  return 'request' in beginning ? beginning.original : beginning.snapshot.retry.record.request;
}

type Shared = Required<Pick<DriveRetryOptions, 'circumstances' | 'gate'>>;

/** @throws SipRetryError `badOptions`, `badCredentials`, `badLimits` */
export function driverOptionsOf(
  beginning: UacBeginning,
  options: UacRequestOptions,
  core: UacCore,
  shared: Shared,
): DriveRetryOptions {
  const { client = {}, policy, limits = {}, answer, nextCSeq, inspect } = options;
  const ahead = 'request' in beginning ? beginning.acceptedRealms : [];
  return {
    ...('request' in beginning
      ? { request: beginning.request }
      : { snapshot: beginning.snapshot.retry, unsent: beginning.snapshot.held }),
    ...shared,
    // The server set may become another one: the circumstances tell it at each decision.
    client: { ...client, servers: [], acceptedRealms: [...(client.acceptedRealms ?? []), ...ahead] },
    limits: withLimits(limits, core.limits),
    environment: core.environment,
    keyring: keyringOf(options, core),
    ...(policy && { policy }),
    ...(answer && { answer }),
    ...(nextCSeq && { nextCSeq }),
    ...(inspect && { inspect }),
  };
}

/**
 * The keyring of a request: its own, that of its credentials, or that of the core.
 * @throws SipRetryError `badOptions`, `badCredentials`
 */
export function keyringOf({ keyring, credentials }: UacRequestOptions, core: UacCore): Keyring {
  if (keyring === undefined && credentials === undefined) return core.keyring;
  return core.keyrings.choose({ ...(keyring && { keyring }), ...(credentials && { credentials }) });
}
