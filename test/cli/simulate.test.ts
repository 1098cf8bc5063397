import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findScenarios } from '../../src/cli/simulate/find-scenarios.js';
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
      (out) => ['simulate', 'a.yaml', '--format', format, '--out', join(out, 'drawing')],
      { 'a.yaml': good },
    );
    expect(run).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(names).toEqual(['drawing']);
    expect(texts[0]?.length).toBeGreaterThan(100);
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

  it('makes the folder for several scenarios, and puts a single one into a folder that is there', async () => {
    const several = await writing(
      (out) => ['simulate', 'a.yaml', 'b.yaml', '--format', 'svg', '--out', join(out, 'new')],
      { 'a.yaml': good, 'b.yaml': silent },
    );
    expect(several.names).toEqual(['new', 'new/a.svg', 'new/b.svg']);
    const one = await writing((out) => ['simulate', 'a.yaml', '--format', 'svg', '--out', out], { 'a.yaml': good });
    expect(one.names).toEqual(['a.svg']);
  });

  it.each([
    ['one', ['a.yaml'], 'a file that can be written'],
    ['several', ['a.yaml', 'b.yaml'], 'a folder to write into'],
  ])('makes no tree of folders for %s, and says that the folder is missing', async (_, scenarios, expected) => {
    const { run, names } = await writing((out) => ['simulate', ...scenarios, '--out', join(out, 'tpyo', 'x')], {
      'a.yaml': good,
      'b.yaml': good,
    });
    expect({ status: run.status, stdout: run.stdout, names }).toEqual({ status: 2, stdout: '', names: [] });
    expect(run.stderr).toMatch(/^sip-retry: \S+\/tpyo\/x: the folder for it is missing; expected [^\n]+\n$/);
    expect(run.stderr).toContain(expected);
  });

  it('finds out before it simulates that nothing can be written', async () => {
    const endless = good.replace('status: 200', 'status: 100');
    for (const out of ['/proc/x.svg', '/proc/none/x.svg']) {
      const { status, stderr } = await runProgram(['simulate', 'a.yaml', '--format', 'svg', '--out', out], {
        files: { 'a.yaml': endless },
      });
      expect(status).toBe(2);
      expect(stderr).toBe(`sip-retry: ${out}: the folder for it is missing; expected a file that can be written\n`);
    }
  });

  it('does not write two scenarios under one name', async () => {
    const { run, names } = await writing((out) => ['simulate', '.', '--format', 'svg', '--out', out], {
      'a.yaml': good,
      'a.yml': good,
    });
    expect({ status: run.status, names }).toEqual({ status: 2, names: [] });
    expect(run.stderr).toContain('--out: two scenarios would be written as a.svg');
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
    const { status, stdout, stderr } = await runProgram(['simulate', '.', '--check'], {
      files: { 'b.yml': good, 'a.json': JSON.stringify({ requests: [] }), 'c.yaml': good, 'note.txt': 'no scenario' },
    });
    expect(status).toBe(2);
    expect(stdout.split('\n').map((line) => line.split(/[:,]/)[0])).toEqual(['✗ a.json', '✓ b.yml', '✓ c.yaml', '']);
    expect(stderr).toMatch(
      /^sip-retry: a\.json, line 1: requests is a list; expected a list that is not empty[^\n]*\n$/,
    );
  });

  it('leaves out of a folder what is no scenario, and says so', async () => {
    const { status, stdout, stderr } = await runProgram(['simulate', '.', '--check'], {
      files: {
        'a.yaml': good,
        'package.json': JSON.stringify({ name: 'x', version: '1.0.0', dependencies: { requests: '1' } }),
        'tsconfig.json': '{\n  // Comments make it no JSON.\n  "compilerOptions": { "strict": true },\n}\n',
        'docker-compose.yml': 'services: { web: { image: x } }\nnetworks: { a: {} }\n',
        'openapi.yaml': 'openapi: 3.1.0\nservers: [{ url: "https://example.com" }]\npaths: {}\n',
        'large.json': JSON.stringify({ requests: ['x'.repeat(2 ** 20)] }),
      },
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '✓ a.yaml: Options are answered\n' });
    expect(stderr).toBe(
      'sip-retry: .: 5 files are left out that are no scenario: docker-compose.yml, large.json, openapi.yaml and 2 more\n',
    );
  });

  it('tells a scenario that cannot be read from a file that is none', async () => {
    const { status, stderr } = await runProgram(['simulate', '.', '--check'], {
      files: { 'a.yaml': good, 'b.yaml': 'requests: [\n', 'c.json': '{\n  "requests": [,\n}', 'd.yaml': 'a: [\n' },
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/1 file is left out that is no scenario: d\.yaml\n.*b\.yaml, line 2: it cannot be read/);
  });

  it('says that a folder has no scenarios', async () => {
    const { status, stderr } = await runProgram(['simulate', '.', '--check']);
    expect(status).toBe(2);
    expect(stderr).toBe('sip-retry: .: there is no scenario in this folder; expected files such as call.yaml\n');
    const other = await runProgram(['simulate', '.', '--check'], { files: { 'package.json': '{}' } });
    expect(other.status).toBe(2);
    expect(other.stderr).toBe(
      'sip-retry: .: there is no scenario in this folder; 1 file is left out that is no scenario: package.json; ' +
        'expected files such as call.yaml\n',
    );
  });

  it('reads a file that is named, whatever it is called', async () => {
    const { status, stderr } = await runProgram(['simulate', 'package.json'], {
      files: { 'package.json': '{"name":"x"}' },
    });
    expect(status).toBe(2);
    expect(stderr).toContain('package.json, line 1: requests is missing; expected a list (and 1 more)');
  });
});

describe('a folder of scenarios', () => {
  /** Checks a folder that is laid out so. */
  async function checking(layOut: (folder: string) => Promise<unknown>) {
    const folder = await mkdtemp(join(tmpdir(), 'sip-retry-folder-'));
    try {
      await layOut(folder);
      const { stdout, ...run } = await runProgram(['simulate', folder, '--check']);
      return { ...run, names: stdout.split('\n').map((line) => line.replace(`${folder}/`, '').split(/[:,] /)[0]) };
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  it('is looked through without hidden folders and node_modules', async () => {
    const { status, stderr, names } = await checking(async (folder) => {
      for (const within of ['.git', 'node_modules/a', 'b/node_modules', 'b/.cache', 'b/c']) {
        await mkdir(join(folder, within), { recursive: true });
        await writeFile(join(folder, within, 'a.yaml'), good);
      }
      await writeFile(join(folder, '.hidden.yaml'), good);
    });
    expect({ status, stderr, names }).toEqual({ status: 0, stderr: '', names: ['✓ b/c/a.yaml', ''] });
  });

  it('may hold links that lead around in a circle or nowhere, and pipes', async () => {
    const { status, stderr, names } = await checking(async (folder) => {
      await mkdir(join(folder, 'a'));
      await writeFile(join(folder, 'a', 'a.yaml'), good);
      await symlink('..', join(folder, 'a', 'up'));
      await symlink('self.yaml', join(folder, 'self.yaml'));
      await symlink('a/a.yaml', join(folder, 'b.yaml'));
      await symlink('none', join(folder, 'c.yaml'));
      execFileSync('mkfifo', [join(folder, 'd.yaml')]);
    });
    expect({ status, names }).toEqual({
      status: 2,
      names: ['✓ a/a.yaml', '✓ b.yaml', '✗ c.yaml', '✗ self.yaml', ''].map((name) =>
        name.startsWith('✗') ? (expect.stringContaining(name.slice(2)) as string) : name,
      ),
    });
    expect(stderr).toContain('c.yaml: there is no such file; expected a scenario as YAML or JSON');
  });

  it('is told when it cannot be looked into', async () => {
    const found = await findScenarios('/nowhere/at/all');
    const cause: unknown = expect.objectContaining({ code: 'ENOENT' });
    expect(found).toEqual([{ kind: 'closed', name: '', cause }]);
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
