// UDP sockets of Node, as promises.
import { createSocket, type Socket } from 'node:dgram';
import { familyOf, type Endpoint } from './server-address.js';

/** The address of this machine that datagrams to a server come from; nothing is sent. */
export async function localHostToward(to: Endpoint): Promise<string> {
  const socket = createSocket(familyOf(to.host) === 4 ? 'udp4' : 'udp6');
  try {
    await settled(socket, 'connect', () => socket.connect(to.port, to.host));
    return addressOf(socket).host;
  } finally {
    await closed(socket);
  }
}

/** Begins something, and waits for the event that says that it is done; rejects with the system's error. */
export function settled(socket: Socket, event: 'listening' | 'connect', begin: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      socket.off(event, succeed);
      reject(error);
      if (event === 'listening') socket.close();
    };
    const succeed = (): void => {
      socket.off('error', fail);
      resolve();
    };
    socket.once(event, succeed);
    socket.once('error', fail);
    begin();
  });
}

/** Closes a socket, and waits until it is. */
export function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.close(resolve));
}

export function addressOf(socket: Socket): Endpoint {
  const { address, port } = socket.address();
  return { host: address, port };
}

/** Whether an address stands for all addresses of this machine. */
export function isUnspecified(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}
