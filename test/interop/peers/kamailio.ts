// Kamailio as a registrar that checks Digest credentials with its own code.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, isBound } from './ports.js';
import { startProgram, until } from './process.js';

export interface Kamailio {
  readonly port: number;
  /** Resolves when its processes have ended and its files are gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface KamailioOptions {
  readonly port?: number;
  readonly algorithm?: 'MD5' | 'SHA-256';
  readonly qop?: boolean;
  /** What else kamailio/registrar.cfg is told, as `NAME` or `NAME=value`. */
  readonly defines?: readonly string[];
}

const CONFIG = new URL('../kamailio/registrar.cfg', import.meta.url).pathname;

export async function startRegistrar(options: KamailioOptions = {}): Promise<Kamailio> {
  const { port = await freePort(), algorithm = 'MD5', qop = true, defines = [] } = options;
  const folder = mkdtempSync(join(tmpdir(), 'sip-retry-kamailio-'));
  const told = [`PORT=${port}`, `ALGORITHM="${algorithm}"`, `CHALLENGE="${qop ? 1 : 0}"`, ...defines];
  const args = [
    ...['-f', CONFIG, '-DD', '-E', '-m', '32', '-M', '4', ...told.flatMap((define) => ['-A', define])],
    ...['-w', folder, '-Y', folder, '-P', join(folder, 'pid')],
  ];
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin`;
  const program = startProgram('kamailio', args, { group: true, cwd: folder, env: { PATH: path } });
  const stop = async (signal?: NodeJS.Signals): Promise<void> => {
    program.kill(signal);
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
