import { describe, expect, it } from 'vitest';
import { createSipJsRequest } from '../../../src/adapters/sip-js/index.js';
import { bobsContact, connected, inTurn, proxyAsks, registrarAsks } from './connected.js';
import { credentials, inviteOf, PASSWORD, registerOf, running, uri, virtualTime } from './user-agents.js';
import { row } from './web-socket-server.js';

describe('what SIP.js cannot do is told', () => {
  it.each(['sip:carol:secret@example.com', 'sip:%zz@example.com'])(
    '%s, which SIP.js cannot write, is not sent, and the next target of the redirection is',
    async (bad) => {
      const { server, agent } = await connected(
        inTurn(
          [{ status: 302, headers: [['Contact', `<${bad}>;q=1, <sip:dave@example.com>;q=0.5`]] }],
          [{ status: 486 }],
        ),
      );
      const { outcome, told } = running(inviteOf(agent), {
        userAgentCore: agent.ua.userAgentCore,
        core: virtualTime().core,
      });
      const { limitations } = await outcome;
      const limitation = { kind: 'requestUri', what: 'Request-URI', attempt: 2, prevented: true };
      expect(limitations.at(-1)).toMatchObject(limitation);
      // The decision on the attempt that was not sent says why it was not.
      const decisions = told.filter(({ type }) => type === 'decision');
      expect(decisions.map((one) => 'limitation' in one)).toEqual([false, true, false]);
      expect(decisions[1]).toMatchObject({ limitation });
      expect(server.all('INVITE').map((request) => request.uri)).toEqual([
        'sip:bob@example.com',
        'sip:dave@example.com',
      ]);
      expect(JSON.stringify(limitations)).not.toContain('secret');
    },
  );

  it('a response that SIP.js cannot parse is decided on all the same, and its ACK is missed', async () => {
    const { server, agent } = await connected(
      inTurn(
        [{ status: 302, headers: [['Contact', '<tel:+4930123>;q=0.1, <sip:dave@example.com>']] }],
        [{ status: 486 }],
      ),
    );
    const { outcome } = running(inviteOf(agent), { userAgentCore: agent.ua.userAgentCore, core: virtualTime().core });
    expect(await outcome).toMatchObject({
      type: 'gaveUp',
      reason: 'busy',
      limitations: [
        {
          kind: 'response',
          what: '302 response',
          because: 'SIP.js has dropped it: there is no ACK and no session.',
          attempt: 1,
          prevented: false,
        },
      ],
    });
    expect(server.all('INVITE').map(({ uri: text }) => text)).toEqual(['sip:bob@example.com', 'sip:dave@example.com']);
  });

  it('another host of a redirection is asked for over the same WebSocket (RFC 7118 §5)', async () => {
    const { server, agent } = await connected(
      inTurn([{ status: 302, headers: [['Contact', '<sip:bob@elsewhere.example.net:5080>']] }], [{ status: 486 }]),
    );
    const { outcome } = running(inviteOf(agent), { userAgentCore: agent.ua.userAgentCore, core: virtualTime().core });
    expect(await outcome).toMatchObject({ limitations: [{ kind: 'nextHop', attempt: 2, prevented: false }] });
    expect(server.all('INVITE')[1]?.uri).toBe('sip:bob@elsewhere.example.net:5080');
  });

  it('a Request-URI that SIP.js spells otherwise is sent, when it is the same one (RFC 3261 §19.1.4)', async () => {
    const { server, agent } = await connected(
      inTurn([{ status: 302, headers: [['Contact', '<sip:%63arol@example.com>']] }], [{ status: 486 }]),
    );
    const { outcome } = running(inviteOf(agent), { userAgentCore: agent.ua.userAgentCore, core: virtualTime().core });
    expect(await outcome).toMatchObject({ limitations: [{ kind: 'requestUri', prevented: false }] });
    expect(server.all('INVITE').map((request) => request.uri)).toEqual([
      'sip:bob@example.com',
      'sip:carol@example.com',
    ]);
  });

  it('a ringing without a Contact, which SIP.js drops, still forbids another server (RFC 3263 §4.3)', async () => {
    const one = await connected(inTurn([{ status: 180 }, { status: 503 }]));
    const two = await connected(inTurn([{ status: 486 }]));
    const { outcome, told } = running(inviteOf(one.agent), {
      servers: [
        { server: 'sip:one.example.com', userAgentCore: one.agent.ua.userAgentCore },
        { server: 'sip:two.example.com', userAgentCore: two.agent.ua.userAgentCore },
      ],
      core: virtualTime().core,
    });
    expect(await outcome).toMatchObject({ type: 'gaveUp', response: { status: 503 } });
    const rings = told.filter(({ type }) => type === 'progress');
    expect(rings).toMatchObject([{ response: { status: 180 } }]);
    expect(rings[0]).not.toHaveProperty('progress');
    expect(two.server.received).toEqual([]);
  });

  it('an answer without a Contact, which SIP.js drops, ends the request without a session', async () => {
    const { agent } = await connected(inTurn([{ status: 200 }]));
    const { outcome } = running(inviteOf(agent), { userAgentCore: agent.ua.userAgentCore, core: virtualTime().core });
    const ended = await outcome;
    expect(ended).toMatchObject({ type: 'accepted', limitations: [{ kind: 'response', what: '200 response' }] });
    expect(ended.accepted).toBeUndefined();
  });

  it('a body of octets that are no UTF-8 is not sent', async () => {
    const { server, agent } = await connected(inTurn([{ status: 488 }]));
    const { request, outcome } = running(inviteOf(agent), {
      userAgentCore: agent.ua.userAgentCore,
      core: virtualTime().core,
    });
    request.on('ask', () => request.answer({ body: { type: 'application/sdp', content: 'v=0\r\ns=\uDCFF\r\n' } }));
    expect(await outcome).toMatchObject({ type: 'gaveUp', limitations: [{ kind: 'body', prevented: true }] });
    expect(server.all('INVITE')).toHaveLength(1);
  });

  it('a message that SIP.js would write otherwise is not sent', async () => {
    const { server, agent } = await connected(inTurn([{ status: 480, headers: [['Retry-After', '60']] }]));
    const { core, clock } = virtualTime();
    const { outcome, heard } = running(registerOf(agent), {
      userAgentCore: agent.ua.userAgentCore,
      core,
      limits: { maxAttempts: 2 },
      // SIP.js always writes a User-Agent.
      beforeSend: (request) => ({ ...request, headers: request.headers.filter(([name]) => name !== 'User-Agent') }),
    });
    await heard('wait');
    clock.advance(120_000);
    expect(await outcome).toMatchObject({
      type: 'gaveUp',
      limitations: [{ kind: 'headerField', what: 'User-Agent', attempt: 2, prevented: true }],
    });
    expect(server.received).toHaveLength(1);
  });

  it('a user agent that is stopped, which tells nobody, is a transport error (RFC 3261 §8.1.3.1)', async () => {
    const one = await connected(() => []);
    const two = await connected(inTurn([{ status: 200 }]));
    const { outcome, told } = running(registerOf(one.agent), {
      servers: [
        { server: 'sip:one.example.com', userAgentCore: one.agent.ua.userAgentCore },
        { server: 'sip:two.example.com', userAgentCore: two.agent.ua.userAgentCore },
      ],
      core: virtualTime().core,
    });
    await one.agent.ua.stop();
    expect((await outcome).type).toBe('accepted');
    expect(told.find(({ type }) => type === 'decision')).toMatchObject({
      decision: { action: { type: 'tryOtherServer' } },
    });
  });

  it('requests inside a dialog and those that SIP.js has classes for are refused at once', async () => {
    const { agent } = await connected(() => []);
    const { userAgentCore } = agent.ua;
    const { aor } = userAgentCore.configuration;
    const bob = uri('sip:bob@example.com');
    const make = (method: string, options = {}) =>
      userAgentCore.makeOutgoingRequestMessage(method, bob, aor, bob, options);
    const { core } = virtualTime();
    expect(() => createSipJsRequest(make('SUBSCRIBE'), { userAgentCore, core })).toThrow(/Session or Subscription/);
    expect(() => createSipJsRequest(make('INFO', { toTag: 'peer' }), { userAgentCore, core })).toThrow(
      /inside a dialog/,
    );
    expect(() => createSipJsRequest(make('OPTIONS'), { servers: [], core })).toThrow(/Give a userAgentCore/);
    const server = { server: 'sip:example.com', userAgentCore };
    expect(() => createSipJsRequest(make('OPTIONS'), { servers: [server, server], core })).toThrow(/once/);
  });
});

describe('secrets', () => {
  it('are in no event, no outcome and no log of a SIP.js that is told not to trace', async () => {
    const { server, agent } = await connected(
      inTurn(
        [{ status: 401, headers: [registrarAsks] }],
        [{ status: 407, headers: [proxyAsks] }],
        [{ status: 200, headers: [bobsContact] }],
      ),
    );
    const { core } = virtualTime({ credentials });
    const { outcome, told } = running(registerOf(agent), { userAgentCore: agent.ua.userAgentCore, core });
    const seen = JSON.stringify([told, await outcome, agent.logs]);
    const secrets = server.received.flatMap((request) =>
      ['Authorization', 'Proxy-Authorization'].flatMap(
        (name) => /response="(\w+)"/.exec(row(request, name) ?? '')?.[1] ?? [],
      ),
    );
    expect(secrets.length).toBe(3);
    for (const secret of [PASSWORD, ...secrets]) expect(seen).not.toContain(secret);
    expect(agent.logs.length).toBeGreaterThan(0);
  });
});
