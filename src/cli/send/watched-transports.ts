// Transports that tell why a message could not be sent: what decides needs no reason, the person who looks on does.
import type { TransportFailure } from '../../transport/transport-failure.js';
import type { Transports } from '../../transport/transports.js';

/** The same transports; each failure to send a request is told, before anything follows from it. */
export function watchedTransports(transports: Transports, failed: (failure: TransportFailure) => void): Transports {
  transports.on('failure', ({ failure }) => failed(failure));
  return {
    async send(request, to) {
      const result = await transports.send(request, to);
      if (result.kind === 'failed') failed(result.failure);
      return result;
    },
    on: (type, listener) => transports.on(type, listener),
    respond: (response, source) => transports.respond(response, source),
    localAddress: (to) => transports.localAddress(to),
    listen: () => transports.listen(),
    get discarded() {
      return transports.discarded;
    },
    close: () => transports.close(),
  };
}
