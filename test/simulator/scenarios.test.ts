// The library of scenarios as a regression suite: each goes as it expects, and every status code with rows of its own has one.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { checkExpectations } from '../../src/simulator/expectations.js';
import { readScenario } from '../../src/simulator/read-scenario.js';
import type { Scenario } from '../../src/simulator/scenario.js';
import { simulate } from '../../src/simulator/simulate.js';

const folder = new URL('../../scenarios/', import.meta.url).pathname;
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .sort();

function textOf(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

function scenarioIn(text: string): Scenario {
  const read = readScenario(text);
  if (read.kind === 'defects') throw new Error(read.defects.map(({ message }) => message).join('\n'));
  return read.scenario;
}

async function failuresOf(text: string): Promise<readonly string[]> {
  const scenario = scenarioIn(text);
  const checks = checkExpectations(scenario, await simulate(scenario));
  return checks.filter(({ held }) => !held).map(({ sentence }) => sentence);
}

describe('the library of scenarios', () => {
  it.each(files)('%s goes as it expects', async (file) => {
    expect(await failuresOf(textOf(file))).toEqual([]);
  });

  it.each(files)('%s goes twice the same', async (file) => {
    const scenario = scenarioIn(textOf(file));
    expect(JSON.stringify(await simulate(scenario))).toBe(JSON.stringify(await simulate(scenario)));
  });

  it.each([
    ['flows/rfc7339-loss.yaml', 34, 16, 2],
    ['flows/rfc7415-rate.yaml', 34, 21, 7],
  ])(
    '%s goes worse without overload control: %i requests, %i refusals, %i given up',
    async (file, sent, refused, gaveUp) => {
      const { events, counts } = await simulate({ ...scenarioIn(textOf(file)), uac: {} });
      const refusals = events.filter((event) => event.type === 'decision' && event.status === 503);
      const lost = events.filter((event) => event.type === 'outcome' && event.outcome === 'gaveUp');
      expect([counts.sent, refusals.length, lost.length]).toEqual([sent, refused, gaveUp]);
    },
  );

  it.each(files)('%s tells an operator what happens, where that stands, and what is expected', (file) => {
    const { name, cite, expect: expected } = scenarioIn(textOf(file));
    expect(name).toMatch(/^[A-Z0-9].{8,}[^.]$/);
    for (const section of [cite ?? []].flat()) expect(section).toMatch(/^RFC \d+ §[0-9.]+$/);
    expect([cite ?? []].flat()).not.toEqual([]);
    expect(Object.keys(expected ?? {}).length).toBeGreaterThanOrEqual(2);
  });

  it('has a scenario for every status code with rows of its own', () => {
    const codes = Object.keys(rfcPolicy.entries).flatMap((key) => /^(?:[A-Z]+ )?([3-6]\d\d)$/.exec(key)?.[1] ?? []);
    const written = files.flatMap((file) => /^codes\/(\d{3})\.yaml$/.exec(file)?.[1] ?? []);
    expect(written).toEqual([...new Set(codes)].sort());
    expect(written.filter((code) => code.startsWith('4'))).toHaveLength(46);
  });

  it.each(files.filter((file) => file.startsWith('codes/')))('%s decides on its status code', async (file) => {
    const transcript = await simulate(scenarioIn(textOf(file)));
    const decided = transcript.events.flatMap((event) => (event.type === 'decision' ? [String(event.status)] : []));
    expect(decided).toContain(/\d{3}/.exec(file)?.[0]);
  });
});

describe('a wrong expectation', () => {
  it.each([
    ['codes/423.yaml', 'Expires: 600, CSeq: 2', 'Expires: 601, CSeq: 2', /request 2 that is sent/],
    ['codes/423.yaml', "rule: '423#1'", "rule: '423#2'", /decision 1 is .*423#2/],
    [
      'codes/503.yaml',
      'noEarlierThan: [{ attempt: 2, after: 120 s }]',
      'noEarlierThan: [{ attempt: 2, after: 133 s }]',
      /133000 ms/,
    ],
    [
      'codes/503.yaml',
      'noLaterThan: [{ attempt: 2, after: 132 s }]',
      'noLaterThan: [{ attempt: 2, after: 119 s }]',
      /119000 ms/,
    ],
    ['codes/484.yaml', 'attempts: 3', 'attempts: 2', /attempts of "invite": 2; it is 3/],
    ['codes/491.yaml', 'after: 4 s, request: invite/INVITE', 'after: 2 s, request: invite/INVITE', /2000 ms/],
    ['codes/600.yaml', 'reason: busy\n', 'reason: declined\n', /given up for declined; it is busy/],
    ['flows/rfc3665-3.4-proxy-failure.yaml', 'lost: 7', 'lost: 6', /count "lost": 6; it is 7/],
    ['flows/rfc5626-back-off.yaml', 'atMost: 120 s', 'atMost: 60 s', /decision 2/],
    ['operators/3-interval-grows-for-ever.yaml', 'Expires: 1200 }]', 'Expires: 600 }]', /is never sent/],
  ])('fails %s: not "%s" but "%s"', async (file, right, wrong, sentence) => {
    const text = textOf(file);
    expect(text).toContain(right);
    const failures = await failuresOf(text.replace(right, wrong));
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.join('\n')).toMatch(sentence);
  });
});
