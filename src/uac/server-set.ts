// The server set of one request, which belongs to its first hop, and what a decision is told of it.
import type { Circumstances, Departure } from '../../machines/driver-means.js';
import type { Action } from '../policy/action.js';
import type { ServerHealth } from '../budget/server-health.js';
import { firstHopOf, isSameHop } from '../request/first-hop.js';
import type { SipRequest } from '../sip/message.js';
import type { UacBeginning } from './driver-options.js';
import { ceilingKeyOf } from './request-place.js';
import type { UacCore } from './uac-core.js';
import type { UacRequestOptions } from './uac-request.js';

/**
 * The servers of the first hop (RFC 3261 §8.1.2). A request that goes to another one has a server set of its own, which is
 * not known until somebody has resolved it.
 */
export class ServerSet {
  readonly #core: UacCore;
  readonly #throughProxy: boolean;
  #hop: string;
  #servers: readonly string[] | undefined;
  #inUse: string | undefined;
  /** The next attempt repeats or corrects the one before. */
  #isCorrected = false;

  constructor(
    core: UacCore,
    beginning: UacBeginning,
    { client, throughProxy = false }: Pick<UacRequestOptions, 'client' | 'throughProxy'>,
  ) {
    this.#core = core;
    this.#throughProxy = throughProxy;
    this.#hop = firstHopOf('request' in beginning ? beginning.original : beginning.snapshot.retry.record.request);
    this.#servers = client?.servers && serversInOrder(client.servers, core.health);
  }

  /**
   * What the next attempt comes from. Only a redirection leads elsewhere: a corrected request goes to the server that
   * answered, whatever its URI is now (RFC 3261 §8.1.2, §8.1.3.5). So does a tel URI that became a SIP URI.
   */
  noteAction({ type }: Action): void {
    this.#isCorrected = type !== 'tryOtherTarget' && type !== 'chooseTarget';
  }

  /** The server that an attempt goes to; `undefined` when the set of its hop is not known. */
  towards({ request, server }: Pick<Departure, 'request' | 'server'>): string | undefined {
    const hop = firstHopOf(request);
    const isElsewhere = !this.#throughProxy && !this.#isCorrected && !isSameHop(this.#hop, hop);
    this.#hop = hop;
    this.#isCorrected = false;
    if (isElsewhere) this.#servers = undefined;
    this.#inUse = isElsewhere ? undefined : (server ?? this.#inUse ?? this.#servers?.[0]);
    return this.#inUse;
  }

  /** The set as it is now, for the hop of the last attempt, which goes to the first of them. */
  use(servers: readonly string[]): void {
    this.#servers = servers;
    this.#inUse = servers[0];
  }

  /** What is known at the moment of a decision. @param isResuming nobody knows what went out before a restart. */
  circumstances(request: SipRequest, server: string | undefined, isResuming: boolean): Circumstances {
    const { ceilings, retryBudget } = this.#core;
    const inUse = server ?? this.#inUse ?? this.#servers?.[0];
    const left = isResuming ? undefined : ceilings.leftToDecide(ceilingKeyOf(request, inUse));
    return {
      budgetBalance: retryBudget.balance(),
      ...(left !== undefined && { ceilingLeft: left }),
      ...this.#left(inUse),
    };
  }

  /** Those that may be asked, and the one in use, by which it is known where the request was. */
  #left(inUse: string | undefined): { readonly servers?: readonly string[] } {
    if (this.#servers === undefined) return {};
    const others = this.#servers.filter((server) => server !== inUse && this.#core.health.isAvailable(server));
    return { servers: inUse === undefined ? others : [inUse, ...others] };
  }
}

/** The set in which to begin: those that may be asked, in their order, then the others, the earliest first. */
export function serversInOrder(servers: readonly string[], health: ServerHealth): readonly string[] {
  const available = health.available(servers);
  if (available.length === servers.length) return servers;
  const earliest = (server: string): number => health.earliest([server]) ?? 0;
  const others = servers.filter((server) => !available.includes(server));
  return [...available, ...others.sort((one, other) => earliest(one) - earliest(other))];
}
