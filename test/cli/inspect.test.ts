// `sip-retry inspect`: serves the page, shows a scenario or a request, and ends with Ctrl-C.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createWebSocketInspector } from '@statelyai/inspect';
import { createActor, createMachine } from 'xstate';
import type { InspectorEntry } from '../../src/inspect/inspector-entry.js';
import { runProgram, type Surroundings } from './run-program.js';

const scenario = readFileSync(
  new URL('../../scenarios/register-423-raises-the-interval.yaml', import.meta.url),
  'utf8',
);

/** Runs the program, looks at what its page gets until this entry comes, then presses Ctrl-C. */
async function inspect(
  argv: readonly string[],
  isLast: (entry: InspectorEntry) => boolean,
  surroundings: Surroundings = {},
) {
  const interruptions: (() => void)[] = [];
  let entries: readonly InspectorEntry[] = [];
  let looking: Promise<void> | undefined;
  const startedAt = performance.now();
  const run = await runProgram(['inspect', ...argv], {
    ...surroundings,
    onInterrupt: (listener) => {
      interruptions.push(listener);
      return () => undefined;
    },
    onPrint: (stdout) => {
      const [, url, token] = /(http:\/\/127\.0\.0\.1:\d+\/)#token=([\w-]+)\n/.exec(stdout) ?? [];
      if (url === undefined || token === undefined) return;
      looking ??= look(url, token, isLast).then((seen) => {
        entries = seen;
        for (const interrupt of interruptions) interrupt();
      });
    },
  });
  return { run, entries, ms: performance.now() - startedAt };
}

async function look(
  url: string,
  token: string,
  isLast: (entry: InspectorEntry) => boolean,
): Promise<readonly InspectorEntry[]> {
  const stop = new AbortController();
  const { body } = await fetch(`${url}entries`, { headers: { 'X-Inspector-Token': token }, signal: stop.signal });
  const entries: InspectorEntry[] = [];
  let rest = '';
  for await (const piece of body!.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((one) => one.startsWith('data: '))) {
      entries.push(JSON.parse(line.slice(6)) as InspectorEntry);
      if (!isLast(entries.at(-1)!)) continue;
      stop.abort();
      return entries;
    }
  }
  return entries;
}

const isOutcome = (entry: InspectorEntry): boolean => entry.type === 'outcome';

describe('sip-retry inspect', () => {
  it('shows the flow of a scenario, with the messages of all parties, and ends with Ctrl-C', async () => {
    const { run, entries } = await inspect(['call.yaml'], isOutcome, { files: { 'call.yaml': scenario } });
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(run.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{22}\n$/);
    const messages = entries
      .filter((entry) => entry.type === 'message')
      .map(({ from, to, summary }) => `${from} → ${to} ${summary}`);
    expect(messages.slice(0, 4)).toEqual([
      'uac → registrar REGISTER sip:example.com',
      'registrar → uac 401 Unauthorized',
      'uac → registrar REGISTER sip:example.com',
      'registrar → uac 423 Interval Too Brief',
    ]);
    const decisions = entries.filter((entry) => entry.type === 'decision');
    expect(decisions.map(({ rule }) => rule)).toEqual(['401#2', '423#1', '2xx#1']);
    expect(decisions[0]?.changes.map(({ what }) => what)).toContain('Authorization');
    expect(entries.at(-1)).toMatchObject({ type: 'outcome', outcome: 'accepted', attempts: 3 });
    // Told once, by the transcript alone.
    expect(entries.filter(isOutcome)).toHaveLength(1);
  });

  it('keeps the pace that it is told', async () => {
    // The flow takes 120 ms of virtual time; a tenth of the pace makes 1.2 s of it.
    const { ms, run } = await inspect(['call.yaml', '--pace', '0.1'], isOutcome, { files: { 'call.yaml': scenario } });
    expect(run.status).toBe(0);
    expect(ms).toBeGreaterThan(1_200);
  });

  it.each(['OPTIONS', 'REGISTER'])(
    'shows the %s that is sent over a socket, and stays until Ctrl-C',
    async (method) => {
      const server = createSocket('udp4').on('message', (message, { port, address }) => {
        const text = String(message);
        const rows = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map(
          (name) => new RegExp(`^${name}:.*$`, 'm').exec(text)?.[0].trim() ?? '',
        );
        const [first, ...others] = text.includes('Authorization')
          ? ['SIP/2.0 200 OK']
          : ['SIP/2.0 401 Unauthorized', 'WWW-Authenticate: Digest realm="x", nonce="abc"'];
        server.send([first, ...rows, ...others, 'Content-Length: 0', '', ''].join('\r\n'), port, address);
      });
      server.bind(0, '127.0.0.1');
      await once(server, 'listening');
      const place = `127.0.0.1:${server.address().port}`;
      const where = method === 'REGISTER' ? ['sip:alice@example.com', '--server', `sip:${place}`] : [`sip:${place}`];
      const { run, entries } = await inspect(['--send', method, ...where, '--user', 'alice'], isOutcome, {
        env: { SIP_PASSWORD: 'wonderland' },
      });
      server.close();
      expect(run.status).toBe(0);
      expect(entries.filter((entry) => entry.type === 'message').map(({ summary }) => summary)).toEqual([
        `${method} sip:${method === 'REGISTER' ? 'example.com' : place}`,
        '401 Unauthorized',
        `${method} sip:${method === 'REGISTER' ? 'example.com' : place}`,
        '200 OK',
      ]);
      expect(entries.filter((entry) => entry.type === 'decision').map(({ rule }) => rule)).toEqual(['401#2', '2xx#1']);
      expect(JSON.stringify(entries)).not.toMatch(/wonderland|response=\\"[0-9a-f]/);
    },
  );

  it('waits for applications that use the official inspector', async () => {
    let theirs: ReturnType<typeof createWebSocketInspector> | undefined;
    const interruptions: (() => void)[] = [];
    const run = await runProgram(['inspect', '--listen'], {
      onInterrupt: (listener) => {
        interruptions.push(listener);
        return () => undefined;
      },
      onPrint: (stdout) => {
        const [, url] = /url: '(ws:[^']+)'/.exec(stdout) ?? [];
        const [, page, token] = /(http:\/\/127\.0\.0\.1:\d+\/)#token=([\w-]+)\n/.exec(stdout) ?? [];
        if (url === undefined || page === undefined || token === undefined || theirs !== undefined) return;
        theirs = createWebSocketInspector({ url });
        createActor(createMachine({ id: 'theirs', initial: 'a', states: { a: {} } }), {
          inspect: theirs.inspect,
        }).start();
        void look(page, token, (entry) => entry.type === 'chart' && entry.id === 'theirs').then(() =>
          interruptions.forEach((interrupt) => interrupt()),
        );
      },
    });
    theirs?.stop();
    expect(run).toMatchObject({ status: 0, stderr: '' });
  });

  it('refuses what it cannot use, in one line, before it serves anything', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const files = {
      'call.yaml': scenario,
      'bad.yaml': 'requests: 7',
      'huge.yaml': 'x'.repeat(17 * 2 ** 20),
      'binary.yaml': new Uint8Array([0xff, 0xfe, 0]),
      'empty.yaml': '',
    };
    for (const [argv, why] of [
      [['missing.yaml'], /missing\.yaml/],
      [['bad.yaml'], /bad\.yaml, line 1/],
      [['.'], /it is a folder/],
      [['call.yaml', '--listen'], /several things/],
      [['call.yaml', '--pace', '0'], /above 0/],
      [['--pace', '2'], /there is no scenario/],
      [['--port', '70000'], /65535/],
      [['--listen', '5', '--port', '6'], /one of them/],
      [['--port', String(port)], /is in use; expected a port that is free/],
      [['--listen', String(port)], /--listen: \d+ is in use; expected a port that is free/],
      [['--listen', 'x'], /Use a whole number/],
      [['--listen', '65536'], /65535/],
      [['--pace', '1e3', 'call.yaml'], /above 0/],
      [['--seed', 'x', 'call.yaml'], /whole number/],
      [['call.yaml', 'bad.yaml'], /too many arguments/],
      [['huge.yaml'], /huge\.yaml, line 1: there are/],
      [['binary.yaml'], /it is no text/],
      [['empty.yaml'], /empty\.yaml, line 1: /],
      [['folder/call.yaml'], /there is no such file/],
      [[''], /it is a folder/],
      [['--nonsense'], /unknown option/],
      [['--send'], /missing required argument 'method'/],
      [['--send', 'REGISTER', 'nowhere'], /is no SIP URI/],
      [['--send', 'REGISTER', 'sip:x'], /--from/],
      [['call.yaml', '--send', 'OPTIONS', 'sip:x'], /several things/],
      [['--port', String(port), '--send', 'OPTIONS', 'sip:127.0.0.1'], /is in use/],
      [['--send', 'FOO BAR', 'sip:x'], /METHOD/],
      [['--send', 'OPTIONS'], /request-uri/],
      [['--send', 'OPTIONS', 'sip:x', '--nonsense'], /unknown option/],
    ] as const) {
      const run = await runProgram(['inspect', ...argv], { files });
      expect([argv, run.status, run.stdout]).toEqual([argv, 2, '']);
      expect(run.stderr).toMatch(why);
      expect(run.stderr.trim().split('\n')).toHaveLength(1);
    }
    taken.close();
  });

  it('prints its help, and that of send', async () => {
    expect((await runProgram(['inspect', '--help'])).stdout).toContain('Ctrl-C ends it');
    expect(await runProgram(['inspect', '--send', '--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('--server') as string,
    });
  });
});
