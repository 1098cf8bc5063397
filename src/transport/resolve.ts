// From a SIP URI to its server set with the DNS of the system: the public door to `findServers`.
import { findServers, type SearchOptions, type ServerSet } from './find-servers.js';
import { systemDns } from './system-dns.js';

/** How to resolve; everything has a default, `dns` the resolver of the system. */
export type ResolveOptions = Partial<SearchOptions>;

/**
 * The servers of a SIP URI, or of several one after another (a list that the user gives). Never rejects: what DNS and
 * the URI's author do is an outcome. Nothing is cached: ask once for each transaction (RFC 3263 §4), except where a
 * corrected request goes back to the server that answered.
 */
export function resolveServers(uris: string | readonly string[], options: ResolveOptions = {}): Promise<ServerSet> {
  return findServers(uris, { ...options, dns: options.dns ?? systemDns() });
}
