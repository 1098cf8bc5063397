// From a domain to its SIP services (RFC 3263 §4.1, §4.2): NAPTR, then SRV.
import type { Dns, NaptrRecord } from './dns.js';
import type { DnsQuestions } from './dns-question.js';
import { isDomain, withoutDot, type Hop } from './hop.js';
import type { TransportName } from './server-address.js';
import { orderSrvRecords, type SrvRecord } from './srv-order.js';

/** How a domain offers SIP. */
export type Services =
  | { readonly kind: 'found'; readonly transport: TransportName; readonly hosts: readonly SrvRecord[] }
  /** No SRV records: the addresses of the domain itself count. */
  | { readonly kind: 'none' }
  /** The domain says by the target "." that it has no such service (RFC 2782). */
  | { readonly kind: 'notOffered' }
  /** DNS did not say. */
  | { readonly kind: 'unknown'; readonly why: string };

/** With what services are looked for. */
export interface ServiceSearch {
  readonly dns: Dns;
  readonly questions: DnsQuestions;
  /** What may be used, the most liked first. */
  readonly transports: readonly TransportName[];
  readonly random: () => number;
}

/** More records than this are not looked at, those of the best priority first. */
export const MOST_SRV_RECORDS = 32;
const MOST_NAPTR_RECORDS = 16;

/** The services of a hop whose URI has neither a numeric host nor a port. */
export async function findServices(hop: Hop, search: ServiceSearch): Promise<Services> {
  const { transports } = search;
  if (hop.transport !== undefined) return firstOffered([queryFor(hop.transport, hop.target)], search);
  const chosen = await naptrChoices(hop, search);
  // "If no NAPTR records are found, the client constructs SRV queries for those transport protocols it supports": with
  // "_sip" for SIP URIs, which leaves TLS out, and "_sips" for SIPS URIs.
  const usual = transports.filter((transport) => hop.secure === (transport === 'TLS'));
  return firstOffered(chosen.length > 0 ? chosen : usual.map((name) => queryFor(name, hop.target)), search);
}

/** An SRV query, and the transport that its records are for. */
interface SrvQuery {
  readonly transport: TransportName;
  readonly name: string;
}

function queryFor(transport: TransportName, domain: string): SrvQuery {
  return { transport, name: `${SERVICES[transport]}.${domain}` };
}

const SERVICES: Readonly<Record<TransportName, string>> = { UDP: '_sip._udp', TCP: '_sip._tcp', TLS: '_sips._tcp' };

/** The first of the queries that gives records: they are the server set, as no other transport is mixed in. */
async function firstOffered(queries: readonly SrvQuery[], search: ServiceSearch): Promise<Services> {
  let without: Services = { kind: 'none' };
  for (const { transport, name } of queries) {
    const ask = async (): Promise<readonly SrvRecord[]> => byPriority(await search.dns.srv(name));
    const answer = await search.questions.ask(`SRV ${name}`, ask, MOST_SRV_RECORDS);
    if (answer.kind === 'unknown') {
      without = { kind: 'unknown', why: `the SRV records of ${name} could not be had (${answer.why})` };
      continue;
    }
    // "A Target of "." means that the service is decidedly not available at this domain" (RFC 2782).
    if (answer.records.length === 1 && isRoot(answer.records[0])) {
      if (without.kind === 'none') without = { kind: 'notOffered' };
      continue;
    }
    const usable = answer.records.filter(({ target, port }) => isDomain(withoutDot(target)) && port > 0);
    if (usable.length > 0) return { kind: 'found', transport, hosts: orderSrvRecords(usable, search.random) };
  }
  return without;
}

function isRoot(record: SrvRecord | undefined): boolean {
  return record !== undefined && withoutDot(record.target) === '';
}

function byPriority(records: readonly SrvRecord[]): readonly SrvRecord[] {
  return [...records].sort((a, b) => a.priority - b.priority);
}

/** What NAPTR offers that is spoken here, the most preferred first. A resolver that knows no NAPTR says nothing. */
async function naptrChoices(hop: Hop, search: ServiceSearch): Promise<readonly SrvQuery[]> {
  const ask = async (): Promise<readonly NaptrRecord[]> => byOrder(await search.dns.naptr(hop.target));
  const answer = await search.questions.ask(`NAPTR ${hop.target}`, ask, MOST_NAPTR_RECORDS);
  if (answer.kind === 'unknown') return [];
  return answer.records.flatMap((record) => {
    const transport = NAPTR_SERVICES.get(record.service.toUpperCase());
    if (transport === undefined || !search.transports.includes(transport)) return [];
    // "a client resolving a SIPS URI MUST discard any services that do not contain "SIPS""
    if (hop.secure && transport !== 'TLS') return [];
    const name = withoutDot(record.replacement);
    if (record.flags.toLowerCase() !== 's' || record.regexp !== '' || !isDomain(name)) return [];
    return [{ transport, name }];
  });
}

const NAPTR_SERVICES: ReadonlyMap<string, TransportName> = new Map([
  ['SIP+D2U', 'UDP'],
  ['SIP+D2T', 'TCP'],
  ['SIPS+D2T', 'TLS'],
]);

function byOrder(records: readonly NaptrRecord[]): readonly NaptrRecord[] {
  return [...records].sort((a, b) => a.order - b.order || a.preference - b.preference);
}
