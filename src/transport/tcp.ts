// TCP: opening a connection, and listening for those that a server opens to send its response (RFC 3261 §18.2.2).
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Endpoint } from './server-address.js';

/** A socket that is connecting, and the event that says that it can be used. */
export interface Connecting {
  readonly socket: Socket;
  readonly ready: 'connect' | 'secureConnect';
}

/** Begins to connect. */
export function connectTcp(to: Endpoint, localAddress?: string): Connecting {
  const socket = connect({ host: to.host, port: to.port, ...(localAddress === undefined ? {} : { localAddress }) });
  return { socket, ready: 'connect' };
}

/** Connections that others may open here at a time. */
export const MOST_ACCEPTED = 128;

/** A listening server; rejects with the system's error. */
export function listenTcp(at: Endpoint, onConnection: (socket: Socket) => void): Promise<Server> {
  return listening(createServer(onConnection), at);
}

/** Binds a server of either kind. */
export function listening(server: Server, at: Endpoint): Promise<Server> {
  server.maxConnections = MOST_ACCEPTED;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: at.host, port: at.port, exclusive: true }, () => {
      server.off('error', reject);
      // An accept that fails concerns nobody who is waiting here.
      server.on('error', () => undefined);
      resolve(server);
    });
  });
}
