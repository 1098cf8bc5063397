import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram, type Surroundings } from './run-program.js';

const small = `name: a small fleet
until: 2 h
registrars:
  - perSecond: 100
    outages: [{ from: 30 min, for: 10 min, forgets: [bindings] }]
clients:
  - { name: standard, count: 20, start: { over: 10 min } }
  - { name: every 30 s, count: 5, behaviour: fixedInterval, retry: 30 s }
`;

async function run(text: string, argv: readonly string[] = [], surroundings: Surroundings = {}) {
  return runProgram(['fleet', 'fleet.yaml', ...argv], { ...surroundings, files: { 'fleet.yaml': text } });
}

/** Runs with `--out` and tells what lies in that folder afterwards. */
async function writing(text: string, surroundings: Surroundings = {}, prepare?: (folder: string) => Promise<void>) {
  const folder = await mkdtemp(join(tmpdir(), 'sip-retry-fleet-'));
  try {
    await prepare?.(folder);
    const outcome = await run(text, ['--out', folder], surroundings);
    const names = (await readdir(folder)).sort();
    const texts = new Map<string, string>();
    for (const name of names) texts.set(name, await readFile(join(folder, name), 'utf8').catch(() => ''));
    return { ...outcome, names, texts };
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('sip-retry fleet', () => {
  it('prints a row for each cohort, and one for all', async () => {
    const { status, stdout, stderr } = await run(small);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^a small fleet \(seed 1\)\n +clients +per client +wasted +peak\/s +50 % back/);
    expect(stdout).toMatch(/^standard +20 /m);
    expect(stdout).toMatch(/^every 30 s +5 /m);
    expect(stdout).toMatch(/^all +25 /m);
  });

  it('prints the summary as one JSON object, the same for the same seed', async () => {
    const [one, again, other] = await Promise.all([
      run(small, ['--json']),
      run(small, ['--json', '--seed', '1']),
      run(small, ['--json', '--seed', '2']),
    ]);
    expect(JSON.parse(one.stdout)).toMatchObject({ name: 'a small fleet', seed: 1, isComplete: true, until: 7_200 });
    expect(again.stdout).toBe(one.stdout);
    expect(JSON.parse(other.stdout)).toMatchObject({ seed: 2 });
  });

  it('writes the chart, the page, the series and the summary', async () => {
    const { names, texts, stdout } = await writing(small);
    expect(names).toEqual(['fleet.csv', 'fleet.html', 'fleet.json', 'fleet.svg']);
    expect(stdout).toContain('written: ');
    expect(texts.get('fleet.csv')?.split('\r\n')).toHaveLength(2 + 2 * 7_200);
    expect(texts.get('fleet.svg')).toMatch(/^<\?xml[^]*<svg [^]*<\/svg>\n$/);
    expect(texts.get('fleet.html')).toContain('<!doctype html>');
    expect(texts.get('fleet.html')).not.toMatch(/(?:src|href)="?https?:/);
    expect(JSON.parse(texts.get('fleet.json') ?? '')).toMatchObject({ isComplete: true });
  });

  it('reads JSON as well, and standard input', async () => {
    const json = JSON.stringify({
      name: 'as JSON',
      until: 60_000,
      registrars: [{ perSecond: 10 }],
      clients: [{ name: 'one', count: 1 }],
    });
    const { status, stdout } = await runProgram(['fleet', '-'], { stdin: json });
    expect({ status, first: stdout.split('\n', 1)[0] }).toEqual({ status: 0, first: 'as JSON (seed 1)' });
  });

  it('writes what is there so far on Ctrl-C, says so and ends with 130', async () => {
    const long = small.replace('count: 20', 'count: 3000');
    const { status, stderr, texts } = await writing(long, {
      onInterrupt: (listener) => {
        const immediate = setImmediate(listener);
        return () => clearImmediate(immediate);
      },
    });
    expect(status).toBe(130);
    expect(stderr).toMatch(/^stopped at 0:\d\d h of 2:00 h: these are the results until then\n$/);
    const summary: unknown = JSON.parse(texts.get('fleet.json') ?? '');
    expect(summary).toMatchObject({ isComplete: false });
    expect(texts.get('fleet.svg')).toContain('(stopped before its end)');
  });

  it('shows on a terminal how far it is and what is left, and takes that back', async () => {
    const { stderr } = await run(small.replace('count: 20', 'count: 2000'), [], { isTerminal: true, columns: 100 });
    expect(stderr).toMatch(/simulating .* % \| 0:00:00 \| .* left/);
    expect(stderr).toMatch(/\x1b\[\d*K/);
    const quiet = await run(small, [], { isTerminal: true, env: { TERM: 'dumb' } });
    expect(quiet.stderr).toBe('');
  });

  it('finds out before it begins that a file of the result cannot be written', async () => {
    const { status, stdout, stderr, names } = await writing(small, {}, async (folder) => {
      await mkdir(join(folder, 'fleet.csv', 'in the way'), { recursive: true });
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^sip-retry: .*fleet\.csv: it is a folder; expected a file that can be written\n$/);
    expect(names).toEqual(['fleet.csv']);
  });

  it('makes the folder of --out, but no tree around it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sip-retry-fleet-'));
    const made = await run(small, ['--out', join(folder, 'result')]);
    expect({ status: made.status, names: await readdir(join(folder, 'result')) }).toEqual({
      status: 0,
      names: ['fleet.csv', 'fleet.html', 'fleet.json', 'fleet.svg'],
    });
    const { status, stdout, stderr } = await run(small, ['--out', join(folder, 'resutl', 'today')]);
    expect({ status, stdout, names: await readdir(folder) }).toEqual({ status: 2, stdout: '', names: ['result'] });
    expect(stderr).toBe(
      `sip-retry: ${join(folder, 'resutl', 'today')}: the folder for it is missing; expected a folder to write into\n`,
    );
    await rm(folder, { recursive: true });
  });

  it('refuses a folder that cannot be made, before it begins', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sip-retry-fleet-'));
    await writeFile(join(folder, 'file'), '');
    for (const [out, why] of [
      [resolve(folder, 'file', 'below'), 'a part of its path is no folder'],
      [resolve(folder, 'file'), 'there is a file of this name'],
      ['/proc/sip-retry', 'the folder for it is missing'],
      ['/proc', 'the folder for it is missing'],
    ] as const) {
      const { status, stdout, stderr } = await run(small, ['--out', out]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toBe(`sip-retry: ${out}: ${why}; expected a folder to write into\n`);
    }
    await rm(folder, { recursive: true });
  });

  const outage = 'outages: [{ from: 30 min, for: 10 min, forgets: [bindings] }]';
  it.each([
    [
      'count: 20',
      'counts: 20',
      'line 7: clients[0].counts is an unknown key (did you mean "count"?); expected one of name, count',
    ],
    ['count: 20', 'count: 0', 'line 7: clients[0].count is 0; expected a number from 1'],
    ['count: 20', 'count: 2.5', 'line 7: clients[0].count is 2.5; expected a whole number'],
    ['count: 20', 'count: 6000000', 'line 7: clients[0].count is 6000000; expected a number up to 5000000'],
    ['perSecond: 100', 'perSecond: -1', 'line 4: registrars[0].perSecond is -1; expected a number from 0.001'],
    ['perSecond: 100', 'queue: 1', 'line 4: registrars[0].perSecond is missing; expected a number'],
    ['until: 2 h', 'until: soon', 'line 2: until is "soon"; expected '],
    ['until: 2 h', 'until: [2]', 'line 2: until is a list; expected a number or a duration such as 50 ms'],
    ['until: 2 h', 'until: 31 d', 'line 2: until is "31 d"; expected one of up to 30 d'],
    ['until: 2 h', 'until: 0 s', 'line 2: until is "0 s"; expected one above 0'],
    [
      'until: 2 h',
      'until: 20 min',
      'line 5: registrars[0].outages[0].from lies after the end of the run; expected an earlier moment',
    ],
    [
      outage,
      'outages: [{ from: 1 min, for: 2 min }, { from: 2 min, for: 2 min }]',
      'line 5: registrars[0].outages[1].from lies within the outage before it; expected outages in order',
    ],
    ['retry: 30 s', 'retry: 0 s', 'line 8: clients[1].retry is "0 s"; expected one above 0'],
    [
      'count: 20',
      'count: 20, retry: 1 s',
      'line 7: clients[0].retry is there although the behaviour is standard; expected it with a habit only',
    ],
    [
      'retry: 30 s',
      'limits: { maxAttempts: 1 }',
      'line 8: clients[1].limits is there although the behaviour is fixedInterval; expected it with standard clients only',
    ],
    [
      'count: 20',
      'count: 20, limits: { maxAttempts: no }',
      'line 7: clients[0].limits.maxAttempts is "no"; expected a whole number from 1',
    ],
    [
      'count: 20',
      'count: 20, policy: { entries: 1 }',
      'line 7: clients[0].policy.entries is 1; expected an object of entries by key',
    ],
    [
      'count: 5, behaviour: fixedInterval, retry: 30 s',
      'count: 900000, behaviour: immediateRetry, retry: 1 ms',
      'line 8: clients[1] may send 6.5e+12 requests in this run; expected at most 1e+9: fewer clients, a longer retry or interval, or a shorter run',
    ],
    [
      'fixedInterval',
      'fixedIntervall',
      'line 8: clients[1].behaviour is "fixedIntervall"; expected one of standard, fixedInterval, immediateRetry',
    ],
    ['name: a small fleet', 'name: [', 'it cannot be read'],
    [small, '7', 'line 1: the fleet is 7; expected an object'],
    [small, '', 'line 1: there is nothing in it; expected a fleet as YAML or JSON'],
    [small, 'null', 'line 1: the fleet is null; expected an object'],
  ])('instead of %j refuses %j', async (before, after, message) => {
    const { status, stdout, stderr } = await run(small.replace(before, after), ['--json']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('has examples that run', async () => {
    const folder = new URL('../../fleets/', import.meta.url);
    const names = await readdir(folder);
    expect(names.length).toBeGreaterThanOrEqual(3);
    for (const name of names) {
      const text = await readFile(new URL(name, folder), 'utf8');
      // A hundredth of the clients: what they show at full size is not for a test.
      const few = text.replace(/count: (\d+)00\b/g, 'count: $1');
      const { status, stderr } = await run(few, ['--json']);
      expect({ name, status, stderr }).toEqual({ name, status: 0, stderr: '' });
    }
  });
});
