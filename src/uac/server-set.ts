// What a decision is told of its surroundings, and the server set as the health of its members lets it be used.
import type { Circumstances } from '../../machines/driver-means.js';
import type { ServerHealth } from '../budget/server-health.js';
import type { SipRequest } from '../sip/message.js';
import { ceilingKeyOf } from './request-place.js';
import type { UacCore } from './uac-core.js';

/** The set in which to begin: those that may be asked, in their order, then the others, the earliest first. */
export function serversInOrder(
  servers: readonly string[] | undefined,
  health: ServerHealth,
): { readonly servers?: readonly string[] } {
  if (servers === undefined) return {};
  const available = health.available(servers);
  if (available.length === servers.length) return { servers };
  const earliest = (server: string): number => health.earliest([server]) ?? 0;
  const others = servers.filter((server) => !available.includes(server));
  return { servers: [...available, ...others.sort((one, other) => earliest(one) - earliest(other))] };
}

/** What is known at the moment of a decision. @param isResuming nobody knows what went out before a restart. */
export function circumstancesOf(
  { ceilings, retryBudget, health }: UacCore,
  servers: readonly string[] | undefined,
  { request, server }: { readonly request: SipRequest; readonly server: string | undefined },
  isResuming: boolean,
): Circumstances {
  const left = isResuming ? undefined : ceilings.leftToDecide(ceilingKeyOf(request, server));
  return {
    budgetBalance: retryBudget.balance(),
    ...(left !== undefined && { ceilingLeft: left }),
    ...serversLeft(servers, server, health),
  };
}

/** Those that may be asked, and the one in use, by which it is known where the request was. */
function serversLeft(
  servers: readonly string[] | undefined,
  inUse: string | undefined,
  health: ServerHealth,
): { readonly servers?: readonly string[] } {
  if (servers === undefined) return {};
  const others = servers.filter((server) => server !== inUse && health.isAvailable(server));
  return { servers: inUse === undefined ? others : [inUse, ...others] };
}
