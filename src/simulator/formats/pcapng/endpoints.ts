// The parties of a transcript as endpoints of a capture.
import { visible } from '../../../sip/visible.js';
import type { Party, TranscriptTransport } from '../../transcript.js';
import { octetsOfAddress } from './address.js';
import type { Endpoint } from './frame.js';

export interface Endpoints {
  readonly of: (party: string, transport: TranscriptTransport) => Endpoint;
  readonly names: readonly { readonly address: Uint8Array; readonly name: string }[];
}

/** A host that is no numeric address gets one of 198.18.0.0/15 (RFC 2544), so that the file stays whole. */
export function endpointsOf(parties: readonly Party[]): Endpoints {
  const endpoints = new Map(
    parties.map(({ id, host, port }, index) => {
      const address = octetsOfAddress(host) ?? Uint8Array.of(198, 18, 0, index + 1);
      // Locally administered, one for each party.
      const mac = Uint8Array.of(2, 0, 0, 0, 0, index + 1);
      return [id, { address, port, mac }] as const;
    }),
  );
  const nobody: Endpoint = {
    address: Uint8Array.of(198, 18, 255, 254),
    port: 5060,
    mac: Uint8Array.of(2, 0, 0, 0, 1, 0),
  };
  return {
    of: (party, transport) => {
      const endpoint = endpoints.get(party) ?? nobody;
      // On port 5061 readers of captures expect TLS, and the messages are written in plain.
      return transport === 'TLS' && endpoint.port === 5061 ? { ...endpoint, port: 5060 } : endpoint;
    },
    names: parties.map(({ id }) => ({
      address: endpoints.get(id)?.address ?? nobody.address,
      name: visible(id).replace(/[^\w.-]/g, '_'),
    })),
  };
}
