// `sip-retry send` as a process of its own: signals, a reader that stops reading, a full disk.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { certificate, inTurn, type ScriptedServer } from './scripted-server.js';
import { eventsOf, serverFor, storyOf } from './send-run.js';

const bin = fileURLToPath(new URL('../../../src/cli/bin.ts', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Starts the program; `command` may wrap it. */
function start(
  server: ScriptedServer,
  options: readonly string[],
  redirect = '',
  env: NodeJS.ProcessEnv = {},
): ChildProcessWithoutNullStreams {
  const argv = [
    process.execPath,
    '--import',
    'tsx',
    bin,
    'send',
    'INVITE',
    'sip:bob@example.com',
    '--server',
    server.name,
  ];
  const [command = '', ...rest] =
    redirect === '' ? [...argv, ...options] : ['sh', '-c', `exec "$@" ${redirect}`, 'sh', ...argv, ...options];
  return spawn(command, rest, { cwd: root, env: { ...process.env, ...env } });
}

async function endOf(child: ChildProcessWithoutNullStreams) {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

const methodsOf = ({ requests }: ScriptedServer): readonly string[] => requests.map(({ method }) => method);

/** Rings; the CANCEL is followed by a 487 as soon as it has come. */
async function ringingServer(): Promise<ScriptedServer> {
  const server = await serverFor(({ method }) => (method === 'INVITE' ? [100, 180] : [200]));
  void Promise.all([server.arrival('INVITE'), server.arrival('CANCEL')]).then(([invite]) => server.answer(invite, 487));
  return server;
}

describe('the process', () => {
  it('speaks TLS with a server whose authority NODE_EXTRA_CA_CERTS names (RFC 3261 §26.3.1)', async () => {
    const server = await serverFor(inTurn([100, 486]), 'tls');
    const { code, stdout, stderr } = await endOf(start(server, ['--json'], '', { NODE_EXTRA_CA_CERTS: certificate }));
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(eventsOf(stdout)[0]).toMatchObject({ direction: 'sent', peer: server.name });
    expect(storyOf(eventsOf(stdout))).toEqual(['INVITE', '100', '486', 'ACK', '*giveUp', '*outcome']);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('cancels on %s and ends with 130', async (signal) => {
    const server = await ringingServer();
    const child = start(server, ['--json']);
    const end = endOf(child);
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.includes('SIP/2.0 180')) child.kill(signal);
    });
    const { code, stdout, stderr } = await end;
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    expect(storyOf(eventsOf(stdout)).at(-1)).toBe('*outcome');
    expect(methodsOf(server)).toEqual(['INVITE', 'CANCEL', 'ACK']);
  });

  it('leaves at once on a second SIGINT', async () => {
    const server = await serverFor(() => []);
    const child = start(server, ['--json']);
    const end = endOf(child);
    await server.arrival('INVITE');
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.includes('interrupted; Ctrl-C again')) child.kill('SIGINT');
    });
    child.kill('SIGINT');
    const { code, stdout } = await end;
    expect(code).toBe(130);
    expect(eventsOf(stdout).at(-1)).toMatchObject({ outcome: 'cancelled' });
  });

  it('ends the call that nobody watches any longer', async () => {
    const server = await ringingServer();
    const child = start(server, ['--json']);
    const end = endOf(child);
    // As `head -1` does.
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await end).toMatchObject({ code: 130, stderr: '' });
    expect(methodsOf(server)).toEqual(['INVITE', 'CANCEL', 'ACK']);
  });

  it.runIf(existsSync('/dev/full'))('reports a full disk, and goes on', async () => {
    const server = await serverFor(inTurn([200]));
    const printed = await endOf(start(server, [], '> /dev/full'));
    expect(printed).toMatchObject({ code: 0, stderr: 'sip-retry: standard output: the disk is full\n' });
    const traced = await endOf(start(server, ['--json', '--trace', '/dev/full']));
    expect(traced).toMatchObject({
      code: 0,
      stderr: 'sip-retry: /dev/full: the disk is full; nothing more is traced\n',
    });
    expect(methodsOf(server)).toEqual(['INVITE', 'ACK', 'BYE', 'INVITE', 'ACK', 'BYE']);
  });
});
