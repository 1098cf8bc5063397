import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fateOf } from '../../../src/simulator/network/fate.js';
import { seededRandom } from '../../../src/timing/random.js';
import { options, run, server } from '../running.js';

const okay = { script: [{ status: 200, times: 'always' as const }] };

describe('the network', () => {
  it('loses, doubles and holds back as large a part as it should', () => {
    const random = seededRandom(7);
    const draws = 20_000;
    const fates = Array.from({ length: draws }, () =>
      fateOf({ latency: 20, loss: 0.1, duplication: 0.2, reordering: 0.3 }, false, random),
    );
    const part = (is: (delays: readonly number[]) => boolean): number => fates.filter(is).length / draws;
    expect(part(({ length }) => length === 0)).toBeCloseTo(0.1, 1);
    expect(part(({ length }) => length === 2)).toBeCloseTo(0.9 * 0.2, 1);
    expect(part(({ length, 0: first }) => length === 1 && first === 40)).toBeCloseTo(0.9 * 0.8 * 0.3, 1);
  });

  it('never takes less than its latency, nor more than spread and a hold allow', () => {
    const chance = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({ latency: fc.nat(500), spread: fc.nat(500), loss: chance, duplication: chance, reordering: chance }),
        fc.boolean(),
        fc.integer(),
        (network, isReliable, seed) => {
          const delays = fateOf(network, isReliable, seededRandom(seed));
          expect(delays.length).toBeLessThanOrEqual(isReliable ? 1 : 2);
          if (isReliable) expect(delays).toHaveLength(1);
          for (const delay of delays) {
            expect(delay).toBeGreaterThanOrEqual(network.latency);
            expect(delay).toBeLessThanOrEqual(2 * network.latency + network.spread + 10);
          }
        },
      ),
    );
  });

  it('loses nothing over TCP, and keeps the order of a stream', async () => {
    const { messages, transcript } = await run({
      requests: Array.from({ length: 20 }, (_, index) => ({
        ...options,
        uri: 'sip:example.com;transport=tcp',
        at: index,
      })),
      servers: [server('server', okay)],
      network: { spread: '100 ms', loss: 0.5, duplication: 0.5, reordering: 0.5 },
    });
    expect(transcript.counts).toMatchObject({ lost: 0, retransmitted: 0, sent: 20, received: 20 });
    const arrivals = messages.filter(({ from }) => from === 'uac').flatMap(({ arrivals: moments }) => moments);
    expect(arrivals).toEqual([...arrivals].sort((one, other) => one - other));
  });

  it('opens a connection in a round trip, one of TLS in two', async () => {
    const opening = async (uri: string): Promise<number | undefined> => {
      const { messages } = await run({
        requests: [{ ...options, uri }],
        servers: [server('server', { ...okay, transports: ['UDP', 'TCP', 'TLS'] })],
      });
      return messages[0]?.at;
    };
    expect(await opening('sip:example.com')).toBe(0);
    expect(await opening('sip:example.com;transport=tcp')).toBe(40);
    expect(await opening('sips:example.com')).toBe(80);
  });

  it('sends a request of more than 1300 octets over TCP (RFC 3261 §18.1.1)', async () => {
    const { messages } = await run({
      requests: [{ ...options, headers: { 'X-Large': 'x'.repeat(1_200) } }],
      servers: [server('server', okay)],
    });
    expect(messages.map(({ transport }) => transport)).toEqual(['TCP', 'TCP']);
  });

  it('loses what is sent to a server that is down, and refuses connections to it', async () => {
    const down = [{ from: 0 }];
    const udp = await run({ requests: [options], servers: [server('server', { ...okay, down })] });
    expect(new Set(udp.messages.map(({ lost }) => lost))).toEqual(new Set(['down']));
    const tcp = await run({
      requests: [{ ...options, uri: 'sip:example.com;transport=tcp' }],
      servers: [server('server', { ...okay, down })],
    });
    expect(new Set(tcp.messages.map(({ lost }) => lost))).toEqual(new Set(['refused']));
  });

  it('tries the next server of the domain, by priority (RFC 3263 §4.3)', async () => {
    const { ladder } = await run({
      requests: [{ ...options, uri: 'sip:example.com;transport=tcp' }],
      servers: [
        server('second', { ...okay, priority: 2 }, '192.0.2.12'),
        server('first', { ...okay, priority: 1, down: [{ from: 0 }] }, '192.0.2.11'),
      ],
    });
    expect(ladder).toEqual([
      '40 uac>first OPTIONS sip:example.com;transport=tcp',
      '80 uac>second OPTIONS sip:example.com;transport=tcp',
      '100 second>uac 200 OK',
    ]);
  });

  it('shows an address where no server is', async () => {
    const { transcript, outcomes } = await run({
      requests: [{ ...options, uri: 'sip:192.0.2.99:5070' }],
      servers: [server('server', okay)],
    });
    expect(transcript.parties.at(-1)).toMatchObject({ id: '192.0.2.99:5070', role: 'server' });
    expect(outcomes).toMatchObject([{ outcome: 'gaveUp', status: 408 }]);
  });
});
