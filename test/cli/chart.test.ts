import { describe, expect, it } from 'vitest';
import { runProgram } from './run-program.js';

describe('sip-retry chart', () => {
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
  ])('refuses %j in one line', async (argv, sentence) => {
    const { status, stdout, stderr } = await runProgram(['chart', ...argv]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});
