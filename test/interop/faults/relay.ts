// A bad network: a UDP relay that loses, doubles, delays and so reorders datagrams, by seed.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { freePort } from '../peers/ports.js';

export interface Passing {
  /** Milliseconds since the relay was opened. */
  readonly at: number;
  readonly from: 'client' | 'server';
  readonly text: string;
  /** How many copies were delivered; 0: lost. */
  copies: number;
  /** When the first copy was delivered. */
  deliveredAt: number | undefined;
}

export interface Relay {
  /** Where the client sends to. */
  readonly port: number;
  readonly passed: readonly Passing[];
  close(): Promise<void>;
}

export interface Weather {
  readonly loss: number;
  readonly duplication: number;
  readonly delay: number;
  readonly maxDelayMs: number;
}

/** The same message is lost so often in a row at most: an unlucky seed would only test timer F. */
const MOST_LOSSES = 3;

export async function openRelay(toPort: number, random: () => number, weather: Weather): Promise<Relay> {
  const port = await freePort();
  const [outside, inside] = [createSocket('udp4'), createSocket('udp4')];
  const passed: Passing[] = [];
  const losses = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();
  const opened = performance.now();
  let clientPort = 0;
  let isOpen = true;

  const deliver = (octets: Buffer, passing: Passing): void => {
    if (!isOpen) return;
    passing.deliveredAt ??= performance.now() - opened;
    if (passing.from === 'client') inside.send(octets, toPort, '127.0.0.1');
    else outside.send(octets, clientPort, '127.0.0.1');
  };
  const pass = (from: Passing['from'], octets: Buffer): void => {
    const text = octets.toString('latin1');
    const passing: Passing = { at: performance.now() - opened, from, text, copies: 0, deliveredAt: undefined };
    passed.push(passing);
    const key = `${from} ${text}`;
    const before = losses.get(key) ?? 0;
    if (random() < weather.loss && before < MOST_LOSSES) {
      losses.set(key, before + 1);
      return;
    }
    losses.delete(key);
    passing.copies = random() < weather.duplication ? 2 : 1;
    for (let copy = 0; copy < passing.copies; copy += 1) {
      const wait = random() < weather.delay ? random() * weather.maxDelayMs : 0;
      if (wait === 0) deliver(octets, passing);
      else timers.add(setTimeout(() => deliver(octets, passing), wait));
    }
  };
  outside.on('message', (octets, source) => {
    clientPort = source.port;
    pass('client', octets);
  });
  inside.on('message', (octets) => pass('server', octets));
  // A server that is down: its ICMP message ends here.
  inside.on('error', () => undefined);
  await Promise.all([bind(outside, port), bind(inside, 0)]);
  return {
    port,
    passed,
    close: async () => {
      isOpen = false;
      timers.forEach(clearTimeout);
      outside.close();
      inside.close();
      await Promise.all([once(outside, 'close'), once(inside, 'close')]);
    },
  };
}

async function bind(socket: Socket, port: number): Promise<void> {
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
}
