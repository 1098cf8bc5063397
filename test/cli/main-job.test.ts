import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { showMainJob } from '../../examples/main-job.js';
import { main } from '../../src/cli/main.js';
import type { Io } from '../../src/cli/io.js';
import { linesOf } from './run-program.js';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

function ioWriting(shown: string[], more: Partial<Io['stdout']> = {}, env: Io['env'] = {}): Io {
  const output = { write: (text: string): void => void shown.push(text), isTerminal: false, ...more };
  return {
    stdout: output,
    stderr: output,
    onInterrupt: () => () => undefined,
    stdin: () => Promise.resolve(new Uint8Array()),
    env,
    cwd: examples,
  };
}

async function show(more: Partial<Io['stdout']> = {}, env: Io['env'] = {}): Promise<string> {
  const shown: string[] = [];
  await showMainJob(ioWriting(shown, more, env));
  return shown.join('');
}

describe('the main job', () => {
  it('shows a REGISTER through 401, 423, 200 and an INVITE through 407, 484, 486, 503, 200', async () => {
    const statuses = [...(await show()).matchAll(/◀─+ (\d{3}) /g)].map(([, status]) => status);
    expect(statuses).toEqual(['401', '423', '200', '407', '484', '486', '503', '180', '200']);
  });

  it('shows every decision with its reason and sections, and the wait', async () => {
    const text = await show();
    const actions = [...text.matchAll(/● (\w+)/g)].map(([, action]) => action);
    expect(actions).toEqual([
      'authenticate',
      'raiseInterval',
      'accept',
      'authenticate',
      'extendDigits',
      'wait',
      'tryOtherServer',
      'accept',
    ]);
    expect(text.match(/│ {3}why {5}\S/g)).toHaveLength(actions.length);
    expect(text.match(/│ {3}see {5}RFC \d+ §/g)).toHaveLength(actions.length);
    expect(text).toMatch(/┊ +2 min \d+ s +┊/);
    expect(text).toContain('sip:proxy2.example.com');
  });

  it('fits 80 columns in a pipe, without colours', async () => {
    const text = await show();
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).not.toContain('\u001b');
  });

  it.each([60, 80, 200])('fits a terminal of %i columns, its lanes straight', async (columns) => {
    const text = await show({ isTerminal: true, columns }, { NO_COLOR: '1' });
    const rungs = text.split('\n').filter((line) => /^ {2}[│┊]/.test(line));
    expect(new Set(rungs.map((line) => line.length)).size).toBe(1);
    expect(rungs[0]?.length).toBeLessThanOrEqual(columns);
    expect(rungs.every((line) => /[│┊]$/.test(line))).toBe(true);
  });

  it('is coloured on a terminal', async () => {
    expect(await show({ isTerminal: true })).toContain('\u001b[');
  });

  it('never shows the password', async () => {
    expect(await show()).not.toContain('not-a-real-password');
  });

  it.each([
    ['register', ['401', '423', '200']],
    ['invite', ['407', '484', '486', '503', '180', '200']],
  ])('has responses of %s that belong to their requests: no note says otherwise', async (name, statuses) => {
    const shown: string[] = [];
    const options = statuses.flatMap((status) => ['--response', `${name}.${status}.sip`]);
    const argv = ['decide', '--request', `${name}.request.sip`, ...options, '--config', `${name}.config.json`];
    expect(await main([...argv, '--seed', '1', '--json'], ioWriting(shown))).toBe(0);
    const notes = linesOf(shown.join('')).flatMap((line) => line.notes);
    expect(notes.filter((note) => !note.startsWith('180 '))).toEqual([]);
  });

  it('uses names and addresses that nobody has (RFC 2606, RFC 5737)', async () => {
    for (const name of (await readdir(examples)).filter((file) => /\.(?:sip|json)$/.test(file))) {
      const text = await readFile(`${examples}/${name}`, 'utf8');
      for (const [address] of text.matchAll(/\b\d+\.\d+\.\d+\.\d+\b/g)) {
        expect(address).toMatch(/^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./);
      }
      for (const [, address = ''] of text.matchAll(/\bsips?:([^\s>;",]+)/g)) {
        const host = address.slice(address.lastIndexOf('@') + 1).replace(/:\d+$/, '');
        if (/^[\d.]+$/.test(host)) continue;
        expect(host).toMatch(/(?:^|\.)example\.(?:com|net|org)$/);
      }
    }
  });
});
