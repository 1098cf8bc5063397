import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from './run-program.js';

const good = `name: Options are answered
requests: [{ method: OPTIONS, uri: sip:example.com }]
servers: [{ name: server, host: 192.0.2.1, domain: example.com, script: [{ status: 200 }] }]
expect: { outcome: accepted }
`;
const failing = good.replace('outcome: accepted', 'outcome: gaveUp, attempts: 7');
const silent = good.replace(/expect.*\n/, '');
const bad = good.replace('status: 200', 'status: 20');
const short = good.replace('status: 200', 'status: 100');

/** Runs with `--out` into a folder, and tells what lies there afterwards. */
async function writing(argv: (out: string) => readonly string[], files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'sip-retry-out-'));
  try {
    const run = await runProgram(argv(folder), { files });
    const names = (await readdir(folder, { recursive: true })).sort();
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name)).catch(() => Buffer.from(''))));
    return { run, names, texts };
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('sip-retry simulate', () => {
  it('draws a ladder that fits 80 columns', async () => {
    const { status, stdout } = await runProgram(['simulate', 'a.yaml'], { files: { 'a.yaml': good } });
    expect(status).toBe(0);
    expect(stdout).toContain('OPTIONS sip:example.com');
    expect(stdout).toContain('200 OK');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('reads standard input, as JSON too', async () => {
    const json = JSON.stringify({
      requests: [{ method: 'OPTIONS', uri: 'sip:example.com' }],
      servers: [{ name: 'server', host: '192.0.2.1', domain: 'example.com', script: [{ status: 200 }] }],
    });
    const { status, stdout } = await runProgram(['simulate', '-', '--format', 'json'], { stdin: json });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'unnamed', counts: { sent: 1, received: 1 } });
  });

  it('takes chance from --seed', async () => {
    const json = async (seed: string): Promise<string> => {
      const argv = ['simulate', 'a.yaml', '--format', 'json', '--seed', seed];
      return (await runProgram(argv, { files: { 'a.yaml': good } })).stdout;
    };
    expect(await json('3')).toBe(await json('3'));
    expect(await json('3')).not.toBe(await json('4'));
  });

  it.each(['text', 'mermaid', 'svg', 'html', 'json', 'pcapng'])('writes %s into a file', async (format) => {
    const { run, names, texts } = await writing(
      (out) => ['simulate', 'a.yaml', '--format', format, '--out', join(out, 'new', 'drawing')],
      { 'a.yaml': good },
    );
    expect(run).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(names).toEqual(['new', 'new/drawing']);
    expect(texts[1]?.length).toBeGreaterThan(100);
  });

  it('writes several scenarios into a folder, and nothing when one of them cannot be used', async () => {
    const both = await writing((out) => ['simulate', 'a.yaml', 'b.yaml', '--format', 'svg', '--out', out], {
      'a.yaml': good,
      'b.yaml': silent,
    });
    expect(both.names).toEqual(['a.svg', 'b.svg']);
    const half = await writing((out) => ['simulate', 'a.yaml', 'b.yaml', '--format', 'svg', '--out', out], {
      'a.yaml': good,
      'b.yaml': short,
    });
    expect(half.run.status).toBe(2);
    expect(half.names).toEqual([]);
  });

  it('says on one line what is wrong with a scenario, and where', async () => {
    const { status, stdout, stderr } = await runProgram(['simulate', 'a.yaml'], { files: { 'a.yaml': bad } });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe('sip-retry: a.yaml, line 3: servers[0].script[0].status is 20; expected a number from 100\n');
  });

  it('names the line of a script that ends before the call does', async () => {
    const { status, stderr } = await runProgram(['simulate', 'a.yaml'], { files: { 'a.yaml': short } });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^sip-retry: a\.yaml, line 3: the script of the server "server" ends before the call does/);
  });

  it.each([
    [['simulate', 'none.yaml'], 'none.yaml: there is no such file; expected a scenario as YAML or JSON'],
    [['simulate', 'a.yaml', '--format', 'pcapng'], '--format: pcapng is no text; expected a file as --out'],
    [['simulate', 'a.yaml', 'a.yaml', '--format', 'svg'], '--format: svg of 2 scenarios; expected a folder as --out'],
    [['simulate', 'a.yaml', '--check', '--out', 'x'], '--out: there is --check, too; expected one of them'],
    [['simulate'], 'simulate: no scenario is given; expected a file, a folder or --sipp <file>'],
    [['simulate', 'a.yaml', '--seed', 'x'], 'Use a whole number.'],
  ])('refuses %j: %s', async (argv, why) => {
    const { status, stderr } = await runProgram(argv, { files: { 'a.yaml': good } });
    expect(status).toBe(2);
    expect(stderr).toContain(why);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('sip-retry simulate --check', () => {
  it('prints a line for each file, and exits with 1 when an expectation fails', async () => {
    const { status, stdout } = await runProgram(['simulate', 'a.yaml', 'b.yaml', 'c.yaml', '--check'], {
      files: { 'a.yaml': good, 'b.yaml': failing, 'c.yaml': silent },
    });
    expect(status).toBe(1);
    expect(stdout.split('\n')).toEqual([
      '✓ a.yaml: Options are answered',
      '✗ b.yaml: the outcome of "options" is gaveUp; it is accepted (and 1 more)',
      '– c.yaml: it expects nothing',
      '',
    ]);
  });

  it('exits with 0 when all hold', async () => {
    const { status } = await runProgram(['simulate', 'a.yaml', '--check'], { files: { 'a.yaml': good } });
    expect(status).toBe(0);
  });

  it('checks the others when one cannot be used, and exits with 2', async () => {
    const { status, stdout, stderr } = await runProgram(['simulate', 'a.yaml', 'b.yaml', '--check'], {
      files: { 'a.yaml': bad, 'b.yaml': good },
    });
    expect(status).toBe(2);
    expect(stdout).toContain('✓ b.yaml');
    expect(stderr).toContain('a.yaml, line 3');
  });

  it('takes a folder, in the order of the names', async () => {
    const { status, stdout } = await runProgram(['simulate', '.', '--check'], {
      files: { 'b.yml': good, 'a.json': JSON.stringify({}), 'c.yaml': good, 'note.txt': 'no scenario' },
    });
    expect(status).toBe(2);
    expect(stdout.split('\n').map((line) => line.split(/[:,]/)[0])).toEqual(['✗ a.json', '✓ b.yml', '✓ c.yaml', '']);
  });

  it('says that a folder has no scenarios', async () => {
    const { status, stderr } = await runProgram(['simulate', '.', '--check']);
    expect(status).toBe(2);
    expect(stderr).toContain('.: there is no scenario in this folder; expected files such as call.yaml');
  });
});

describe('sip-retry simulate --sipp', () => {
  const uas = `<?xml version="1.0"?>
<scenario name="Busy">
  <recv request="OPTIONS"/>
  <send><![CDATA[
    SIP/2.0 486 Busy Here
    [last_Via:]
    [last_From:]
    [last_To:];tag=1
    [last_Call-ID:]
    [last_CSeq:]
    Content-Length: 0

  ]]></send>
</scenario>
`;

  it('runs the client against the server of a SIPp file', async () => {
    const { status, stdout, stderr } = await runProgram(['simulate', '--sipp', 'uas.xml'], {
      files: { 'uas.xml': uas },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('486 Busy Here');
  });

  it('names what cannot be read, with its line', async () => {
    const { status, stderr } = await runProgram(['simulate', '--sipp', 'uas.xml'], { files: { 'uas.xml': '<a/>' } });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^sip-retry: uas\.xml, line 1: /);
  });
});
