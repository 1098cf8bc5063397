// Free ports for peers: each worker has a range of its own, and a port is tried before it is given away.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const PER_WORKER = 2_000;
let next = 20_000 + (Number(process.env['VITEST_POOL_ID'] ?? '1') % 6) * PER_WORKER;

/** A port on 127.0.0.1 that is free for UDP and TCP. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = (next += 1);
    if ((await canBindUdp(port)) && (await canListenTcp(port))) return port;
  }
}

async function canBindUdp(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    socket.bind(port, '127.0.0.1');
    await once(socket, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}

async function canListenTcp(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/** Whether somebody is bound to this port: what the kernel lists says it without disturbing the peer. */
export function isBound(transport: 'udp' | 'tcp', port: number): boolean {
  const place = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readFileSync(`/proc/net/${transport}`, 'latin1')
    .split('\n')
    .some((line) => {
      const [, local, , state] = line.trim().split(/\s+/);
      return local === place && (transport === 'udp' || state === '0A');
    });
}
