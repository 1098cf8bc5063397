// The charts that the page asks for.
import { describe, expect, it } from 'vitest';
import { chartOf } from '../../src/inspect/chart/index.js';
import { answerLayout } from '../../src/inspect/lay-out-request.js';
import { extendPolicy } from '../../src/policy/extend-policy.js';
import { policyToJson } from '../../src/policy/policy-json.js';
import { rfcPolicy } from '../../src/policy/table/index.js';

const none = () => undefined;

describe('a layout that is asked for', () => {
  it('is that of the RFCs where no policy is given', async () => {
    const answer = await answerLayout({ policy: null }, none);
    expect('layout' in answer && answer.layout.states.map(({ state }) => state.id)).toContain('recovering.waiting');
  });

  it('is that of the codes that are named, and of the classes', async () => {
    const answer = await answerLayout({ policy: null, only: [423] }, none);
    if (!('model' in answer)) throw new Error('no model');
    const codes = new Set(
      answer.model.edges.map(({ event }) => /\d{3}$/.exec(event)?.[0]).filter((code) => code !== undefined),
    );
    expect([...codes]).toEqual(['423']);
  });

  it('is that of an edited policy', async () => {
    const policy = policyToJson(extendPolicy(rfcPolicy, { 486: [{ do: 'giveUp', because: 'busy', cite: 'local' }] }));
    const answer = await answerLayout({ policy }, none);
    if (!('model' in answer)) throw new Error('no model');
    const targets = answer.model.edges.filter(({ event }) => event === 'response.4xx.486').map(({ target }) => target);
    expect(targets).toContain('gaveUp');
    expect(targets).not.toContain('recovering.waiting');
  });

  it('is a chart that the inspector keeps, with states closed', async () => {
    const model = chartOf({
      id: 'm',
      initial: 'a',
      states: { a: { initial: 'b', on: { x: 'c' }, states: { b: {} } }, c: {} },
    });
    const answer = await answerLayout({ chart: 'm', closed: ['a'] }, (id) => (id === 'm' ? model : undefined));
    expect('layout' in answer && answer.layout.states.map(({ state }) => state.id)).toEqual(['a', 'c']);
  });

  it('is the overview where families are asked for, of a policy and of a kept chart', async () => {
    const ofPolicy = await answerLayout({ policy: null, detail: 'families', closed: ['cancelling'] }, none);
    if (!('layout' in ofPolicy)) throw new Error('no layout');
    const lines = ofPolicy.layout.bundles.map(({ bundle }) => bundle.id);
    expect(lines).toContain('recovering → gaveUp');
    expect(new Set(lines).size).toBe(lines.length);
    expect(ofPolicy.layout.bundles.every(({ rows }) => rows.length === 1)).toBe(true);
    const { model } = ofPolicy;
    const ofChart = await answerLayout({ chart: 'retry', closed: [], detail: 'families' }, () => model);
    expect('layout' in ofChart && ofChart.layout).toEqual(ofPolicy.layout);
  });

  it.each([
    [null, 'A layout is asked for with a JSON object.'],
    [{ chart: 'other', closed: [] }, 'There is no such chart.'],
    [{ policy: { extends: 'rfc', entries: { 486: [{ do: 'giveup' }] } } }, 'did you mean "giveUp"?'],
    [{ policy: null, only: [999] }, 'The policy has no entry for 999'],
    [{ policy: 'rfc' }, 'use an object'],
  ])('is a sentence for %j', async (asked, sentence) => {
    const answer = await answerLayout(asked, none);
    expect('defects' in answer && answer.defects.join(' ')).toContain(sentence);
  });
});
