// The user agent client of a scenario: the real one, on the simulated network and in virtual time.
import { readCredentialsList } from '../digest/credentials.js';
import { parsePolicy } from '../policy/parse-policy.js';
import type { Client } from '../policy/facts.js';
import type { Limits } from '../policy/limits.js';
import { limitDefects } from '../policy/set-limits.js';
import type { RetryPolicy } from '../policy/rule.js';
import type { Environment } from '../timing/environment.js';
import type { Dns } from '../transport/dns.js';
import { NetworkClient } from '../transport/network-client.js';
import type { UserAgentClient } from '../transport/user-agent-client.js';
import type { Transports } from '../transport/transports.js';
import { createUacCore } from '../uac/uac-core.js';
import type { Inspect } from './inspector.js';
import type { WrittenUac } from './scenario.js';

/** The client over these transports. */
export function clientOf(
  { credentials = [], limits, outboundProxy, servers, timers, overloadControl = false }: WrittenUac,
  means: {
    readonly environment: Environment;
    readonly transports: Transports;
    readonly dns: Dns;
    readonly inspect: Inspect;
  },
): UserAgentClient {
  const core = createUacCore({
    environment: means.environment,
    credentials: readCredentialsList(credentials),
    ...(areLimits(limits) ? { limits } : {}),
  });
  return new NetworkClient({
    core,
    transports: means.transports,
    dns: means.dns,
    ownAddress: () => undefined,
    overloadControl,
    inspect: means.inspect,
    ...(outboundProxy === undefined ? {} : { outboundProxy }),
    ...(servers === undefined ? {} : { servers }),
    ...(timers === undefined ? {} : { timers }),
  });
}

/** What the client can do, whatever the request. */
export function abilitiesOf(uac: WrittenUac): Client {
  const { supported, redial, refuseMd5, shorterUri, acceptable, securityMechanisms } = uac;
  return {
    ...(supported && { supported }),
    ...(redial !== undefined && { redial }),
    ...(refuseMd5 !== undefined && { refuseMd5 }),
    ...(shorterUri !== undefined && { shorterUri }),
    ...(acceptable && { acceptable }),
    ...(securityMechanisms && { securityMechanisms }),
  };
}

/** The policy of the scenario; `undefined` for that of the RFCs. Its defects were told when the scenario was read. */
export function policyOf({ policy }: WrittenUac): RetryPolicy | undefined {
  if (policy === undefined) return undefined;
  const parsed = parsePolicy(policy);
  return parsed.ok ? parsed.policy : undefined;
}

function areLimits(value: unknown): value is Partial<Limits> {
  return value !== undefined && limitDefects(value).length === 0;
}
