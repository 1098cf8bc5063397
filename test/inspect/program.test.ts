// The inspector in a program of its own: one line, seen from outside, and when such a program ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readEntries } from './server/read-entries.js';
import type { InspectorEntry } from '../../src/inspect/inspector-entry.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

const PROLOGUE = `
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createActor, createMachine } from 'xstate';
import { createInspector } from './src/inspect/index.ts';
import { createUserAgentClient } from './src/transport/index.ts';
import { keepRegistered } from './src/uac/index.ts';

const register = { method: 'REGISTER', uri: 'sip:127.0.0.1', body: '', headers: [
  ['Via', 'SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKa'], ['Max-Forwards', '70'], ['From', '<sip:alice@127.0.0.1>;tag=1'],
  ['To', '<sip:alice@127.0.0.1>'], ['Call-ID', 'c'], ['CSeq', '1 REGISTER'], ['Contact', '<sip:alice@127.0.0.1>'], ['Expires', '60']] };
/** Accepts whatever it is sent. */
const registrar = createSocket('udp4').on('message', (message, { port, address }) => {
  const rows = String(message).split('\\r\\n').filter((row) => /^(?:Via|From|To|Call-ID|CSeq|Contact|Expires):/.test(row));
  registrar.send(['SIP/2.0 200 OK', ...rows, 'Content-Length: 0', '', ''].join('\\r\\n'), port, address);
});
registrar.bind(0, '127.0.0.1');
await once(registrar, 'listening');
registrar.unref();
const servers = ['sip:127.0.0.1:' + registrar.address().port];
const inspector = createInspector();
`;

interface Program {
  readonly ended: Promise<number | string | null>;
  readonly stderr: () => string;
  /** The address that it prints. */
  readonly url: Promise<URL>;
  kill(): void;
}

function run(body: string): Program {
  const script = `${PROLOGUE}\n${body}`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], { cwd: root });
  let [stdout, stderr] = ['', ''];
  child.stderr.on('data', (part) => (stderr += String(part)));
  const ended = once(child, 'close').then(([status, signal]) => (status as number | null) ?? (signal as string));
  const url = new Promise<URL>((resolve, reject) => {
    child.stdout.on('data', (part) => {
      stdout += String(part);
      const [address] = /http:\S+(?=\n)/.exec(stdout) ?? [];
      if (address !== undefined) resolve(new URL(address));
    });
    void ended.then(() => reject(new Error(`It has ended: ${stderr}`)));
  });
  url.catch(() => undefined);
  return { ended, stderr: () => stderr, url, kill: () => child.kill('SIGKILL') };
}

/** What its page is given, until an entry satisfies this. */
function look(url: URL, isLast: (entry: InspectorEntry) => boolean): Promise<readonly InspectorEntry[]> {
  const token = new URLSearchParams(url.hash.slice(1)).get('token') ?? '';
  return readEntries(new URL('/entries', url), token, isLast);
}

const isOutcome = ({ type }: InspectorEntry): boolean => type === 'outcome';

describe('a program with an inspector', () => {
  it.each([
    [
      'a request of a user agent client',
      `const client = createUserAgentClient({ servers, inspect: inspector.inspect });
       console.log(await inspector.ready);
       await (await client.request(register)).start();
       await client.close();`,
      isOutcome,
      ['request 1 REGISTER', 'request 1 REGISTER / client transaction 1'],
    ],
    [
      'a registration that a client keeps',
      `const client = createUserAgentClient({ servers, inspect: inspector.inspect });
       console.log(await inspector.ready);
       (await client.register(register)).start();`,
      isOutcome,
      ['request 1 REGISTER', 'request 1 REGISTER / client transaction 1'],
    ],
    [
      'a registration that is kept without a client, on a wire of its own',
      `const registration = keepRegistered(register, { inspect: inspector.inspect });
       const headers = register.headers.slice(2, 8);
       registration.on('send', () => queueMicrotask(() => registration.receive({ status: 200, reason: 'OK', headers, body: '' })));
       console.log(await inspector.ready);
       registration.start();`,
      isOutcome,
      ['request 1 REGISTER'],
    ],
    [
      'a machine of its own',
      `const machine = createMachine({ id: 'light', initial: 'red', states: { red: { on: { next: 'green' } }, green: {} } });
       createActor(machine, { inspect: inspector.inspect }).start().send({ type: 'next' });
       console.log(await inspector.ready);`,
      (entry: InspectorEntry) => entry.type === 'step' && entry.edges.includes('red:next:0'),
      ['light 1'],
    ],
  ] as const)('shows %s, and stays until it is closed', async (_, body, isLast, names) => {
    const program = run(body);
    const entries = await look(await program.url, isLast);
    expect(entries.filter((entry) => entry.type === 'actor').map(({ name }) => name)).toEqual(names);
    // Nothing else keeps it alive: the page can be looked at after everything has happened.
    expect(await Promise.race([program.ended, new Promise((resolve) => setTimeout(resolve, 1_000, 'alive'))])).toBe(
      'alive',
    );
    program.kill();
    expect(program.stderr()).toBe('');
  });

  it.each([
    ['it is closed', 'await inspector.ready; await inspector.close();'],
    [
      'it is closed twice, and before it is ready',
      'await Promise.all([inspector.close(), inspector.close()]); await inspector.close();',
    ],
    [
      'it is closed while charts are laid out',
      `
       createActor(createMachine({ id: 'm', initial: 'a', states: { a: {} } }), { inspect: inspector.inspect }).start();
       const other = createInspector({ eager: true });
       createActor(createMachine({ id: 'm', initial: 'a', states: { a: {} } }), { inspect: other.inspect }).start();
       await Promise.all([inspector.close(), other.close()]);`,
    ],
    [
      'its port is taken, and nobody asked whether it is ready',
      `
       const { port } = new URL(await inspector.ready);
       const other = createInspector({ port: Number(port) });
       createActor(createMachine({ id: 'm' }), { inspect: other.inspect }).start();
       await other.close();
       await inspector.close();`,
    ],
  ])('ends by itself when %s', async (_, body) => {
    const program = run(body);
    expect(await program.ended).toBe(0);
    expect(program.stderr()).toBe('');
  });
});
