import { describe, expect, it } from 'vitest';
import { invite, options, run, server } from '../running.js';

describe('a server that goes down', () => {
  it('sends nothing while it is down: no repetition, no answer that was due (RFC 3261 §17.2)', async () => {
    const { messages, transcript } = await run({
      requests: [invite, { ...options, at: '100 ms' }],
      servers: [
        server('server', {
          script: [
            { status: 180, when: { method: 'INVITE' } },
            { status: 200, after: '5 s', times: 'always' },
          ],
          down: [{ from: '1 s', for: '20 s' }],
        }),
      ],
      network: { loss: 0.3 },
      seed: 2,
      stopAfter: '1 min',
    });
    const silent = messages.filter(({ from, at }) => from === 'server' && at >= 1_000 && at < 21_000);
    expect(silent).toEqual([]);
    const parties = transcript.events.flatMap((event) => (event.type === 'party' ? [`${event.at} ${event.does}`] : []));
    expect(parties).toEqual(['1000 goes down', '21000 is back']);
  });

  it('knows nothing of its transactions when it is back: a retransmission is a new request', async () => {
    const { ladder } = await run({
      requests: [options],
      servers: [
        server('server', {
          script: [{ status: 486, after: '10 s' }, { status: 200 }],
          down: [{ from: '1 s', for: '1 s' }],
        }),
      ],
    });
    expect(ladder.filter((line) => line.includes('server>uac'))).toEqual(['3520 server>uac 200 OK']);
  });

  it('shows its states to an inspector: up, down, up', async () => {
    const { transcript } = await run({
      requests: [options],
      servers: [server('server', { script: [{ status: 200 }], down: [{ from: '1 s', for: '1 s' }] })],
    });
    const states = transcript.events.flatMap((event) =>
      event.type === 'state' && event.actor === 'server server' ? [event.state] : [],
    );
    expect(states).toEqual(['up.serving', 'down', 'up.serving']);
  });
});
