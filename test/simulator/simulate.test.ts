import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/simulator/simulate.js';
import type { ScenarioInput } from '../../src/simulator/scenario.js';
import { alice, invite, options, register, run, scenarioOf, server } from './running.js';

const registration: ScenarioInput = {
  uac: { credentials: [alice] },
  requests: [{ ...register, expires: 60 }],
  servers: [
    server('registrar', { behaviour: { type: 'registrar', minExpires: 600, challenge: { realm: 'example.com' } } }),
  ],
};

const chancy: ScenarioInput = {
  uac: { credentials: [alice] },
  requests: [register, invite, { ...options, at: '3 s' }],
  servers: [server('server', { behaviour: { type: 'hostile' } })],
  network: { latency: '20 ms', spread: '15 ms', loss: 0.2, duplication: 0.1, reordering: 0.1 },
};

describe('simulate', () => {
  it('runs a registration through 401 and 423 to its 200 (RFC 3261 §10.2.8, §22.2)', async () => {
    const { ladder, actions, outcomes, transcript } = await run(registration);
    expect(ladder).toEqual([
      '0 uac>registrar REGISTER sip:example.com',
      '20 registrar>uac 401 Unauthorized',
      '40 uac>registrar REGISTER sip:example.com',
      '60 registrar>uac 423 Interval Too Brief',
      '80 uac>registrar REGISTER sip:example.com',
      '100 registrar>uac 200 OK',
    ]);
    expect(actions).toEqual(['401 authenticate', '423 raiseInterval', '200 accept']);
    expect(outcomes).toMatchObject([{ request: 'register', outcome: 'accepted', status: 200, attempts: 3, at: 120 }]);
    expect(transcript.counts).toEqual({
      sent: 3,
      received: 3,
      retransmitted: 0,
      lost: 0,
      decisions: 3,
      transactions: 3,
    });
    expect(transcript.parties).toEqual([
      { id: 'uac', role: 'uac', host: '198.51.100.7', port: 5060 },
      { id: 'registrar', role: 'server', host: '192.0.2.10', port: 5060 },
    ]);
  });

  it('says of each message whose request it belongs to, the first one included', async () => {
    const { messages } = await run({ ...chancy, seed: 4 });
    expect(new Set(messages.map(({ request }) => request))).toEqual(new Set(['register', 'invite', 'options']));
  });

  it('gives the same transcript for the same seed, octet for octet, and another one for another seed', async () => {
    const [one, again, other] = await Promise.all([5, 5, 6].map((seed) => simulate(chancy, { seed })));
    expect(JSON.stringify(again)).toBe(JSON.stringify(one));
    expect(JSON.stringify(other?.events)).not.toBe(JSON.stringify(one?.events));
    expect(one?.seed).toBe(5);
  });

  it('takes the seed of the scenario where none is given', async () => {
    const { seed } = await simulate({ ...chancy, seed: 9 });
    expect(seed).toBe(9);
  });

  it('keeps the order of time, and ends with the last thing that happens', async () => {
    const { transcript } = await run({ ...chancy, seed: 11 });
    const moments = transcript.events.map(({ at }) => at);
    expect(moments).toEqual([...moments].sort((one, other) => one - other));
    expect(transcript.endedAt).toBeGreaterThanOrEqual(moments.at(-1) ?? 0);
  });

  it('has no password, HA1 or digest response anywhere in a transcript', async () => {
    const { transcript } = await run(registration);
    const text = JSON.stringify(transcript);
    expect(text).toContain('Authorization: Digest');
    expect(text).toContain('response=\\"•••\\"');
    expect(text).not.toMatch(/wonderland|password|ha1/i);
    // A digest has 32 digits, and nothing else in a transcript does.
    expect(text).not.toMatch(/[0-9a-f]{32}/i);
  });

  it('shows the charts of request, transactions, server and network, in the transcript and to an inspector', async () => {
    const seen: string[] = [];
    const { transcript } = await run(registration, {
      inspect: (event) => void seen.push(JSON.stringify(keysOf(event))),
    });
    const actors = new Set(transcript.events.flatMap((event) => (event.type === 'state' ? [event.actor] : [])));
    expect(actors).toEqual(
      new Set([
        'network',
        'server registrar',
        'request register',
        'request register / client transaction 1',
        'request register / client transaction 2',
        'request register / client transaction 3',
        'server registrar / server transaction 1',
        'server registrar / server transaction 2',
        'server registrar / server transaction 3',
      ]),
    );
    expect(seen.length).toBeGreaterThan(50);
  });

  it('shows an inspector nothing that is secret', async () => {
    const seen: string[] = [];
    await run(registration, {
      inspect: (event) => {
        const { event: told, snapshot } = event as { event?: unknown; snapshot?: { context?: unknown } };
        seen.push(JSON.stringify([told, snapshot?.context]));
      },
    });
    const text = seen.join('\n');
    expect(text).toContain('"challenges"');
    expect(text).not.toMatch(/wonderland|response=/);
    expect(text).not.toMatch(/[0-9a-f]{32}/);
  });

  it('tells timers as they fire', async () => {
    const { transcript } = await run({
      ...scenarioOf(options, { script: [{ silence: true, times: 'always' }] }),
      uac: { limits: { maxAttempts: 1 } },
    });
    const fired = transcript.events.flatMap((event) =>
      event.type === 'timer' && event.party === 'uac' ? [`${event.timer} ${event.at}`] : [],
    );
    expect(fired.slice(0, 4)).toEqual(['E 500', 'E 1500', 'E 3500', 'E 7500']);
    expect(fired).toContain('F 32000');
  });

  it('stops at stopAfter, and says of what has no outcome that it is unfinished', async () => {
    const { outcomes, transcript } = await run({
      ...scenarioOf(options, { script: [{ silence: true, times: 'always' }] }),
      stopAfter: '10 s',
    });
    expect(outcomes).toMatchObject([{ outcome: 'unfinished', at: 10_000, attempts: 1 }]);
    expect(transcript.endedAt).toBe(10_000);
  });

  it('sends each request at its moment, under its id', async () => {
    const { messages } = await run({
      requests: [options, { ...options, at: '5 s' }, { ...options, id: 'last', at: '1 min' }],
      servers: [server('server', { script: [{ status: 200, times: 'always' }] })],
    });
    const sent = messages.filter(({ from }) => from === 'uac');
    expect(sent.map(({ at, request }) => `${request ?? ''} ${at}`)).toEqual([
      'options 0',
      'options-2 5000',
      'last 60000',
    ]);
  });

  it('begins at the date that the scenario gives', async () => {
    const { transcript } = await run({
      ...scenarioOf(options, { script: [{ status: 200 }] }),
      startAt: '2026-03-01T12:00:00Z',
    });
    expect(new Date(transcript.startedAt).toISOString()).toBe('2026-03-01T12:00:00.000Z');
  });
});

describe('the user of a simulation', () => {
  const gateway = server('gateway', { behaviour: { type: 'gateway', numbers: ['+4930123'] } });

  it('dials on when asked, after the time that it takes (RFC 3578)', async () => {
    const { ladder, transcript } = await run({
      requests: [{ ...invite, uri: 'sip:+4930@example.com', answers: { digits: ['12', '3'], after: '700 ms' } }],
      servers: [gateway],
    });
    expect(ladder.filter((line) => line.includes('uac>gateway INVITE'))).toEqual([
      '0 uac>gateway INVITE sip:+4930@example.com',
      '740 uac>gateway INVITE sip:+493012@example.com',
      '1480 uac>gateway INVITE sip:+4930123@example.com',
    ]);
    const answers = transcript.events.filter(({ type }) => type === 'answer');
    expect(answers).toMatchObject([
      { at: 740, answer: 'dials 12' },
      { at: 1480, answer: 'dials 3' },
    ]);
  });

  it('has said everything when the digits are used up', async () => {
    const { outcomes } = await run({
      requests: [{ ...invite, uri: 'sip:+4930@example.com', answers: { digits: ['1'] } }],
      servers: [gateway],
    });
    expect(outcomes).toMatchObject([{ outcome: 'gaveUp', status: 484, attempts: 2 }]);
  });

  it('gives another body where one is not understood (RFC 3261 §21.4.13)', async () => {
    const { actions, messages } = await run(
      scenarioOf(
        {
          method: 'MESSAGE',
          uri: 'sip:bob@example.com',
          body: { type: 'text/html', text: '<p>Hi' },
          answers: { bodies: [{ type: 'text/plain', text: 'Hi' }] },
        },
        { script: [{ status: 415, headers: { Accept: 'text/plain' } }, { status: 200 }] },
      ),
    );
    expect(actions).toEqual(['415 changeContent', '200 accept']);
    expect(messages[2]?.text).toMatch(/Content-Type: text\/plain[^]*\r\n\r\nHi$/);
  });

  it('cancels a call that rings: CANCEL, 200, 487, ACK (RFC 3261 §9)', async () => {
    const { flow, outcomes } = await run(
      scenarioOf(
        { ...invite, cancelAfter: '3 s' },
        {
          script: [
            { status: 180, after: '100 ms' },
            { status: 200, after: '30 s' },
          ],
        },
      ),
    );
    expect(flow).toEqual(['INVITE', '180 Ringing', 'CANCEL', '200 OK', '487 Request Terminated', 'ACK']);
    expect(outcomes).toMatchObject([{ outcome: 'cancelled', reason: 'cancelled' }]);
  });

  it('hangs up after hangUpAfter, and the server accepts the BYE that its script does not mention', async () => {
    const { ladder } = await run(scenarioOf({ ...invite, hangUpAfter: '5 s' }, { script: [{ status: 200 }] }));
    expect(ladder).toEqual([
      '0 uac>server INVITE sip:bob@example.com',
      '20 server>uac 200 OK',
      '40 uac>server ACK sip:server@192.0.2.10:5060',
      '5040 uac>server BYE sip:server@192.0.2.10:5060',
      '5060 server>uac 200 OK',
    ]);
  });
});

describe('a registration that is kept', () => {
  const kept: ScenarioInput = {
    uac: { credentials: [alice] },
    requests: [{ ...register, expires: 600, keep: true, unregisterAfter: '30 min' }],
    servers: [server('registrar', { behaviour: { type: 'registrar' } })],
  };

  it('is refreshed, and removed when the scenario says so (RFC 3261 §10.2)', async () => {
    const { outcomes, messages } = await run(kept);
    const sent = messages.filter(({ from }) => from === 'uac');
    expect(outcomes.every(({ outcome }) => outcome === 'accepted')).toBe(true);
    expect(sent.length).toBeGreaterThanOrEqual(4);
    expect(sent.at(-1)?.at).toBe(1_800_000);
    expect(sent.at(-1)?.text).toMatch(/expires=0|Expires: 0/i);
  });

  it('comes back after an outage, later and later (RFC 5626 §4.5)', async () => {
    const [registrar] = kept.servers;
    const { transcript, outcomes } = await run({
      ...kept,
      requests: [{ ...register, expires: 600, keep: true }],
      servers: registrar === undefined ? [] : [{ ...registrar, down: [{ from: '1 min', for: '1 h' }] }],
      stopAfter: '2 h',
    });
    const waits = transcript.events.flatMap((event) =>
      event.type === 'wait' && event.for === 'policy' && event.until !== null ? [event.until - event.at] : [],
    );
    expect(waits.length).toBeGreaterThan(3);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1_800_000);
    expect(outcomes.filter(({ at }) => at > 3_660_000).length).toBeGreaterThan(0);
  });
});

function keysOf(event: object): readonly string[] {
  return Object.keys(event);
}
