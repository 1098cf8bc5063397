import { describe, expect, it } from 'vitest';
import type { ScenarioInput } from '../../src/simulator/scenario.js';
import { register, run, scenarioOf } from './running.js';

const scenario = scenarioOf(register, {
  script: [
    { status: 500, headers: { 'Retry-After': 5 } },
    { status: 200, times: 'always' },
  ],
});

const expecting = async (expect: NonNullable<ScenarioInput['expect']>) => {
  const { checks } = await run({ ...scenario, expect });
  return checks;
};

describe('checkExpectations', () => {
  it('finds nothing where nothing is expected', async () => {
    expect((await run(scenario)).checks).toEqual([]);
  });

  it('holds what is so', async () => {
    const checks = await expecting({
      outcome: { register: 'accepted' },
      status: 200,
      attempts: 2,
      decisions: [
        { status: 500, action: 'wait', delay: { atLeast: '5 s', atMost: '6 s' } },
        { action: 'accept', request: 'register' },
      ],
      sent: [{ method: 'REGISTER', Expires: 300 }, { method: 'REGISTER' }],
      neverSent: [{ Authorization: true }, { Expires: { atMost: 299 } }],
      noEarlierThan: [{ attempt: 2, after: '5 s' }],
      noLaterThan: [{ attempt: 2, after: '6 s' }],
      within: '1 min',
      counts: { sent: 2, received: 2, lost: 0, decisions: { atLeast: 2 }, transactions: { atLeast: 1, atMost: 2 } },
    });
    expect(checks.filter(({ held }) => !held)).toEqual([]);
    expect(checks.length).toBe(18);
  });

  it.each<[NonNullable<ScenarioInput['expect']>, string]>([
    [{ outcome: 'gaveUp' }, 'the outcome of "register" is gaveUp; it is accepted'],
    [{ status: 500 }, 'the last status of "register" is 500; it is 200'],
    [{ reason: 'busy' }, '"register" is given up for busy; it is missing'],
    [{ attempts: { atMost: 1 } }, 'attempts of "register": at most 1; it is 2'],
    [{ decisions: [{ status: 500 }] }, 'decisions listed: 1; it is 2'],
    [
      { decisions: [{ status: 500, action: 'giveUp' }, {}] },
      'decision 1 is status 500, action giveUp; it is status 500, action wait, rule 500#3',
    ],
    [{ sent: [{ method: 'INVITE' }] }, 'request 1 that is sent is {"method":"INVITE"}; it is not sent in this order'],
    [{ neverSent: [{ Expires: 300 }] }, '{"Expires":300} is never sent; it is REGISTER sip:example.com'],
    [
      { noEarlierThan: [{ attempt: 2, after: '10 min' }] },
      'attempt 2 of "register" comes 600000 ms after the response, or later; it is',
    ],
    [
      { noLaterThan: [{ attempt: 3, after: '1 ms' }] },
      'attempt 3 of "register" comes 1 ms after the response, or earlier; it is missing',
    ],
    [{ within: '1 s' }, 'everything has ended within 1000 ms; it is'],
    [{ counts: { sent: 7 } }, 'count "sent": 7; it is 2'],
  ])('says of %j: %s', async (expectation, sentence) => {
    const failed = (await expecting(expectation)).filter(({ held }) => !held);
    expect(failed).toHaveLength(1);
    expect(failed[0]?.sentence.startsWith(sentence), failed[0]?.sentence).toBe(true);
  });

  it('takes requests that are sent in their order alone', async () => {
    const checks = await expecting({ sent: [{ CSeq: 2 }, { CSeq: 1 }] });
    expect(checks.map(({ held }) => held)).toEqual([true, false]);
  });
});
