// The commands of the README work: each is run against a server that stands in for pbx.example.com.
import { mkdtemp, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstHeader } from '../../../src/sip/header-list.js';
import type { Header } from '../../../src/sip/message.js';
import { runProgram } from '../run-program.js';
import { challenge, type ServerScript } from './scripted-server.js';
import { Keyboard, printing, serverFor } from './send-run.js';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const commands = [...readme.matchAll(/^sip-retry (send .*)$/gm)].map(([, command = '']) => command);

/** Asks for credentials once, then grants what is asked for; a call to fewer than five digits is incomplete. */
const registrar: ServerScript = ({ method, uri, headers }) => {
  const isKnown = firstHeader(headers, 'Authorization') !== undefined;
  if (!isKnown && method !== 'BYE' && method !== 'OPTIONS') return [[401, [challenge()]]];
  if (method === 'INVITE') return /:\d{5}@/.test(uri) ? [180, 200] : [484];
  const expires: Header = ['Expires', firstHeader(headers, 'Expires') ?? '0'];
  return [[200, method === 'REGISTER' ? [['Contact', firstHeader(headers, 'Contact') ?? ''], expires] : [expires]]];
};

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'sip-retry-'))));
afterAll(() => rm(folder, { recursive: true }));

describe('README', () => {
  it('has commands', () => expect(commands.length).toBeGreaterThanOrEqual(4));

  it.each(commands)('%s', async (command) => {
    const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain = '']) => quoted ?? plain);
    const [transport] = /tcp:/.test(command) ? (['tcp'] as const) : (['udp'] as const);
    const server = await serverFor(registrar, transport);
    const here = words
      .map((word) => word.replace(/^udp:pbx\.example\.com:5060$|^tcp:pbx\.example\.com$/, server.name))
      .map((word) => (word === 'trace.jsonl' ? join(folder, word) : word))
      // Nobody wants to hear the call for five seconds.
      .map((word, index) => (words[index - 1] === '--hang-up-after' ? '0' : word));
    const keyboard = new Keyboard();
    const { onPrint, seen } = printing(/registered for/);
    void seen.then(() => keyboard.pressCtrlC());
    const run = await runProgram(command.includes('--server') ? here : [...here, '--server', server.name], {
      env: { SIP_PASSWORD: 'open sesame' },
      onInterrupt: keyboard.onInterrupt,
      onPrint,
    });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(command.includes('--keep') ? 130 : 0);
  });
});
