// The servers of a request, each with the user agent of SIP.js that is connected to it.
import type { Client } from '../../policy/facts.js';
import { SipRetryError } from '../../sip/sip-retry-error.js';
import type { UacRequestOptions } from '../../uac/uac-request.js';
import type { SipJsOptions } from './sip-js-request.js';
import type { SipJsCore, SipJsIncoming } from './stack.js';

export interface Servers<Accepted extends SipJsIncoming, Progress extends SipJsIncoming> {
  readonly first: SipJsCore<Accepted, Progress>;
  readonly coreFor: (server: string | undefined) => SipJsCore<Accepted, Progress>;
  readonly client: Client;
  readonly uacOptions: UacRequestOptions;
}

/** @throws SipRetryError `badOptions` without any, or with one named twice. */
export function serversOf<Accepted extends SipJsIncoming, Progress extends SipJsIncoming>(
  options: SipJsOptions<Accepted, Progress>,
): Servers<Accepted, Progress> {
  const { userAgentCore, servers, client, ...uacOptions } = options;
  const cores = new Map(servers?.map((one) => [one.server, one.userAgentCore]));
  const first = userAgentCore ?? servers?.[0]?.userAgentCore;
  if (first === undefined || (userAgentCore === undefined) === (servers === undefined)) {
    throw new SipRetryError('badOptions', 'Give a userAgentCore, or servers with one each.');
  }
  if (servers !== undefined && cores.size < servers.length) {
    throw new SipRetryError('badOptions', 'Name each server once.');
  }
  return {
    first,
    coreFor: (server) => (server === undefined ? first : (cores.get(server) ?? first)),
    client: { ...client, ...(servers !== undefined && { servers: [...cores.keys()] }) },
    // A WebSocket server is an outbound proxy for whatever is sent to it (RFC 7118 §5).
    uacOptions: { ...uacOptions, throughProxy: true },
  };
}
