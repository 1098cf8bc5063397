// `sip-retry chart`: a picture, a text and data, for each policy and each choice of codes.
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { ChartModel } from '../../src/inspect/chart/index.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { runProgram } from './run-program.js';

const codes = [...new Set(Object.keys(rfcPolicy.entries).flatMap((key) => /\d{3}$/.exec(key) ?? []))];

const mine = {
  extends: 'rfc',
  name: '<b>"mine" & yours</b>',
  entries: { 486: [{ do: 'giveUp', because: 'busy', cite: 'local' }] },
};

/** The texts in a picture; a picture that is no XML ends the test. */
function textsIn(svg: string): readonly string[] {
  const texts: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (cause) => {
    throw cause;
  });
  parser.on('text', (text) => texts.push(text));
  parser.write(svg).close();
  return texts;
}

describe('sip-retry chart', () => {
  it.each([
    ['486', []],
    ['401,401', []],
    ['503', []],
    ['302', []],
    ['401', ['--policy', 'mine.json']],
    ['486,423', ['--policy', 'mine.json']],
  ] as const)('draws %s as a picture that is XML %j', async (only, options) => {
    const files = { 'mine.json': JSON.stringify(mine) };
    const { status, stdout, stderr } = await runProgram(['chart', '--only', only, ...options], { files });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(textsIn(stdout).join(' ')).toContain(only.split(',')[0]);
  });

  it('draws the whole policy, and the transactions, as pictures that are XML', async () => {
    const machines = ['retry', 'invite-client-transaction', 'non-invite-client-transaction'];
    for (const machine of machines) {
      const { stdout } = await runProgram(['chart', '--machine', machine]);
      expect(textsIn(stdout).length).toBeGreaterThan(20);
    }
  });

  it('says the same for each code: every edge and every beginning leads to a state that is there', async () => {
    expect(codes.length).toBeGreaterThan(60);
    for (const code of codes) {
      const json = await runProgram(['chart', '--format', 'json', '--only', code]);
      const { states, edges } = JSON.parse(json.stdout) as ChartModel;
      const known = new Set(states.map(({ id }) => id));
      const named = [
        ...states.flatMap(({ initial, parent }) => [initial, parent]),
        ...edges.flatMap(({ source, target }) => [source, target]),
      ];
      expect([code, named.filter((id) => id !== undefined && !known.has(id))]).toEqual([code, []]);
      const { stdout } = await runProgram(['chart', '--format', 'mermaid', '--only', code]);
      const declared = new Set([...stdout.matchAll(/^ *state ".*" as (\w+)/gm)].map(([, id]) => id));
      const lines = stdout.split('\n').filter((line) => line.includes('-->'));
      const ends = lines.flatMap(
        (line) => /^ *(\S+) --> ([^\s:]+)(?:: \S.*)?$/.exec(line)?.slice(1) ?? [`unread: ${line}`],
      );
      expect([code, ends.filter((end) => end !== '[*]' && !declared.has(end))]).toEqual([code, []]);
    }
  });

  it('writes a picture of the policy', async () => {
    const { status, stdout, stderr } = await runProgram(['chart', '--only', '401,407,423']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(stdout).toContain('challengeAnswerable');
  });

  it('writes Mermaid’s text, and data', async () => {
    const mermaid = await runProgram(['chart', '--format', 'mermaid', '--only', '423']);
    expect(mermaid.stdout).toMatch(/^stateDiagram-v2\n/);
    expect(mermaid.stdout).toContain('pending --> recovering_adjusting: 423 [intervalApplies');
    const json = await runProgram(['chart', '--format', 'json', '--machine', 'invite-client-transaction']);
    expect(json.stdout).toContain('"id": "calling"');
  });

  it.each([
    [['--only', '444'], /--only: 444; expected codes that the policy has entries for/],
    [['--only', '4x'], /Use a final status code/],
    [['--format', 'png'], /Allowed choices are svg, mermaid, json/],
    [['--policy', 'nowhere.json'], /nowhere\.json: there is no such file/],
    [['--policy', '.'], /it is a folder/],
    [['--policy', 'broken.json'], /broken\.json, line 2: a closing brace is missing/],
    [['--policy', 'list.json'], /list\.json: the policy is \[\]; use an object/],
    [['--policy', 'wrong.json'], /entries\.486\[0\]\.do is "giveup" \(did you mean "giveUp"\?\)/],
    [['--only', '401,'], /Use a final status code/],
    [['--only', '180'], /Use a final status code/],
    [
      ['--machine', 'invite-client-transaction', '--only', '401'],
      /--only: the chart of the invite-client-transaction is/,
    ],
    [['--machine', 'non-invite-client-transaction', '--policy', 'list.json'], /--policy: the chart of the non-invite/],
    [['--out', 'x.svg'], /unknown option '--out'/],
    [['x'], /too many arguments/],
  ])('refuses %j in one line', async (argv, sentence) => {
    const files = {
      'broken.json': '{\n',
      'list.json': '[]',
      'wrong.json': '{"extends":"rfc","entries":{"486":[{"do":"giveup"}]}}',
    };
    const { status, stdout, stderr } = await runProgram(['chart', ...argv], { files });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});
