// Kamailio as a registrar that checks Digest credentials with its own code.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, isBound } from './ports.js';
import { startProgram, until } from './process.js';

export interface Kamailio {
  readonly port: number;
  /** Resolves when its processes have ended and its files are gone. */
  stop(): Promise<void>;
}

const CONFIG = new URL('./registrar.cfg', import.meta.url).pathname;

export async function startRegistrar(algorithm: 'MD5' | 'SHA-256'): Promise<Kamailio> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'sip-retry-kamailio-'));
  const args = [
    ...['-f', CONFIG, '-A', `PORT=${port}`, '-A', `ALGORITHM="${algorithm}"`, '-DD', '-E', '-m', '32', '-M', '4'],
    ...['-w', folder, '-Y', folder, '-P', join(folder, 'pid')],
  ];
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin`;
  const program = startProgram('kamailio', args, { group: true, cwd: folder, env: { PATH: path } });
  const stop = async (): Promise<void> => {
    program.kill();
    await program.ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until(() => isBound('udp', port) && isBound('tcp', port), `Kamailio listens on ${port}`, 10_000);
  } catch (cause) {
    await stop();
    throw new Error(`Kamailio did not start: ${program.stderr()}`, { cause });
  }
  return { port, stop };
}
