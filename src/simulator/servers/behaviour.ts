// How a server of the scenario behaves: its script, or its behaviour by type.
import type { Behaviour, WrittenServer } from '../scenario.js';
import type { ScenarioPath } from '../scenario-fault.js';
import type { DigestUser } from './digest-gate.js';
import { challengerServing } from './challenger.js';
import { gatewayServing } from './gateway.js';
import { hostileServing } from './hostile.js';
import { overloadedServing } from './overloaded.js';
import { proxyServing } from './proxy.js';
import { registrarServing } from './registrar.js';
import { scriptServing } from './script.js';
import type { Serving } from './service.js';

/** What a behaviour may know of the scenario. */
export interface ServingMeans {
  readonly name: string;
  readonly path: ScenarioPath;
  /** The credentials of the user agent client for a realm: whom a challenge lets in that names nobody. */
  readonly usersOf: (realm: string) => readonly DigestUser[];
}

/** What answers request by request; a scenario of SIPp has a server of its own. */
export interface Served extends Pick<WrittenServer, 'script'> {
  readonly behaviour?: ServedBehaviour | undefined;
}

type ServedBehaviour = Exclude<Behaviour, { type: 'sipp' }>;

/** The behaviour of this server. */
export function servingOf({ script, behaviour }: Served, means: ServingMeans): Serving {
  if (behaviour === undefined) return scriptServing(script ?? [], means.name, [...means.path, 'script']);
  return servingByType(behaviour, { ...means, path: [...means.path, 'behaviour'] });
}

function servingByType(behaviour: ServedBehaviour, means: ServingMeans): Serving {
  switch (behaviour.type) {
    case 'challenger':
      return challengerServing(behaviour, means);
    case 'registrar':
      return registrarServing(behaviour, means);
    case 'gateway':
      return gatewayServing(behaviour, means);
    case 'overloaded':
      return overloadedServing(behaviour, means);
    case 'hostile':
      return hostileServing(behaviour);
    case 'proxy':
      return proxyServing(behaviour, means);
  }
}
