// What one request has learned goes into the next one of the same core.
import { describe, expect, it } from 'vitest';
import { secret } from '../../src/digest/secret.js';
import type { Header, SipRequest } from '../../src/sip/message.js';
import { createUacRequest } from '../../src/uac/uac-request.js';
import { challenge, invite, register } from '../machines/requests.js';
import { coreInTest, credentials, later, numbered, rowsOf, running } from './running.js';

const proxyChallenge: Header = ['Proxy-Authenticate', 'Digest realm="proxy", nonce="p1", qop="auth"'];
const nonceCountIn = (request: SipRequest | undefined, name = 'Authorization') =>
  rowsOf(request, name).map((row) => /\bnc=(\d+)/.exec(row)?.[1]);
const withHeaders = (request: SipRequest, headers: readonly Header[]): SipRequest => ({
  ...request,
  headers: [...request.headers, ...headers],
});

describe('a request of a core that has learned', () => {
  it('asks for the interval that the registrar has named before (RFC 3261 §10.2.8)', () => {
    const { core } = coreInTest();
    const first = running(core, register);
    first.respond(423, [['Min-Expires', '1800']]);
    first.respond(200);
    expect(rowsOf(running(core, numbered(register, 2)).sent()[0], 'Expires')).toEqual(['1800']);
  });

  it('names no extension without which the address has accepted a request (RFC 3261 §8.1.3.5)', () => {
    const { core } = coreInTest();
    const call = withHeaders(invite, [['Require', '100rel, timer']]);
    const first = running(core, call);
    first.respond(420, [['Unsupported', '100rel']]);
    first.respond(200);
    expect(rowsOf(running(core, numbered(call, 2)).sent()[0], 'Require')).toEqual(['timer']);
    // Whoever says that it supports it is believed.
    const third = running(core, numbered(call, 3));
    third.respond(200, [['Supported', '100rel']]);
    expect(rowsOf(running(core, numbered(call, 4)).sent()[0], 'Require')).toEqual(['100rel, timer']);
  });

  it('drops no extension after a 420 that no acceptance has followed', () => {
    const { core } = coreInTest();
    const call = withHeaders(invite, [['Require', '100rel']]);
    const first = running(core, call);
    first.respond(420, [['Unsupported', '100rel']]);
    first.respond(603);
    expect(rowsOf(running(core, numbered(call, 2)).sent()[0], 'Require')).toEqual(['100rel']);
  });

  it('never leaves out the agreement on security (RFC 3329 §3)', () => {
    const { core } = coreInTest();
    const call = withHeaders(invite, [['Require', 'sec-agree']]);
    core.learned.noteUnsupported(call, ['sec-agree'], { status: 200, reason: '', headers: [], body: '' });
    expect(rowsOf(running(core, call).sent()[0], 'Require')).toEqual(['sec-agree']);
  });

  it('carries credentials that were accepted, the nonce counted on (RFC 3261 §22.2, RFC 7616 §3.4)', async () => {
    const { core } = coreInTest({ credentials });
    const first = running(core, register);
    first.respond(401, [challenge]);
    first.respond(200);
    const second = running(core, numbered(register, 2));
    expect(nonceCountIn(second.sent()[0])).toEqual(['00000002']);
    // A new nonce then means an old one, and no wrong password.
    second.respond(401, [['WWW-Authenticate', 'Digest realm="example.com", nonce="n2", qop="auth"']]);
    expect(second.sent()).toHaveLength(2);
    second.respond(200);
    expect(await second.outcome).toMatchObject({ type: 'accepted', attempts: 2 });
  });

  it('carries those for a proxy in the same call, and in no other (RFC 3261 §22.3)', () => {
    const { core } = coreInTest({ credentials });
    const first = running(core, invite);
    first.respond(407, [proxyChallenge]);
    first.respond(200);
    const bye: SipRequest = {
      ...invite,
      method: 'BYE',
      headers: invite.headers.map(([name, value]): Header => {
        if (name === 'CSeq') return [name, '9 BYE'];
        return [name, name === 'To' ? `${value};tag=b` : value.replace('branch=z9hG4bKtwo', 'branch=z9hG4bKbye')];
      }),
    };
    expect(nonceCountIn(running(core, bye).sent()[0], 'Proxy-Authorization')).toEqual(['00000002']);
    expect(nonceCountIn(running(core, numbered(invite, 5)).sent()[0], 'Proxy-Authorization')).toEqual([]);
  });

  it('carries each thing once', () => {
    const { core } = coreInTest({ credentials });
    const first = running(core, register);
    first.respond(401, [challenge]);
    first.respond(200);
    const own: Header = ['Authorization', 'Digest username="alice", realm="example.com", nonce="n1", response="00"'];
    expect(rowsOf(running(core, withHeaders(numbered(register, 2), [own])).sent()[0], 'Authorization')).toEqual([
      own[1],
    ]);
  });

  it('sends credentials that were rejected no more, until they change', async () => {
    const { core } = coreInTest({ credentials });
    const first = running(core, register);
    first.respond(401, [challenge]);
    first.respond(401, [challenge]);
    expect(await first.outcome).toMatchObject({ reason: 'credentialsRejected' });
    const second = running(core, numbered(register, 2));
    expect(rowsOf(second.sent()[0], 'Authorization')).toEqual([]);
    second.respond(401, [challenge]);
    expect(await second.outcome).toMatchObject({ type: 'gaveUp', reason: 'credentialsRejected', attempts: 1 });
    const other = [{ username: 'alice', password: secret('shut sesame') }];
    const third = running(core, numbered(register, 3), { credentials: other });
    third.respond(401, [challenge]);
    expect(rowsOf(third.sent()[1], 'Authorization')).toHaveLength(1);
  });

  it('waits to be asked after a 403 to credentials that nobody had asked for', async () => {
    const { core } = coreInTest({ credentials });
    const first = running(core, register);
    first.respond(401, [challenge]);
    first.respond(200);
    const second = running(core, numbered(register, 2));
    expect(nonceCountIn(second.sent()[0])).toHaveLength(1);
    second.respond(403);
    expect(await second.outcome).toMatchObject({ reason: 'forbidden' });
    expect(nonceCountIn(running(core, numbered(register, 3)).sent()[0])).toEqual([]);
  });

  it('asks a provider of credentials that takes its time only when the server asks', async () => {
    const { core } = coreInTest({ credentials: () => Promise.resolve(credentials[0]) });
    const first = running(core, register);
    first.respond(401, [challenge]);
    await later();
    first.respond(200);
    const second = running(core, numbered(register, 2));
    expect(second.sent().map((request) => nonceCountIn(request))).toEqual([[]]);
  });

  it('goes to where the address has moved for good, and at its own server set (RFC 3261 §21.3.2)', () => {
    const { core } = coreInTest();
    const first = running(core, invite);
    first.respond(301, [['Contact', '<sip:bob@chicago.example>']]);
    first.respond(486);
    const { told } = running(core, numbered(invite, 2), { client: { servers: ['sip:192.0.2.1:5060'] } });
    expect(told).toMatchObject([{ type: 'send', request: { uri: 'sip:bob@chicago.example' }, server: undefined }]);
  });

  it('is told what no change of it puts right', () => {
    const { core } = coreInTest();
    running(core, invite).respond(405, [['Allow', 'OPTIONS']]);
    const remarks = [{ about: 'method', allow: ['OPTIONS'] }];
    expect(createUacRequest(numbered(invite, 2), { core }).remarks).toEqual(remarks);
  });
});
