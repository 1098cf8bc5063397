import { describe, expect, it } from 'vitest';
import { headerOf, invite, options, register, run, scenarioOf, server } from '../running.js';

const others = { uac: {}, requests: [options, { ...options, at: '1 s' }, { ...options, at: '2 s' }] };

describe('a script', () => {
  it('answers in order, provisional responses before the final one', async () => {
    const { ladder } = await run(
      scenarioOf(
        { ...invite, hangUpAfter: '1 h' },
        {
          script: [
            { status: 180, after: '100 ms' },
            { status: 183, after: '1 s' },
            { status: 486, after: '1 s' },
          ],
        },
      ),
    );
    expect(ladder).toEqual([
      '0 uac>server INVITE sip:bob@example.com',
      '120 server>uac 180 Ringing',
      '1120 server>uac 183 Session Progress',
      '2120 server>uac 486 Busy Here',
      '2140 uac>server ACK sip:bob@example.com',
    ]);
  });

  it('goes on to the next step with the next request, and repeats one as often as it says', async () => {
    const { flow } = await run({
      ...others,
      servers: [server('server', { script: [{ status: 404, times: 2 }, { status: 200 }] })],
    });
    expect(flow.filter((line) => line !== 'OPTIONS')).toEqual(['404 Not Found', '404 Not Found', '200 OK']);
  });

  it('answers until the request is as the script wants it', async () => {
    const { flow, messages } = await run(
      scenarioOf(register, {
        script: [
          { status: 423, headers: { 'Min-Expires': 600 }, until: { Expires: { atLeast: 600 } } },
          { status: 200, times: 'always' },
        ],
      }),
    );
    expect(flow).toEqual(['REGISTER', '423 Interval Too Brief', 'REGISTER', '200 OK']);
    expect(messages[2] && headerOf(messages[2], 'Expires')).toBe('600');
  });

  it('leaves a step for the request that it is for', async () => {
    const { flow } = await run({
      requests: [options, { method: 'MESSAGE', uri: 'sip:example.com', at: '1 s' }],
      servers: [
        server('server', {
          script: [
            { status: 486, when: { method: 'MESSAGE' } },
            { status: 200, times: 'always' },
          ],
        }),
      ],
    });
    expect(flow).toEqual(['OPTIONS', '200 OK', 'MESSAGE', '486 Busy Here']);
  });

  it('says nothing where it is silent, and the client asks again', async () => {
    const { flow, messages } = await run(scenarioOf(options, { script: [{ silence: true }, { status: 200 }] }));
    expect(flow.filter((line) => line === 'OPTIONS').length).toBeGreaterThan(5);
    expect(messages.find(({ from }) => from === 'server')?.at).toBeGreaterThan(32_000);
  });

  it('accepts a BYE that it does not mention, and answers one that it does', async () => {
    const { flow } = await run(
      scenarioOf(invite, { script: [{ status: 200 }, { status: 481, when: { method: 'BYE' } }] }),
    );
    expect(flow).toEqual(['INVITE', '200 OK', 'ACK', 'BYE', '481 Call/Transaction Does Not Exist']);
  });

  it('hangs up by itself after the ACK, and notifies a subscriber at once', async () => {
    const { ladder } = await run({
      requests: [
        { ...invite, hangUpAfter: '1 min' },
        { method: 'SUBSCRIBE', uri: 'sip:bob@example.com', at: '10 s', headers: { Event: 'presence' } },
      ],
      servers: [
        server('bob', {
          script: [
            { status: 200 },
            { send: 'BYE', after: '2 s' },
            { status: 200 },
            { send: 'NOTIFY', headers: { Event: 'presence', 'Subscription-State': 'active' } },
          ],
        }),
      ],
    });
    expect(ladder.slice(2)).toEqual([
      '40 uac>bob ACK sip:bob@192.0.2.10:5060',
      '2060 bob>uac BYE sip:alice@198.51.100.7:5060',
      '2080 uac>bob 200 OK',
      '10000 uac>bob SUBSCRIBE sip:bob@example.com',
      '10020 bob>uac 200 OK',
      '10020 bob>uac NOTIFY sip:alice@198.51.100.7:5060',
      '10040 uac>bob 200 OK',
    ]);
  });
});

describe('a server transaction', () => {
  /** Half of the datagrams are lost: every retransmission rule has something to do. */
  const lossy = { loss: 0.5 };

  it('takes a retransmission for what it is: the script goes on with new requests alone (RFC 3261 §17.2)', async () => {
    let again = 0;
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { outcomes, messages } = await run(
        { ...scenarioOf(options, { script: [{ status: 486 }] }), network: lossy },
        { seed },
      );
      // A second new request would have found the script at its end.
      again += messages.filter(({ retransmission, arrivals }) => retransmission && arrivals.length > 0).length;
      expect(outcomes).toMatchObject([{ outcome: 'gaveUp', status: 486, attempts: 1 }]);
    }
    expect(again).toBeGreaterThan(5);
  });

  it('repeats a refusal of an INVITE until the ACK comes, at intervals that double up to T2 (timer G)', async () => {
    const { messages } = await run({
      ...scenarioOf(invite, { script: [{ status: 486 }] }),
      // The ACK is what is lost: everything from the UAC but the INVITE.
      network: { loss: 0 },
      servers: [server('server', { script: [{ status: 486 }] })],
    });
    expect(messages.filter(({ summary }) => summary === '486 Busy Here')).toHaveLength(1);
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const { messages: sent } = await run(
        { ...scenarioOf(invite, { script: [{ status: 486 }] }), network: lossy },
        { seed },
      );
      const refusals = sent.filter(({ summary }) => summary === '486 Busy Here').map(({ at }) => at);
      const acks = sent.filter(({ summary, arrivals }) => summary.startsWith('ACK') && arrivals.length > 0);
      const acknowledged = acks[0]?.arrivals[0] ?? Infinity;
      // Once the ACK is there, nothing is repeated.
      expect(refusals.filter((at) => at > acknowledged)).toEqual([]);
    }
  });

  it('repeats a 2xx until its ACK comes, over TCP too (RFC 3261 §13.3.1.4)', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { messages, outcomes } = await run(
        {
          ...scenarioOf({ ...invite, hangUpAfter: '1 h' }, { script: [{ status: 200, times: 'always' }] }),
          network: { loss: 0.4 },
          stopAfter: '1 min',
        },
        { seed },
      );
      const acks = messages.filter(({ summary, arrivals }) => summary.startsWith('ACK') && arrivals.length > 0);
      const ends = acks[0]?.arrivals[0] ?? Infinity;
      expect(messages.filter(({ summary, at }) => summary === '200 OK' && at > ends)).toEqual([]);
      expect(outcomes).toMatchObject([{ outcome: 'accepted' }]);
    }
  });

  it('ends a call with a BYE whose 2xx was not acknowledged for 64*T1 (RFC 3261 §13.3.1.4)', async () => {
    let unacknowledged = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const scenario = scenarioOf({ ...invite, hangUpAfter: '1 h' }, { script: [{ status: 200, times: 'always' }] });
      const { messages, transcript } = await run(
        { ...scenario, network: { loss: 0.85 }, stopAfter: '3 min' },
        { seed },
      );
      const answers = messages
        .filter(({ from, summary }) => from === 'server' && summary === '200 OK')
        .map(({ at }) => at);
      const isAcknowledged = messages.some(({ summary, arrivals }) => summary.startsWith('ACK') && arrivals.length > 0);
      const byes = messages.filter(({ from, summary }) => from === 'server' && summary.startsWith('BYE'));
      const gaveUp = transcript.events.filter((event) => event.type === 'party' && event.does.includes('ACK'));
      const [first] = answers;
      if (first === undefined || isAcknowledged) {
        expect([seed, byes.length, gaveUp.length]).toEqual([seed, 0, 0]);
        continue;
      }
      unacknowledged += 1;
      const intervals = answers.slice(1).map((at, index) => at - (answers[index] ?? 0));
      expect(intervals).toEqual([500, 1_000, 2_000, 4_000, 4_000, 4_000, 4_000, 4_000, 4_000, 4_000]);
      expect(byes[0]).toMatchObject({ at: first + 32_000 });
      expect(byes[0] && headerOf(byes[0], 'CSeq')).toBe('1 BYE');
      expect(gaveUp).toMatchObject([{ at: first + 32_000, party: 'server', does: 'gives up waiting for an ACK' }]);
    }
    expect(unacknowledged).toBeGreaterThan(5);
  });

  it('answers an INVITE that takes longer than 200 ms with a 100 (RFC 3261 §17.2.1)', async () => {
    const { ladder } = await run(scenarioOf(invite, { script: [{ status: 486, after: '1 s' }] }));
    expect(ladder.slice(1, 3)).toEqual(['220 server>uac 100 Trying', '1020 server>uac 486 Busy Here']);
  });

  it('tells a To tag in every response but a 100, the same in all of one call (RFC 3261 §8.2.6.2)', async () => {
    const { messages } = await run(
      scenarioOf(invite, { script: [{ status: 100 }, { status: 180 }, { status: 200, after: '1 s' }] }),
    );
    const tags = messages
      .filter(({ from }) => from === 'server')
      .slice(0, 3)
      .map((message) => /;tag=(\w+)/.exec(headerOf(message, 'To') ?? '')?.[1]);
    expect(tags[0]).toBeUndefined();
    expect(tags[1]).toMatch(/^\w{16}$/);
    expect(tags[2]).toBe(tags[1]);
  });
});
