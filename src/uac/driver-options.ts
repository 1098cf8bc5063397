// What the driver of one request is given: the options of the request, and what its core shares.
import type { DriveRetryOptions } from '../../machines/drive-retry.js';
import { withLimits } from '../policy/limits.js';
import type { SipRequest } from '../sip/message.js';
import { serversInOrder } from './server-set.js';
import type { UacCore } from './uac-core.js';
import type { UacRequestOptions } from './uac-request.js';
import type { UacSnapshot } from './uac-snapshot.js';

/** What a request begins with. */
export type UacBeginning = { readonly request: SipRequest } | { readonly snapshot: UacSnapshot };

type Shared = Required<Pick<DriveRetryOptions, 'circumstances' | 'gate'>>;

/** @throws SipRetryError `badOptions`, `badCredentials`, `badLimits` */
export function driverOptionsOf(
  beginning: UacBeginning,
  { client, policy, limits = {}, answer, nextCSeq, inspect, keyring, credentials }: UacRequestOptions,
  core: UacCore,
  shared: Shared,
): DriveRetryOptions {
  return {
    ...('request' in beginning ? beginning : { snapshot: beginning.snapshot.retry, unsent: beginning.snapshot.held }),
    ...shared,
    client: { ...client, ...serversInOrder(client?.servers, core.health) },
    limits: withLimits(limits, core.limits),
    environment: core.environment,
    keyring:
      keyring === undefined && credentials === undefined
        ? core.keyring
        : core.keyrings.choose({ ...(keyring && { keyring }), ...(credentials && { credentials }) }),
    ...(policy && { policy }),
    ...(answer && { answer }),
    ...(nextCSeq && { nextCSeq }),
    ...(inspect && { inspect }),
  };
}
