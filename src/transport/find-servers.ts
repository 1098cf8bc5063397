// From a SIP URI to its server set (RFC 3263 §4): the servers to try, in order.
import { systemEnvironment, type Environment } from '../timing/environment.js';
import type { Dns } from './dns.js';
import { DnsQuestions } from './dns-question.js';
import { findServices, type Services } from './find-services.js';
import { readHop, withoutDot, type Hop } from './hop.js';
import { defaultPort, numericHost, type ServerAddress, type TransportName } from './server-address.js';
import type { TransportFailure } from './transport-failure.js';

/** How to search. */
export interface SearchOptions {
  /** Its clock for the time-out, its chance for the weights of SRV. Default: the system's. */
  readonly environment?: Pick<Environment, 'clock' | 'random'>;
  readonly dns: Dns;
  /** What may be used, the most liked first; it decides where a domain leaves the choice. Default: UDP, TCP, TLS. */
  readonly transports?: readonly TransportName[];
  /** How long all questions together may take. Default: 5000 ms. */
  readonly timeoutMs?: number;
}

/** The server set, or why there is none: to the transaction user that is a transport error (RFC 3261 §8.1.3.1). */
export type ServerSet =
  | {
      readonly kind: 'servers';
      readonly servers: readonly [ServerAddress, ...ServerAddress[]];
      readonly notes: readonly string[];
    }
  | { readonly kind: 'failed'; readonly failure: TransportFailure; readonly notes: readonly string[] };

/** A server set is never longer: a malicious zone may list ten thousand addresses. */
export const MOST_SERVERS = 32;
const MOST_ADDRESSES_OF_HOST = 8;
const TIMEOUT_MS = 5000;

/**
 * The servers of a SIP URI, or of several one after another (a list that the user gives); see `resolveServers`.
 */
export async function findServers(uris: string | readonly string[], options: SearchOptions): Promise<ServerSet> {
  const { environment = systemEnvironment(), dns, timeoutMs = TIMEOUT_MS } = options;
  const { transports = ['UDP', 'TCP', 'TLS'] } = options;
  const questions = new DnsQuestions(environment.clock, timeoutMs);
  const search: Search = { dns, questions, transports, random: environment.random };
  const servers = new Map<string, ServerAddress>();
  let failure: TransportFailure = { code: 'unresolved', why: 'No server was given; name at least one.' };
  for (const uri of typeof uris === 'string' ? [uris] : uris.slice(0, MOST_SERVERS)) {
    const found = await serversOf(uri, search);
    if (found.kind === 'failed') failure = found.failure;
    else for (const server of found.servers) if (servers.size < MOST_SERVERS) addServer(servers, server);
  }
  questions.end();
  const [first, ...others] = servers.values();
  const notes = questions.notes();
  if (first === undefined) return { kind: 'failed', failure, notes };
  return { kind: 'servers', servers: [first, ...others], notes };
}

type Search = Parameters<typeof findServices>[1];

type Found =
  | { readonly kind: 'found'; readonly servers: readonly ServerAddress[] }
  | { readonly kind: 'failed'; readonly failure: TransportFailure };

function addServer(servers: Map<string, ServerAddress>, server: ServerAddress): void {
  const key = [server.transport, server.host, server.port, server.servername ?? ''].join(' ');
  if (!servers.has(key)) servers.set(key, server);
}

async function serversOf(uri: string, search: Search): Promise<Found> {
  const hop = readHop(uri);
  if (hop.kind === 'unusable') return { kind: 'failed', failure: hop.failure };
  // RFC 3263 §4.1: "UDP for a SIP URI, and TCP for a SIPS URI", which is TLS over TCP.
  const transport = hop.transport ?? (hop.secure ? 'TLS' : plainTransport(search.transports));
  if (transport === undefined || !search.transports.includes(transport)) {
    const why = `${transport ?? 'A transport without TLS'} is needed for ${hop.target}, and is not among the transports that may be used.`;
    return { kind: 'failed', failure: { code: 'unsupported', why } };
  }
  const server = { transport, port: hop.port ?? defaultPort(transport) };
  if (hop.numeric !== undefined) return found([addressOf(hop, { ...server, host: hop.numeric }, search)]);
  // "If the TARGET was not a numeric IP address, but a port is present in the URI, the client performs an A or AAAA
  // record lookup of the domain name" (RFC 3263 §4.2).
  if (hop.port !== undefined) return addressesOf(hop, [{ ...server, target: hop.target }], search);

  const services = await findServices(hop, search);
  if (services.kind === 'found') {
    const { transport: offered, hosts } = services;
    return addressesOf(
      hop,
      hosts.map(({ target, port }) => ({ transport: offered, port, target })),
      search,
    );
  }
  if (services.kind !== 'none') return { kind: 'failed', failure: failureOfServices(hop, services) };
  return addressesOf(hop, [{ ...server, target: hop.target }], search);
}

/** The default for a SIP URI is UDP; a client without UDP uses what it has. */
function plainTransport(transports: readonly TransportName[]): TransportName | undefined {
  return transports.includes('UDP') ? 'UDP' : transports[0];
}

interface Host {
  readonly transport: TransportName;
  readonly port: number;
  readonly target: string;
}

/** The addresses host by host: those of one SRV target stay together (RFC 7984 §4). */
async function addressesOf(hop: Hop, hosts: readonly Host[], search: Search): Promise<Found> {
  const answers = await Promise.all(
    hosts.map(async ({ target }) => {
      const name = withoutDot(target);
      const ask = async (): Promise<readonly string[]> => search.dns.addresses(name);
      return search.questions.ask(`addresses of ${name}`, ask, MOST_ADDRESSES_OF_HOST);
    }),
  );
  const servers = hosts.flatMap(({ transport, port }, index) => {
    const answer = answers[index];
    const addresses = answer?.kind === 'records' ? answer.records : [];
    return addresses.flatMap((address) => {
      const host = numericHost(address);
      return host === undefined ? [] : [addressOf(hop, { transport, port, host }, search)];
    });
  });
  if (servers.length > 0) return found(servers);
  const unknown = answers.find((answer) => answer.kind === 'unknown');
  const why = unknown === undefined ? 'it has no address' : unknown.why;
  const sentence = `The host ${hop.target} could not be resolved: ${why}. Check the name, or give a numeric address.`;
  return { kind: 'failed', failure: { code: 'unresolved', why: sentence } };
}

function addressOf(hop: Hop, server: Omit<ServerAddress, 'fixed' | 'servername'>, search: Search): ServerAddress {
  // RFC 3263 §4.1: unless the URI names it, UDP leaves TCP open for a request that exceeds the path MTU.
  const fixed = server.transport === 'UDP' && (hop.transport === 'UDP' || !search.transports.includes('TCP'));
  const named = server.transport === 'TLS' && hop.servername !== undefined;
  return {
    ...server,
    ...(named && hop.servername !== undefined ? { servername: hop.servername } : {}),
    ...(fixed ? { fixed } : {}),
  };
}

function found(servers: readonly ServerAddress[]): Found {
  return { kind: 'found', servers };
}

function failureOfServices(hop: Hop, services: Exclude<Services, { kind: 'found' | 'none' }>): TransportFailure {
  const why =
    services.kind === 'notOffered'
      ? `The domain ${hop.target} says in DNS that it offers no SIP service of this kind.`
      : `The servers of ${hop.target} are not known: ${services.why}. Try later, or name a server with its port.`;
  return { code: 'unresolved', why };
}
