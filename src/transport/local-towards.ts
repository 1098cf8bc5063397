// The address of this machine for a Contact, also where no server can be reached at the moment.
import type { OwnAddress } from './own-address.js';
import { familyOf, type Endpoint, type ServerAddress, type TransportName } from './server-address.js';
import type { TransportFailure } from './transport-failure.js';
import type { Transports } from './transports.js';

/** Where requests come from, and over which transport. */
export interface LocalPlace {
  readonly local: Endpoint;
  readonly transport: TransportName;
  /** Why the servers cannot be reached; absent: one can. */
  readonly failure?: TransportFailure;
}

/** The address towards the first server that can be reached; a server that is down has none. */
export async function localTowards(
  transports: Transports,
  servers: readonly [ServerAddress, ...ServerAddress[]],
  ownAddress: OwnAddress,
): Promise<LocalPlace> {
  const failures: TransportFailure[] = [];
  for (const server of servers) {
    const local = await transports.localAddress(server);
    if (local.kind === 'local') return { local: placeOf(local), transport: server.transport };
    failures.push(local.failure);
  }
  const [failure = NOT_REACHED] = failures;
  // UDP needs nobody on the other side to say which address it comes from.
  for (const { host, port } of servers) {
    const local = await transports.localAddress({ transport: 'UDP', host, port });
    if (local.kind === 'local') return { local: placeOf(local), transport: servers[0].transport, failure };
  }
  const local = await localWithoutServer(transports, ownAddress, familyOf(servers[0].host));
  return { local, transport: servers[0].transport, failure };
}

/** An address of this machine that others may reach, where nothing says which one a server would see. */
export async function localWithoutServer(
  transports: Transports,
  ownAddress: OwnAddress,
  family: 4 | 6 = 4,
): Promise<Endpoint> {
  const ports = await transports.listen();
  return {
    host: ownAddress(family) ?? (family === 4 ? '127.0.0.1' : '::1'),
    port: ports.kind === 'listening' ? ports.udp : 5060,
  };
}

function placeOf({ host, port }: Endpoint): Endpoint {
  return { host, port };
}

const NOT_REACHED: TransportFailure = { code: 'failed', why: 'No server can be reached.' };
