import type {
  AckableIncomingResponseWithSession,
  IncomingResponse,
  PrackableIncomingResponseWithSession,
} from 'sip.js/lib/core/index.js';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createSipJsRequest } from '../../../src/adapters/sip-js/index.js';
import { bobsContact, connected, inTurn, proxyAsks } from './connected.js';
import { authorizationOf } from './digest-check.js';
import { credentials, inviteOf, OFFER, PASSWORD, running, virtualTime } from './user-agents.js';
import { responseTo } from './response-to.js';
import { row, type Script } from './web-socket-server.js';

const ringing = { status: 180, headers: [bobsContact] };
const answered = { status: 200, headers: [bobsContact] };

/** A callee that rings, answers CANCEL, and says what else a test asks for. */
function callee(onInvite: Script, onCancel: 'crossing' | '487' = '487'): Script {
  let invite: Parameters<Script>[0] | undefined;
  return (request, number) => {
    if (request.method === 'INVITE') {
      invite = request;
      return onInvite(request, number);
    }
    if (request.method !== 'CANCEL' || invite === undefined) return [{ status: 200 }];
    const cancelled = invite;
    const end = onCancel === '487' ? responseTo(cancelled, 487) : responseTo(cancelled, 200, [bobsContact]);
    return [{ status: 200 }, { text: () => end }];
  };
}

describe('INVITE over SIP.js', () => {
  it('passes 407, hands out the session, and the application acknowledges it (RFC 3261 §22.3, §13.2.2.4)', async () => {
    const { server, agent } = await connected(
      callee((request) =>
        row(request, 'Proxy-Authorization') === undefined
          ? [{ status: 407, headers: [proxyAsks] }]
          : [ringing, answered],
      ),
    );
    const { core } = virtualTime({ credentials });
    const { request, outcome } = running(inviteOf(agent), { userAgentCore: agent.ua.userAgentCore, core });
    const acked = new Promise<void>((resolve) =>
      request.on('established', ({ accepted }) => {
        accepted.ack();
        accepted.session.bye({ onAccept: () => resolve() });
      }),
    );
    expect(await outcome).toMatchObject({ type: 'accepted', attempts: 2, limitations: [] });
    await acked;
    const [, second] = server.all('INVITE');
    expect(authorizationOf(second, 'Proxy-Authorization', PASSWORD)?.isRight).toBe(true);
    expect(second).toMatchObject({ body: OFFER });
    expect(row(second, 'Content-Type')).toBe('application/sdp');
    // One ACK for the 407, one for the 200.
    expect(server.received.map(({ method }) => method)).toEqual(['INVITE', 'ACK', 'INVITE', 'ACK', 'BYE']);
    expect(server.all('ACK').map((ack) => row(ack, 'CSeq'))).toEqual(['1 ACK', '2 ACK']);
  });

  it('lets SIP.js authenticate the BYE of a session, as it would of its own', async () => {
    const registrar = ['Proxy-Authenticate', 'Digest realm="example.com", nonce="n", qop="auth"'] as const;
    const { server, agent } = await connected(
      (request) =>
        request.method === 'INVITE'
          ? [answered]
          : [
              row(request, 'Proxy-Authorization') === undefined
                ? { status: 407, headers: [registrar] }
                : { status: 200 },
            ],
      { authorizationUsername: 'alice', authorizationPassword: PASSWORD },
    );
    const { request, outcome } = running(inviteOf(agent), {
      userAgentCore: agent.ua.userAgentCore,
      core: virtualTime().core,
    });
    const ended = new Promise<IncomingResponse>((resolve) =>
      request.on('established', ({ accepted }) => {
        accepted.ack();
        accepted.session.bye({ onAccept: resolve });
      }),
    );
    await outcome;
    await ended;
    expect(authorizationOf(server.all('BYE')[1], 'Proxy-Authorization', PASSWORD)?.isRight).toBe(true);
  });

  it('is a new call after 480 with Retry-After: a new Call-ID and From tag (RFC 3261 §8.1.1.4, §21.4.18)', async () => {
    const { server, agent } = await connected(
      callee((_request, number) => (number === 1 ? [{ status: 480, headers: [['Retry-After', '60']] }] : [answered])),
    );
    const { core, clock } = virtualTime();
    const { outcome, heard, told } = running(inviteOf(agent), { userAgentCore: agent.ua.userAgentCore, core });
    await heard('wait');
    clock.advance(59_999);
    expect(told.filter(({ type }) => type === 'send')).toHaveLength(1);
    clock.advance(60_000);
    expect(await outcome).toMatchObject({ type: 'accepted', limitations: [] });
    const [first, second] = server.all('INVITE');
    expect(row(second, 'Call-ID')).not.toBe(row(first, 'Call-ID'));
    expect(row(second, 'From')).not.toBe(row(first, 'From'));
    expect(second).toMatchObject({ uri: 'sip:bob@example.com', body: OFFER });
  });

  it('sends the identical copy to the second server after 503: same Call-ID, CSeq and From (RFC 3263 §4.3)', async () => {
    const one = await connected(inTurn([{ status: 503 }]));
    const two = await connected(callee(() => [answered]));
    const { outcome } = running(inviteOf(one.agent), {
      servers: [
        { server: 'sip:one.example.com;transport=ws', userAgentCore: one.agent.ua.userAgentCore },
        { server: 'sip:two.example.com;transport=ws', userAgentCore: two.agent.ua.userAgentCore },
      ],
      core: virtualTime().core,
    });
    expect(await outcome).toMatchObject({ type: 'accepted', limitations: [] });
    const [first] = one.server.all('INVITE');
    const [second] = two.server.all('INVITE');
    const withoutVia = (request = first) => request?.headers.filter(([name]) => name !== 'Via').sort();
    expect(second).toMatchObject({ uri: first?.uri, body: first?.body });
    expect(withoutVia(second)).toEqual(withoutVia(first));
    expect(row(second, 'Via')).not.toBe(row(first, 'Via'));
  });

  it('hands out the early dialog of a reliable 1xx, to be acknowledged by PRACK (RFC 3262 §4)', async () => {
    const reliable = {
      status: 183,
      headers: [bobsContact, ['Require', '100rel'] as const, ['RSeq', '1'] as const],
    };
    let invite: Parameters<Script>[0] | undefined;
    const { server, agent } = await connected((request) => {
      if (request.method === 'INVITE') {
        invite = request;
        return [reliable];
      }
      const ringing = invite;
      const end = request.method === 'PRACK' && ringing !== undefined ? [{ text: () => responseTo(ringing, 486) }] : [];
      return [{ status: 200 }, ...end];
    });
    const { request, outcome } = running(inviteOf(agent), {
      userAgentCore: agent.ua.userAgentCore,
      core: virtualTime().core,
    });
    request.on('progress', ({ progress }) => progress?.prack({ extraHeaders: ['RAck: 1 1 INVITE'] }));
    expect(await outcome).toMatchObject({ type: 'gaveUp', reason: 'busy', limitations: [] });
    expect(row(server.all('PRACK')[0], 'RAck')).toBe('1 1 INVITE');
  });

  it('is cancelled once it rings (RFC 3261 §9.1)', async () => {
    const { server, agent } = await connected(callee(() => [ringing]));
    const { request, outcome } = running(inviteOf(agent), {
      userAgentCore: agent.ua.userAgentCore,
      core: virtualTime().core,
    });
    // Before any response: the CANCEL goes when the 180 has come.
    request.cancel();
    expect(await outcome).toMatchObject({ type: 'cancelled', because: 'cancelled', limitations: [] });
    expect(server.received.map(({ method }) => method).slice(0, 2)).toEqual(['INVITE', 'CANCEL']);
    expect(row(server.all('CANCEL')[0], 'Via')).toBe(row(server.all('INVITE')[0], 'Via'));
  });

  it('acknowledges and ends what a 2xx that crossed the CANCEL has established (RFC 3261 §9.1, §15)', async () => {
    let isOver: () => void = () => undefined;
    const bye = new Promise<void>((resolve) => (isOver = resolve));
    const script = callee(() => [ringing], 'crossing');
    const { server, agent } = await connected((request, number) => {
      if (request.method === 'BYE') isOver();
      return script(request, number);
    });
    const { request, outcome, told } = running(inviteOf(agent), {
      userAgentCore: agent.ua.userAgentCore,
      core: virtualTime().core,
    });
    request.cancel();
    expect((await outcome).type).toBe('cancelled');
    await bye;
    expect(server.received.map(({ method }) => method)).toEqual(['INVITE', 'CANCEL', 'ACK', 'BYE']);
    expect(told.filter(({ type }) => type === 'established')).toEqual([]);
  });

  it('ends what a 2xx establishes when nobody has waited for it any more (RFC 3261 §9.1, §15)', async () => {
    let isOver: () => void = () => undefined;
    const bye = new Promise<void>((resolve) => (isOver = resolve));
    const { server, agent } = await connected(({ method }) => {
      if (method === 'BYE') isOver();
      return method === 'INVITE' ? [ringing] : [{ status: 200 }];
    });
    const { core, clock } = virtualTime();
    const { request, outcome, heard, told } = running(inviteOf(agent), {
      userAgentCore: agent.ua.userAgentCore,
      core,
    });
    await heard('progress');
    request.cancel();
    clock.advance(32_000);
    expect((await outcome).type).toBe('cancelled');
    const [invite] = server.all('INVITE');
    if (invite !== undefined) server.push(responseTo(invite, 200, [bobsContact]));
    await bye;
    expect(server.received.map(({ method }) => method)).toEqual(['INVITE', 'CANCEL', 'ACK', 'BYE']);
    expect(told.filter(({ type }) => type === 'established')).toEqual([]);
  });

  it('goes on to the second server with the target of a redirection (RFC 7118 §5)', async () => {
    const one = await connected(
      inTurn([{ status: 302, headers: [['Contact', '<sip:bob@elsewhere.example.net>']] }], [{ status: 503 }]),
    );
    const two = await connected(inTurn([{ status: 486 }]));
    const { outcome } = running(inviteOf(one.agent), {
      servers: [
        { server: 'sip:one.example.com;transport=ws', userAgentCore: one.agent.ua.userAgentCore },
        { server: 'sip:two.example.com;transport=ws', userAgentCore: two.agent.ua.userAgentCore },
      ],
      core: virtualTime().core,
    });
    expect(await outcome).toMatchObject({ type: 'gaveUp', reason: 'busy', attempts: 3 });
    expect(two.server.all('INVITE').map(({ uri }) => uri)).toEqual(['sip:bob@elsewhere.example.net']);
  });

  it('hands out each session of a forked INVITE (RFC 3261 §13.2.2.4)', async () => {
    const fork = (tag: string) => (invite: Parameters<Script>[0]) =>
      responseTo(invite, 200, [bobsContact]).replace('tag=server', `tag=${tag}`);
    const { agent } = await connected(callee(() => [{ text: fork('one') }, { text: fork('two') }]));
    const { request } = running(inviteOf(agent), { userAgentCore: agent.ua.userAgentCore, core: virtualTime().core });
    const tags = await new Promise<readonly string[]>((resolve) => {
      const heard: string[] = [];
      request.on('established', ({ accepted }) => {
        accepted.ack();
        heard.push(accepted.message.toTag);
        if (heard.length === 2) resolve(heard);
      });
    });
    expect(tags).toEqual(['one', 'two']);
  });

  it('dials more digits after 484 when the application has them (RFC 3578 §3.2)', async () => {
    const { server, agent } = await connected(inTurn([{ status: 484 }], [{ status: 486 }]));
    const { userAgentCore } = agent.ua;
    const { request, outcome } = running(inviteOf(agent, 'sip:030123@example.com'), {
      userAgentCore,
      core: virtualTime().core,
    });
    request.on('ask', () => request.answer({ digits: '4' }));
    expect(await outcome).toMatchObject({ type: 'gaveUp', reason: 'busy', limitations: [] });
    expect(server.all('INVITE').map(({ uri }) => uri)).toEqual(['sip:030123@example.com', 'sip:0301234@example.com']);
  });

  it('gives what SIP.js made of a response the types that SIP.js gave it', async () => {
    const { agent } = await connected(inTurn([answered]));
    const request = createSipJsRequest(inviteOf(agent), {
      userAgentCore: agent.ua.userAgentCore,
      core: virtualTime().core,
    });
    request.on('established', (event) => {
      expectTypeOf(event.accepted).toEqualTypeOf<AckableIncomingResponseWithSession>();
      event.accepted.ack();
    });
    request.on('progress', (event) => {
      expectTypeOf(event.progress).toEqualTypeOf<PrackableIncomingResponseWithSession | undefined>();
    });
    const { accepted } = await request.start();
    expectTypeOf(accepted).toEqualTypeOf<AckableIncomingResponseWithSession | undefined>();
    expect(accepted?.message.statusCode).toBe(200);
  });
});
