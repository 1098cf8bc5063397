// What responses teach beyond their own requests, and how it goes into the next one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Keyring } from '../../src/digest/keyring.js';
import { secret } from '../../src/digest/secret.js';
import { readChallenges, type Challenge } from '../../src/sip/challenge.js';
import { firstHeader } from '../../src/sip/header-list.js';
import type { Header, SipRequest } from '../../src/sip/message.js';
import { applyLearned } from '../../src/uac/apply-learned.js';
import { authorizeAhead } from '../../src/uac/learned-credentials.js';
import { LearnedStore } from '../../src/uac/learned.js';
import { learnFrom } from '../../src/uac/learned-from.js';
import { createUacRequest } from '../../src/uac/uac-request.js';
import { register } from '../machines/requests.js';
import { respond } from './registrar.js';
import { coreInTest } from './running.js';

function request(method: string, uri: string, headers: readonly Header[] = [], body = ''): SipRequest {
  return {
    method,
    uri,
    headers: [['To', `<${uri}>`], ['Call-ID', 'call-7'], ['CSeq', `1 ${method}`], ...headers],
    body,
  };
}

function challengeOf(row: Header): Challenge {
  const [challenge] = readChallenges([row]);
  if (challenge === undefined) throw new Error('The test gives no challenge.');
  return challenge;
}

function applied(learned: LearnedStore, next: SipRequest) {
  return applyLearned(next, learned.for(next));
}

const invite = request('INVITE', 'sip:bob@example.com');
const proxied = challengeOf(['Proxy-Authenticate', 'Digest realm="proxy", nonce="p1", qop="auth"']);
const challenged = challengeOf(['WWW-Authenticate', 'Digest realm="example.com", nonce="u1", qop="auth"']);

describe('a minimum interval (RFC 3261 §10.2.8)', () => {
  const learned = new LearnedStore();
  learned.note(register, { minExpires: 1800 });

  it('raises the next REGISTER to the same registrar, its Expires and its contacts', () => {
    const headers = [...register.headers, ['Contact', '<sip:a@192.0.2.2>;expires=60'] as const];
    const { request: next, changes } = applied(learned, { ...register, uri: 'sip:EXAMPLE.com', headers });
    expect(firstHeader(next.headers, 'Expires')).toBe('1800');
    expect(next.headers).toContainEqual(['Contact', '<sip:a@192.0.2.2>;expires=1800']);
    expect(next.headers).toContainEqual(['Contact', '<sip:alice@192.0.2.1>']);
    expect(changes.map(({ what }) => what).sort()).toEqual(['Contact', 'Expires']);
  });

  it('leaves a removal, a longer interval, and one that the server is to choose', () => {
    for (const expires of ['0', '7200']) {
      const headers = register.headers.map(([name, value]): Header => [name, name === 'Expires' ? expires : value]);
      expect(applied(learned, { ...register, headers }).changes).toEqual([]);
    }
    const headers = register.headers.filter(([name]) => name !== 'Expires');
    expect(applied(learned, { ...register, headers }).changes).toEqual([]);
  });

  it('says nothing about another registrar, method or event package', () => {
    expect(applied(learned, { ...register, uri: 'sip:example.org' }).changes).toEqual([]);
    const subscribe = request('SUBSCRIBE', 'sip:example.com', [
      ['Event', 'presence'],
      ['Expires', '60'],
    ]);
    expect(applied(learned, subscribe).changes).toEqual([]);
    learned.note(subscribe, { minExpires: 120 });
    expect(firstHeader(applied(learned, subscribe).request.headers, 'Expires')).toBe('120');
    const dialog = request('SUBSCRIBE', 'sip:example.com', [
      ['Event', 'dialog'],
      ['Expires', '60'],
    ]);
    expect(applied(learned, dialog).changes).toEqual([]);
  });
});

describe('a Min-SE (RFC 4028 §7.4)', () => {
  it('goes into every further INVITE and UPDATE of the call, the largest of all', () => {
    const learned = new LearnedStore();
    learned.note(invite, { minSe: 1800 });
    learned.note(invite, { minSe: 600 });
    const next = { ...invite, headers: [...invite.headers, ['Session-Expires', '900;refresher=uac'] as const] };
    expect(applied(learned, next).request.headers.slice(-2)).toEqual([
      ['Session-Expires', '1800;refresher=uac'],
      ['Min-SE', '1800'],
    ]);
    expect(firstHeader(applied(learned, { ...next, method: 'UPDATE' }).request.headers, 'Min-SE')).toBe('1800');
    expect(applied(learned, { ...next, method: 'BYE' }).changes).toEqual([]);
    const other = next.headers.map(([name, value]): Header => [name, name === 'Call-ID' ? 'call-8' : value]);
    expect(applied(learned, { ...next, headers: other }).changes).toEqual([]);
  });
});

describe('credentials before they are asked for', () => {
  const credentials = { username: 'alice', password: secret('open sesame') };

  function authorized(keyring: Keyring, learned: LearnedStore, next: SipRequest): SipRequest {
    const ahead = authorizeAhead(next, learned.for(next).challenges, keyring, 'cnonce');
    if (ahead instanceof Promise) throw new Error('The keyring has a list and needs no time.');
    return ahead.request;
  }

  function taught() {
    const learned = new LearnedStore();
    const keyring = new Keyring({ credentials: [credentials] });
    learned.noteDecision(invite, { action: { type: 'authenticate', challenges: [proxied, challenged] } });
    for (const challenge of [proxied, challenged]) keyring.noteAccepted(keyring.useOf(challenge, credentials));
    keyring.authorize(invite, [proxied, challenged], () => credentials, 'cnonce');
    return { learned, keyring };
  }

  it('go to the proxies of the same Call-ID and the same destination, with the nonce counted on (RFC 3261 §22.2, §22.3)', () => {
    const { learned, keyring } = taught();
    const next = authorized(keyring, learned, invite);
    expect(firstHeader(next.headers, 'Proxy-Authorization')).toContain('nc=00000002');
    expect(firstHeader(next.headers, 'Authorization')).toContain('nonce="u1"');
  });

  it('go to no other dialog, and no other host or address-of-record', () => {
    const { learned, keyring } = taught();
    const call = invite.headers.map(([name, value]): Header => [name, name === 'Call-ID' ? 'call-8' : value]);
    const otherCall = authorized(keyring, learned, { ...invite, headers: call });
    expect(firstHeader(otherCall.headers, 'Proxy-Authorization')).toBeUndefined();
    expect(firstHeader(otherCall.headers, 'Authorization')).toBeDefined();
    const otherHost = authorized(keyring, learned, { ...invite, uri: 'sip:bob@evil.example' });
    expect(firstHeader(otherHost.headers, 'Authorization')).toBeUndefined();
    const carol = authorized(keyring, learned, request('INVITE', 'sip:carol@example.com'));
    expect(firstHeader(carol.headers, 'Authorization')).toBeUndefined();
  });

  it('are not sent unasked before a server has accepted them, nor once they are rejected', () => {
    const { learned } = taught();
    const keyring = new Keyring({ credentials: [credentials] });
    expect(authorized(keyring, learned, invite)).toBe(invite);
    keyring.noteAccepted(keyring.useOf(proxied, credentials));
    keyring.noteRejected(keyring.useOf(proxied, credentials));
    expect(authorized(keyring, learned, invite)).toBe(invite);
    learned.noteDecision(invite, { action: { type: 'giveUp', reason: 'credentialsRejected' } });
    expect(learned.for(invite).challenges).toEqual([]);
  });

  it('leave alone what the request carries already', () => {
    const { learned, keyring } = taught();
    const once = authorized(keyring, learned, invite);
    expect(authorized(keyring, learned, once)).toBe(once);
  });

  it('are waited for when a provider takes its time, and are not taken from one that fails', async () => {
    const { learned } = taught();
    let fails = false;
    const keyring = new Keyring({
      credentials: () => (fails ? Promise.reject(new Error('no keychain')) : Promise.resolve(credentials)),
    });
    keyring.authorize(invite, [proxied], () => credentials, 'cnonce');
    keyring.noteAccepted(keyring.useOf(proxied, credentials));
    const { challenges } = learned.for(invite);
    const { request: next, acceptedRealms } = await authorizeAhead(invite, challenges, keyring, 'cnonce');
    expect(firstHeader(next.headers, 'Proxy-Authorization')).toContain('nc=00000002');
    expect(acceptedRealms).toEqual([{ kind: 'proxy', realm: 'proxy' }]);
    fails = true;
    expect((await authorizeAhead(invite, challenges, keyring, 'cnonce')).request).toBe(invite);
  });
});

describe('credentials that have changed', () => {
  it('are not sent unasked: nobody has accepted them yet', () => {
    const learned = new LearnedStore();
    let password = 'open sesame';
    const keyring = new Keyring({ credentials: () => ({ username: 'alice', password: secret(password) }) });
    const before = { username: 'alice', password: secret(password) };
    learned.noteDecision(invite, { action: { type: 'authenticate', challenges: [proxied] } });
    keyring.authorize(invite, [proxied], () => before, 'cnonce');
    keyring.noteAccepted(keyring.useOf(proxied, before));
    const { challenges } = learned.for(invite);
    expect(authorizeAhead(invite, challenges, keyring, 'cnonce')).not.toMatchObject({ request: invite });
    password = 'changed';
    expect(authorizeAhead(invite, challenges, keyring, 'cnonce')).toEqual({ request: invite, acceptedRealms: [] });
  });
});

describe('learnFrom', () => {
  function ask(answers: readonly (readonly [number, readonly Header[]])[]): LearnedStore {
    const { core } = coreInTest();
    const learned = new LearnedStore();
    const call = {
      ...invite,
      headers: [['Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKone'] as const, ...invite.headers],
    };
    const uac = createUacRequest(call, { core });
    learnFrom(uac, call, learned);
    void uac.start();
    for (const [status, headers] of answers) uac.receive(respond(status, headers));
    return learned;
  }

  it('remembers where an address has moved to once a call got through there', () => {
    const learned = ask([
      [301, [['Contact', '<sip:bob@b.example>']]],
      [200, []],
    ]);
    expect(learned.for(invite).movedTo).toBe('sip:bob@b.example');
  });

  it('forgets it when it leads nowhere: a forged 301 costs one call', () => {
    const learned = ask([
      [301, [['Contact', '<sip:bob@b.example>']]],
      [404, []],
    ]);
    expect(learned.for(invite)).toEqual({ challenges: [] });
  });

  it('remembers the methods that a 405 allows, under the address that was asked', () => {
    expect(ask([[405, [['Allow', 'OPTIONS']]]]).for(invite).allow).toEqual(['OPTIONS']);
  });
});

describe('what is told, not decided', () => {
  it('a method that the peer does not allow, until it is accepted (RFC 3261 §21.4.6, §20.5)', () => {
    const learned = new LearnedStore();
    const info = request('INFO', 'sip:bob@example.com');
    learned.note(info, { allow: ['INVITE', 'ACK', 'BYE'] });
    expect(applied(learned, info)).toEqual({
      request: info,
      changes: [],
      remarks: [{ about: 'method', allow: ['INVITE', 'ACK', 'BYE'] }],
    });
    expect(applied(learned, invite).remarks).toEqual([]);
    learned.noteAccepted(info, respond(200));
    expect(applied(learned, info).remarks).toEqual([]);
    learned.noteAccepted(invite, respond(200, [['Allow', 'INVITE, ACK']]));
    expect(applied(learned, info).remarks).toEqual([{ about: 'method', allow: ['INVITE', 'ACK'] }]);
  });

  it('an event package that the peer does not support (RFC 6665 §8.3.2)', () => {
    const learned = new LearnedStore();
    const subscribe = request('SUBSCRIBE', 'sip:bob@example.com', [['Event', 'dialog;call-id=1']]);
    learned.note(subscribe, { allowEvents: ['presence'] });
    expect(applied(learned, subscribe).remarks).toEqual([{ about: 'event', allowEvents: ['presence'] }]);
    learned.noteAccepted(subscribe, respond(200));
    expect(applied(learned, subscribe).remarks).toEqual([]);
  });
});

describe('an address that has moved for good (RFC 3261 §21.3.2)', () => {
  it('is replaced outside dialogs, over several moves, until it leads nowhere', () => {
    const learned = new LearnedStore();
    learned.note(invite, { movedTo: 'sip:bob@b.example' });
    learned.note({ ...invite, uri: 'sip:bob@b.example' }, { movedTo: 'sip:bob@c.example' });
    expect(applied(learned, invite)).toMatchObject({
      request: { uri: 'sip:bob@c.example' },
      changes: [{ what: 'Request-URI', before: ['sip:bob@example.com'], after: ['sip:bob@c.example'] }],
    });
    const headers = invite.headers.map(([name, value]): Header => [name, name === 'To' ? `${value};tag=t` : value]);
    expect(applied(learned, { ...invite, headers }).changes).toEqual([]);
    learned.forgetMove(invite.uri);
    expect(applied(learned, invite).changes).toEqual([]);
  });

  it('does not move in a circle, out of SIPS, or out of SIP', () => {
    const learned = new LearnedStore();
    learned.note(invite, { movedTo: 'sip:bob@b.example' });
    learned.note({ ...invite, uri: 'sip:bob@b.example' }, { movedTo: invite.uri });
    expect(applied(learned, invite).changes).toEqual([]);
    const secure = { ...invite, uri: 'sips:bob@example.com' };
    learned.note(secure, { movedTo: 'sip:bob@b.example' });
    learned.note(request('INVITE', 'sip:dave@example.com'), { movedTo: 'mailto:dave@example.com' });
    expect(applied(learned, secure).changes).toEqual([]);
    expect(applied(learned, request('INVITE', 'sip:dave@example.com')).changes).toEqual([]);
  });
});

describe('a dead entity-tag (RFC 3903 §5)', () => {
  const publish = request('PUBLISH', 'sip:alice@example.com', [['SIP-If-Match', 'dx200xyz']], '<presence/>');
  const learned = new LearnedStore();
  learned.note(publish, { entityTagDead: true });

  it('is left out of the next publication that brings its whole state', () => {
    expect(applied(learned, publish)).toMatchObject({ changes: [{ what: 'SIP-If-Match', after: [] }], remarks: [] });
    const headers = publish.headers.map(([name, value]): Header => [name, name === 'SIP-If-Match' ? 'other' : value]);
    expect(applied(learned, { ...publish, headers }).changes).toEqual([]);
  });

  it('is only told of where there is nothing to publish', () => {
    expect(applied(learned, { ...publish, body: '' })).toMatchObject({
      changes: [],
      remarks: [{ about: 'entityTag' }],
    });
    const headers = [...publish.headers, ['Expires', '0'] as const];
    expect(applied(learned, { ...publish, headers })).toMatchObject({ changes: [], remarks: [{ about: 'entityTag' }] });
  });
});

describe('LearnedStore', () => {
  it('forgets what it is told to forget', () => {
    const learned = new LearnedStore();
    learned.note(invite, {
      minSe: 90,
      allow: ['INVITE'],
      movedTo: 'sip:b@b.example',
      minExpires: 9,
      entityTagDead: true,
    });
    learned.noteDecision(invite, { action: { type: 'authenticate', challenges: [proxied, challenged] } });
    learned.forget(invite);
    expect(learned.for(invite)).toEqual({ challenges: [] });
  });

  it('keeps so many entries of each kind and no more, those used last', () => {
    const learned = new LearnedStore(3);
    const call = (index: number): SipRequest => request('INVITE', `sip:n${index}@example.com`);
    for (let index = 0; index < 10; index += 1) learned.note(call(index), { allow: ['BYE'] });
    const known = [...Array(10).keys()].filter((index) => learned.for(call(index)).allow !== undefined);
    expect(known).toEqual([7, 8, 9]);
  });

  it('keeps at most eight challenges of one call, the latest of each realm', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), (realms) => {
        const learned = new LearnedStore();
        realms.forEach((realm, index) =>
          learned.noteDecision(invite, {
            action: { type: 'authenticate', challenges: [{ ...proxied, realm: String(realm), nonce: String(index) }] },
          }),
        );
        const { challenges } = learned.for(invite);
        expect(challenges.length).toBeLessThanOrEqual(8);
        for (const { realm, nonce } of challenges) expect(Number(nonce)).toBe(realms.lastIndexOf(Number(realm)));
      }),
    );
  });
});
