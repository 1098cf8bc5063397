import { describe, expect, it } from 'vitest';
import { ScenarioFault } from '../../src/simulator/scenario-fault.js';
import { simulate } from '../../src/simulator/simulate.js';
import { readScenario } from '../../src/simulator/read-scenario.js';
import { options, register, scenarioOf, server } from './running.js';

describe('a scenario that cannot be run to its end', () => {
  it('names the server and the line of a script that ends before the call does', async () => {
    const text = [
      'requests: [{ method: REGISTER, uri: sip:example.com, expires: 60 }]',
      'servers:',
      '  - name: registrar',
      '    host: 192.0.2.10',
      '    domain: example.com',
      '    script:',
      '      - { status: 423, headers: { Min-Expires: 600 } }',
    ].join('\n');
    const read = readScenario(text);
    if (read.kind !== 'scenario') throw new Error('unreadable');
    await expect(simulate(read.scenario, { lineOf: read.lineOf })).rejects.toThrow(
      'line 6: the script of the server "registrar" ends before the call does: no step is left for its request 2, ' +
        'REGISTER sip:example.com; expected one more step, or a last one with "times: always"',
    );
  });

  it('names it for a provisional answer without a final one', async () => {
    await expect(simulate(scenarioOf(options, { script: [{ status: 100 }] }))).rejects.toThrow(
      'no final answer is left for its request 1, OPTIONS sip:example.com',
    );
  });

  it('says what kept going on when there are more events than maxEvents', async () => {
    const endless = {
      requests: [{ ...register, expires: 60, keep: true as const }],
      servers: [server('registrar', { script: [{ status: 200, times: 'always' as const }] })],
      stopAfter: '365 d',
      maxEvents: 2_000,
    };
    const failed = await simulate(endless).catch((cause: unknown) => cause);
    expect(failed).toBeInstanceOf(ScenarioFault);
    expect(String(failed)).toMatch(
      /has not ended after 2000 events: the request "register" is in state \w+, what passed last was (?:200 OK|REGISTER sip:example.com); expected an earlier stopAfter, or more maxEvents/,
    );
  });

  it('says what kept going on when it takes more than a week', async () => {
    const failed = await simulate({
      uac: { limits: { maxWaitMs: 1e10, maxAttempts: 1000 } },
      requests: [options],
      servers: [server('server', { script: [{ status: 503, headers: { 'Retry-After': 90_000 }, times: 'always' }] })],
    }).catch((cause: unknown) => cause);
    expect(String(failed)).toMatch(/has not ended after 7 days: the request "options" is in state .*stopAfter/);
  });

  it('is a mistake of the program that gives it, when it is no scenario', async () => {
    await expect(simulate({ requests: [], servers: [] })).rejects.toMatchObject({
      code: 'badScenario',
      message: 'requests is a list; expected a list that is not empty.',
    });
  });
});
