import { Registerer } from 'sip.js';
import { Timers } from 'sip.js/lib/core/timers.js';
import { describe, expect, it } from 'vitest';
import { secret } from '../../../src/digest/secret.js';
import { connected, inTurn, proxyAsks, registrarAsks } from './connected.js';
import { authorizationOf } from './digest-check.js';
import { credentials, PASSWORD, registerOf, running, uri, virtualTime } from './user-agents.js';
import { row } from './web-socket-server.js';

describe('REGISTER over SIP.js', () => {
  it('passes 401, then 407, then is accepted, with one Call-ID and rising CSeq (RFC 3261 §22.2, §22.3)', async () => {
    const { server, agent } = await connected(
      inTurn([{ status: 401, headers: [registrarAsks] }], [{ status: 407, headers: [proxyAsks] }], [{ status: 200 }]),
    );
    const { core } = virtualTime({ credentials });
    const { outcome, told } = running(registerOf(agent), { userAgentCore: agent.ua.userAgentCore, core });
    expect(await outcome).toMatchObject({ type: 'accepted', attempts: 3, limitations: [], response: { status: 200 } });
    const [first, second, third] = server.received;
    expect(server.received.map((request) => row(request, 'CSeq'))).toEqual(['1 REGISTER', '2 REGISTER', '3 REGISTER']);
    expect(new Set(server.received.map((request) => row(request, 'Call-ID'))).size).toBe(1);
    expect(new Set(server.received.map((request) => row(request, 'From'))).size).toBe(1);
    expect(new Set(server.received.map((request) => row(request, 'Via'))).size).toBe(3);
    expect(row(first, 'Authorization')).toBeUndefined();
    expect(authorizationOf(second, 'Authorization', PASSWORD)).toMatchObject({ isRight: true, algorithm: 'SHA-256' });
    expect(authorizationOf(third, 'Authorization', PASSWORD)).toMatchObject({ isRight: true });
    expect(authorizationOf(third, 'Proxy-Authorization', PASSWORD)).toMatchObject({ isRight: true });
    expect(told.filter(({ type }) => type === 'send').map(({ changed }) => changed)).toEqual([
      [],
      ['CSeq', 'Authorization'],
      ['CSeq', 'Authorization', 'Proxy-Authorization'],
    ]);
  });

  it('sees every challenge of a response, of which SIP.js keeps one (RFC 3261 §22.3)', async () => {
    const weak = ['WWW-Authenticate', 'Digest realm="example.com", nonce="n0", qop="auth", algorithm=MD5'] as const;
    const { server, agent } = await connected(
      inTurn([{ status: 401, headers: [registrarAsks, weak] }], [{ status: 200 }]),
    );
    const { core } = virtualTime({ credentials });
    const { outcome } = running(registerOf(agent), { userAgentCore: agent.ua.userAgentCore, core });
    expect((await outcome).type).toBe('accepted');
    expect(authorizationOf(server.received[1], 'Authorization', PASSWORD)).toMatchObject({
      algorithm: 'SHA-256',
      isRight: true,
    });
  });

  it('makes one guess with a wrong password, and SIP.js none of its own (RFC 3261 §22.1)', async () => {
    const { server, agent } = await connected(
      (_request, number) => [
        { status: 401, headers: [[registrarAsks[0], registrarAsks[1].replace('n1', `n${number}`)]] },
      ],
      { authorizationUsername: 'alice', authorizationPassword: 'SIP.js has it, too' },
    );
    const { core } = virtualTime({ credentials: [{ username: 'alice', password: secret('wrong') }] });
    const { outcome } = running(registerOf(agent), { userAgentCore: agent.ua.userAgentCore, core });
    expect(await outcome).toMatchObject({ type: 'gaveUp', reason: 'credentialsRejected' });
    expect(server.received.map((request) => row(request, 'Authorization') !== undefined)).toEqual([false, true]);
  });

  it('leaves the authentication of other requests to SIP.js', async () => {
    const { agent } = await connected(
      (request) =>
        row(request, 'Authorization') === undefined ? [{ status: 401, headers: [registrarAsks] }] : [{ status: 403 }],
      { authorizationUsername: 'alice', authorizationPassword: PASSWORD },
    );
    const { configuration } = agent.ua.userAgentCore;
    const before = { ...configuration };
    const onMessage = agent.ua.transport.onMessage;
    const { core } = virtualTime({ credentials });
    expect(await running(registerOf(agent), { userAgentCore: agent.ua.userAgentCore, core }).outcome).toMatchObject({
      type: 'gaveUp',
    });
    expect({ ...configuration }).toEqual(before);
    expect(agent.ua.transport.onMessage).toBe(onMessage);
  });

  it('lets SIP.js authenticate a request of its own while one of ours is in flight', async () => {
    const md5 = ['WWW-Authenticate', 'Digest realm="example.com", nonce="n", qop="auth"'] as const;
    const { server, agent } = await connected(
      (request) => [row(request, 'Authorization') === undefined ? { status: 401, headers: [md5] } : { status: 200 }],
      { authorizationUsername: 'alice', authorizationPassword: PASSWORD },
    );
    const { userAgentCore } = agent.ua;
    const { outcome } = running(registerOf(agent), { userAgentCore, core: virtualTime().core });
    await new Promise<void>((resolve) => userAgentCore.register(registerOf(agent), { onAccept: () => resolve() }));
    expect(await outcome).toMatchObject({ type: 'gaveUp', reason: 'noCredentials', attempts: 1 });
    expect(authorizationOf(server.received.at(-1), 'Authorization', PASSWORD)?.isRight).toBe(true);
  });

  it('gives up after 403 (RFC 3261 §21.4.4)', async () => {
    const { server, agent } = await connected(inTurn([{ status: 403 }]));
    const { core } = virtualTime({ credentials });
    const { outcome } = running(registerOf(agent), { userAgentCore: agent.ua.userAgentCore, core });
    expect(await outcome).toMatchObject({ type: 'gaveUp', reason: 'forbidden', response: { status: 403 } });
    expect(server.received).toHaveLength(1);
  });

  it('raises the interval after 423, as far as Min-Expires says (RFC 3261 §10.2.8)', async () => {
    const { server, agent } = await connected(
      inTurn([{ status: 423, headers: [['Min-Expires', '1800']] }], [{ status: 200 }]),
    );
    const { outcome } = running(registerOf(agent), {
      userAgentCore: agent.ua.userAgentCore,
      core: virtualTime().core,
    });
    expect((await outcome).type).toBe('accepted');
    expect(server.received.map((request) => row(request, 'Expires'))).toEqual(['600', '1800']);
  });

  it.each([
    ['always raises Min-Expires', (number: number) => String(600 + number), 'attemptsExhausted', 3],
    ['answers Min-Expires: abc', () => 'abc', 'intervalRefused', 2],
  ] as const)(
    'is bounded against a registrar that %s, where SIP.js alone sends hundreds',
    async (_name, min, reason, bound) => {
      // The registrar has enough after as many requests of one Call-ID: SIP.js would never.
      const ENOUGH = 200;
      const counts = new Map<string, number>();
      let isGiven: () => void = () => undefined;
      const given = new Promise<void>((resolve) => (isGiven = resolve));
      const { server, agent } = await connected((request) => {
        const callId = row(request, 'Call-ID') ?? '';
        const number = (counts.get(callId) ?? 0) + 1;
        counts.set(callId, number);
        if (number <= ENOUGH) return [{ status: 423, headers: [['Min-Expires', min(number)]] }];
        isGiven();
        return [{ status: 403 }];
      });
      await new Registerer(agent.ua, { expires: 600, logConfiguration: false }).register();
      await given;
      expect([...counts.values()]).toEqual([ENOUGH + 1]);

      server.received.length = 0;
      const { outcome } = running(registerOf(agent), {
        userAgentCore: agent.ua.userAgentCore,
        core: virtualTime().core,
      });
      expect(await outcome).toMatchObject({ type: 'gaveUp', reason, response: { status: 423 } });
      expect(server.received).toHaveLength(bound);
    },
  );

  it('answers stale=true three times at most, with a nonce that is new each time (RFC 3261 §22.2)', async () => {
    const { server, agent } = await connected((_request, number) => [
      { status: 401, headers: [['WWW-Authenticate', `${registrarAsks[1].replace('n1', `n${number}`)}, stale=true`]] },
    ]);
    const { core } = virtualTime({ credentials });
    const { outcome } = running(registerOf(agent), { userAgentCore: agent.ua.userAgentCore, core });
    expect((await outcome).type).toBe('gaveUp');
    const sent = server.received.map((request) => authorizationOf(request, 'Authorization', PASSWORD));
    expect(sent.map((one) => one?.nonce)).toEqual([undefined, 'n1', 'n2', 'n3', 'n4']);
    expect(sent.slice(1).every((one) => one?.isRight)).toBe(true);
  });

  it('waits after 480 for as long as Retry-After says, and not a moment less (RFC 3261 §20.33)', async () => {
    const { server, agent } = await connected(
      inTurn([{ status: 480, headers: [['Retry-After', '90']] }], [{ status: 200 }]),
    );
    const { core, clock } = virtualTime();
    const { outcome, told, heard } = running(registerOf(agent), { userAgentCore: agent.ua.userAgentCore, core });
    await heard('wait');
    clock.advance(89_999);
    expect(told.filter(({ type }) => type === 'send')).toHaveLength(1);
    while (told.filter(({ type }) => type === 'send').length < 2) clock.advance(1_000);
    expect(clock.now()).toBeGreaterThanOrEqual(90_000);
    expect((await outcome).type).toBe('accepted');
    expect(server.received.map((request) => row(request, 'CSeq'))).toEqual(['1 REGISTER', '2 REGISTER']);
  });

  it('goes to the second server after 503, with the same Call-ID and From tag (RFC 3263 §4.3, RFC 3261 §10.2)', async () => {
    const one = await connected(inTurn([{ status: 503, headers: [['Retry-After', '60']] }]));
    const two = await connected(inTurn([{ status: 200 }]));
    const { outcome, told } = running(registerOf(one.agent), {
      servers: [
        { server: 'sip:one.example.com;transport=ws', userAgentCore: one.agent.ua.userAgentCore },
        { server: 'sip:two.example.com;transport=ws', userAgentCore: two.agent.ua.userAgentCore },
      ],
      core: virtualTime().core,
    });
    expect(await outcome).toMatchObject({ type: 'accepted', attempts: 2, limitations: [] });
    expect([one.server.received.length, two.server.received.length]).toEqual([1, 1]);
    for (const name of ['Call-ID', 'From', 'To', 'Contact', 'Expires', 'Supported', 'User-Agent']) {
      expect([name, row(two.server.received[0], name)]).toEqual([name, row(one.server.received[0], name)]);
    }
    expect(row(two.server.received[0], 'CSeq')).toBe('2 REGISTER');
    expect(told.filter(({ type }) => type === 'send').map(({ server }) => server)).toEqual([
      'sip:one.example.com;transport=ws',
      'sip:two.example.com;transport=ws',
    ]);
  });

  it('goes to the second server when the first is not connected (RFC 3261 §8.1.3.1, §17.1.4)', async () => {
    const one = await connected(inTurn([{ status: 200 }]));
    const two = await connected(inTurn([{ status: 200 }]));
    await one.agent.ua.transport.disconnect();
    const { outcome } = running(registerOf(one.agent), {
      servers: [
        { server: 'sip:one.example.com', userAgentCore: one.agent.ua.userAgentCore },
        { server: 'sip:two.example.com', userAgentCore: two.agent.ua.userAgentCore },
      ],
      core: virtualTime().core,
    });
    expect((await outcome).type).toBe('accepted');
    expect([one.server.received.length, two.server.received.length]).toEqual([0, 1]);
  });

  it('takes a time-out of SIP.js as one, and tries the second server (RFC 3261 §17.1.2.2)', async () => {
    const one = await connected(() => []);
    const two = await connected(inTurn([{ status: 200 }]));
    const { TIMER_F } = Timers;
    Timers.TIMER_F = 20;
    try {
      const { outcome, told } = running(registerOf(one.agent), {
        servers: [
          { server: 'sip:one.example.com', userAgentCore: one.agent.ua.userAgentCore },
          { server: 'sip:two.example.com', userAgentCore: two.agent.ua.userAgentCore },
        ],
        core: virtualTime().core,
      });
      Timers.TIMER_F = TIMER_F;
      expect((await outcome).type).toBe('accepted');
      expect(told.find(({ type }) => type === 'decision')).toMatchObject({
        decision: { action: { type: 'tryOtherServer' } },
      });
    } finally {
      Timers.TIMER_F = TIMER_F;
    }
  });

  it('reads the header fields of a 408 from the network, which SIP.js replaces by one of its own', async () => {
    const { agent } = await connected(inTurn([{ status: 408, headers: [['Server', 'far away']] }]));
    const { userAgentCore } = agent.ua;
    const { aor } = userAgentCore.configuration;
    const message = userAgentCore.makeOutgoingRequestMessage('MESSAGE', uri('sip:bob@example.com'), aor, aor, {});
    const { outcome } = running(message, { userAgentCore, core: virtualTime().core });
    const ended = await outcome;
    expect(ended).toMatchObject({ type: 'gaveUp', limitations: [], response: { status: 408 } });
    expect('response' in ended ? ended.response?.headers : []).toContainEqual(['Server', 'far away']);
  });
});
