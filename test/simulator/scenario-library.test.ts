// The scenarios that come with the project: each goes as it says.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkExpectations } from '../../src/simulator/expectations.js';
import { readScenario } from '../../src/simulator/read-scenario.js';
import { simulate } from '../../src/simulator/simulate.js';

const folder = new URL('../../scenarios/', import.meta.url);
const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((name) => /\.(?:ya?ml|json)$/.test(name));

describe('scenarios/', () => {
  it.each(files)('%s goes as it expects, twice the same', async (name) => {
    const read = readScenario(readFileSync(new URL(name, folder), 'utf8'));
    if (read.kind === 'defects') throw new Error(read.defects.map(({ message }) => message).join('\n'));
    const transcript = await simulate(read.scenario);
    const checks = checkExpectations(read.scenario, transcript);
    expect(checks.filter(({ held }) => !held).map(({ sentence }) => sentence)).toEqual([]);
    expect(checks.length).toBeGreaterThan(0);
    expect(JSON.stringify(await simulate(read.scenario))).toBe(JSON.stringify(transcript));
  });
});
