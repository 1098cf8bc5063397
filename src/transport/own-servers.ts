// The server set of a request or of a registration whose application names none: looked up by RFC 3263.
import type { SipRequest } from '../sip/message.js';
import type { KeepRegisteredOptions } from '../uac/keep-registered.js';
import type { UacRequestOptions } from '../uac/uac-request.js';
import type { Sending } from './sending.js';
import { serverUri } from './server-address.js';

type Lookup = Pick<Sending, 'serversFor' | 'isFixed'>;

/** The options of a request, with its server set. */
export async function withServers(
  request: SipRequest,
  options: UacRequestOptions,
  lookup: Lookup,
): Promise<UacRequestOptions> {
  if (options.client?.servers !== undefined) return options;
  const servers = await found(request, lookup);
  const client = { ...options.client, ...(servers === undefined ? {} : { servers }) };
  return { ...options, throughProxy: lookup.isFixed, client };
}

/** The options of a registration: it outlives what DNS says, so that each REGISTER looks again. */
export function findingServers(options: KeepRegisteredOptions, lookup: Lookup): KeepRegisteredOptions {
  if (options.client?.servers !== undefined || options.findServers !== undefined) return options;
  return { ...options, throughProxy: lookup.isFixed, findServers: (request) => found(request, lookup) };
}

/** Without servers each attempt looks for them again, and fails with the reason. */
async function found(request: SipRequest, lookup: Lookup): Promise<readonly string[] | undefined> {
  const servers = await lookup.serversFor(request);
  return servers.kind === 'failed' ? undefined : servers.servers.map(serverUri);
}
