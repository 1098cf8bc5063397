// One run of `sip-retry send` into a trap, and what the servers have counted.
import { requestBound } from '../../../src/budget/request-bound.js';
import { defaultLimits } from '../../../src/policy/limits.js';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CertificateFile } from '../peers/certificate.js';
import { startSend, type SendVerdict } from '../peers/command.js';
import { startServer, type Arrival, type ScriptedServer } from '../peers/scripted-server.js';
import { count, mostInAMinute, storms, type Counted } from './storm.js';
import type { Trap } from './trap.js';

export const bound = requestBound(defaultLimits);

export interface Laid {
  readonly servers: readonly ScriptedServer[];
  /** The words for `send`. */
  readonly args: readonly string[];
  readonly arrivals: () => readonly Arrival[];
  close(): Promise<void>;
}

/** The servers of a trap, and the command line that leads into it. */
export async function lay(trap: Trap, certificate: CertificateFile): Promise<Laid> {
  const { method, transport = 'udp', words = [] } = trap;
  const tls = trap.refusesTls === true ? 'refused' : transport === 'tls' ? certificate : undefined;
  const servers: ScriptedServer[] = [];
  for (let number = 0; number < (trap.servers ?? 1); number += 1) {
    let port = 0;
    const script = (...given: Parameters<ReturnType<Trap['script']>>): void => act(...given);
    const server = await startServer(script, tls === undefined ? {} : { tls });
    port = server.port;
    const act = trap.script(port);
    servers.push(server);
  }
  const port = String(servers[0]?.port);
  const named = words.map((word) => word.replace('PORT', port));
  const hasUri = named[0]?.startsWith('sip:') === true;
  const uri = hasUri ? (named[0] ?? '') : 'sip:example.test';
  return {
    servers,
    args: [
      ...[method, uri, ...servers.flatMap((server) => ['--server', `${transport}:127.0.0.1:${server.port}`])],
      ...['--from', 'sip:alice@example.test', '--user', 'alice', '--password', 'wonderland'],
      ...named.slice(hasUri ? 1 : 0),
    ],
    arrivals: () => servers.flatMap(({ arrivals }) => arrivals).sort((one, other) => one.at - other.at),
    close: async () => {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

export interface Result {
  readonly verdict: SendVerdict;
  readonly counted: Counted;
  readonly arrivals: readonly Arrival[];
  /** Connections in the busiest minute. */
  readonly connections: number;
  /** What must not be; empty when all is well. */
  readonly faults: readonly string[];
}

/** Runs the command into a trap; `keep`: as `--keep`, ended by Ctrl-C after so many milliseconds. */
export async function run(trap: Trap, certificate: CertificateFile, keepMs?: number): Promise<Result> {
  const laid = await lay(trap, certificate);
  const env = { NODE_EXTRA_CA_CERTS: certificate.file };
  const send = startSend([...laid.args, ...(keepMs === undefined ? [] : ['--keep'])], env);
  if (keepMs !== undefined) {
    await Promise.race([send.ended, sleep(keepMs)]);
    send.program.kill('SIGINT');
    await Promise.race([send.ended, sleep(1_000)]);
    send.program.kill('SIGKILL');
  }
  const verdict = await send.ended;
  await laid.close();
  const arrivals = laid.arrivals();
  const counted = count(arrivals);
  const connections = Math.max(...laid.servers.map((server) => mostInAMinute(server.connections)));
  // The removal is a request of its own.
  const requests = keepMs === undefined ? 1 : 2;
  return { verdict, counted, arrivals, connections, faults: faultsOf(trap, counted, arrivals, connections, requests) };
}

export function faultsOf(
  { refusedGuesses = 1, holds }: Trap,
  counted: Counted,
  arrivals: readonly Arrival[],
  connections: number,
  requests = 1,
): readonly string[] {
  const why = holds?.(counted, arrivals);
  // The first answer, and those to stale=true.
  const mostStale = requests * (1 + defaultLimits.maxStale);
  return [
    ...storms(counted, bound),
    ...(connections > bound.transactionsPerMinute ? [`${connections} connections in a minute`] : []),
    ...(counted.refusedGuesses > refusedGuesses ? [`${counted.refusedGuesses} guesses for one realm`] : []),
    ...(counted.staleInARow > mostStale ? [`${counted.staleInARow} times stale in a row`] : []),
    ...(why === undefined ? [] : [why]),
  ];
}

export function inWords({ transactions, busiest, refusedGuesses }: Counted, connections: number): string {
  const guesses = refusedGuesses > 0 ? `, ${refusedGuesses} guess refused` : '';
  const streams = connections > 0 ? `, ${connections} connections` : '';
  return `${transactions} transactions, ${busiest} in the busiest minute${guesses}${streams}`;
}
