// `sip-retry inspect` as a process of its own: what it opens, when it ends, and what it leaves alone.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'src/cli/bin.ts');
const SCENARIO = join(root, 'scenarios/register-423-raises-the-interval.yaml');

/** On a machine that does many things at once. */
const AT_ONCE_MS = 5_000;

/** In octets; still less than what is read of one scenario. */
const MORE_THAN_A_PIPE_HOLDS = 768 * 1024;

interface Started {
  readonly child: ChildProcess;
  /** The address of the page, once it is printed. */
  readonly url: Promise<URL>;
  readonly printed: { stdout: string; stderr: string };
  readonly ended: Promise<number | string | null>;
}

describe('the process of sip-retry inspect', () => {
  let folder: string;
  const running = new Set<ChildProcess>();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inspect-process-'));
  });
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  function start(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Started {
    const child = spawn(process.execPath, ['--import', 'tsx', bin, 'inspect', ...argv], {
      cwd: root,
      env: { ...process.env, ...env },
    });
    running.add(child);
    const printed = { stdout: '', stderr: '' };
    let found: (url: URL) => void = () => undefined;
    const url = new Promise<URL>((resolve) => (found = resolve));
    child.stdout.on('data', (part) => {
      printed.stdout += String(part);
      const [, address] = /^(http:\S+)\n/.exec(printed.stdout) ?? [];
      if (address !== undefined) found(new URL(address));
    });
    child.stderr.on('data', (part) => (printed.stderr += String(part)));
    const ended = once(child, 'close').then(([status, signal]) => {
      running.delete(child);
      return (status as number | null) ?? (signal as string);
    });
    return { child, url, printed, ended };
  }

  function tokenOf({ hash }: URL): string {
    return new URLSearchParams(hash.slice(1)).get('token') ?? '';
  }

  async function isServing(url: URL): Promise<boolean> {
    const answer = await fetch(new URL('/about', url), { headers: { 'X-Inspector-Token': tokenOf(url) } });
    return answer.ok;
  }

  async function interrupted({ child, ended }: Started, signal: NodeJS.Signals = 'SIGINT') {
    const startedAt = performance.now();
    child.kill(signal);
    const status = await ended;
    return { status, ms: performance.now() - startedAt };
  }

  async function program(name: string, script: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  }

  it('--open gives the program in BROWSER the address as its only argument, untouched by a shell', async () => {
    const seen = join(folder, 'seen');
    const browser = await program(
      'a browser',
      `printf '%s\\n' "$#" "$@" > '${seen}.part' && mv '${seen}.part' '${seen}'`,
    );
    const started = start(['--listen', '--open'], { BROWSER: browser });
    const url = await started.url;
    await expect.poll(() => readFile(seen, 'utf8').catch(() => ''), { timeout: 20_000 }).toBe(`1\n${url.href}\n`);
    expect(await interrupted(started)).toMatchObject({ status: 0 });
    expect(started.printed.stderr).toBe('');
  });

  it.each([
    ['that is not there', () => Promise.resolve('/nowhere/browser'), /\/nowhere\/browser cannot be run; open the/],
    ['that lies below a file', () => Promise.resolve(`${SCENARIO}/browser`), /browser cannot be run; open the/],
    ['that fails', () => program('fails', 'echo noise >&2; exit 4'), /fails ended with exit status 4; open the/],
  ])('--open with a browser %s: one line, and the page is served all the same', async (_, browser, line) => {
    const started = start(['--listen', '--open'], { BROWSER: await browser() });
    const url = await started.url;
    await expect.poll(() => started.printed.stderr, { timeout: 20_000 }).toMatch(line);
    expect(started.printed.stderr.trimEnd()).not.toContain('\n');
    expect(await isServing(url)).toBe(true);
    expect(await interrupted(started)).toMatchObject({ status: 0 });
  });

  it.runIf(process.platform === 'linux')('--open without a display: xdg-open fails, in one line', async () => {
    await program('xdg-open', 'test -n "$DISPLAY" || exit 3');
    const started = start(['--listen', '--open'], { PATH: folder, BROWSER: '', DISPLAY: '' });
    const url = await started.url;
    await expect
      .poll(() => started.printed.stderr, { timeout: 20_000 })
      .toBe('sip-retry: xdg-open ended with exit status 3; open the address yourself\n');
    expect(await isServing(url)).toBe(true);
    await interrupted(started);
  });

  it('two at once have ports and tokens of their own', async () => {
    const both = [start([SCENARIO]), start([SCENARIO])] as const;
    const [one, other] = await Promise.all([both[0].url, both[1].url]);
    expect(one.port).not.toBe(other.port);
    expect(tokenOf(one)).not.toBe(tokenOf(other));
    expect(await Promise.all([isServing(one), isServing(other)])).toEqual([true, true]);
    await Promise.all(both.map((started) => interrupted(started)));
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends at once with %s, whoever still looks, sends, or leaves a connection half open',
    async (signal) => {
      const started = start(['--listen']);
      const url = await started.url;
      const token = tokenOf(url);
      const stream = await fetch(new URL('/entries', url), { headers: { 'X-Inspector-Token': token } });
      const socket = new WebSocket(`ws://${url.host}/official?token=${token}`).on('error', () => undefined);
      await once(socket, 'open');
      const refused = connect({ port: Number(url.port), host: '127.0.0.1', allowHalfOpen: true });
      refused.on('error', () => undefined);
      refused.write(`GET /official HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
      await once(refused, 'data');
      const { status, ms } = await interrupted(started, signal);
      expect(status).toBe(0);
      expect(ms).toBeLessThan(AT_ONCE_MS);
      refused.destroy();
      await stream.body?.cancel().catch(() => undefined);
    },
  );

  it('ends at once while it waits for standard input, and in the middle of a flow that is shown at a pace', async () => {
    const reading = start(['-']);
    // What it loads before it reads is not what is measured here: this is more than a pipe holds, so that it is reading
    // when all of it has left.
    await new Promise((resolve) => reading.child.stdin?.write(`#${' '.repeat(MORE_THAN_A_PIPE_HOLDS)}\n`, resolve));
    const slow = start([SCENARIO, '--pace', '0.001']);
    await slow.url;
    for (const { status, ms } of [await interrupted(reading), await interrupted(slow)]) {
      expect(status).toBe(0);
      expect(ms).toBeLessThan(AT_ONCE_MS);
    }
  });

  it('cancels a request that nobody answers at the first Ctrl-C, and ends', async () => {
    const started = start(['--send', 'OPTIONS', 'sip:127.0.0.1:9', '--server', 'sip:192.0.2.1;transport=udp']);
    await started.url;
    const { status, ms } = await interrupted(started);
    expect(status).toBe(0);
    expect(ms).toBeLessThan(AT_ONCE_MS);
  });
});
