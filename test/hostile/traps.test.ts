// The traps that other SIP stacks have fallen into, each by its name, run through the whole engine in virtual time.
import { describe, expect, it } from 'vitest';
import { Keyring } from '../../src/digest/keyring.js';
import { secret } from '../../src/digest/secret.js';
import { readCSeq } from '../../src/sip/cseq.js';
import { allHeaders, firstHeader } from '../../src/sip/header-list.js';
import type { Header, SipRequest } from '../../src/sip/message.js';
import type { Client } from '../../src/policy/facts.js';
import { requestOf } from './requests.js';
import { type Attempt, runRequest } from './run-request.js';
import { always, credentialsSent, respond, type Server } from './servers.js';

const register = requestOf('REGISTER');
const invite = requestOf('INVITE');
const reInvite = requestOf('INVITE', true);

function run(request: SipRequest, server: Server, client: Client = {}, seed = 1): readonly Attempt[] {
  return runRequest(request, server, { seed, client });
}

function outcomeOf(attempts: readonly Attempt[]): string {
  const action = attempts.at(-1)?.decision.action;
  return action?.type === 'giveUp' ? action.reason : (action?.type ?? 'nothing');
}

/** Answers in order; the last one for ever. */
function inTurn(...answers: readonly (readonly [status: number, ...headers: readonly Header[]])[]): Server {
  return (request, attempt) => {
    const [status, ...headers] = answers[Math.min(attempt, answers.length) - 1]!;
    return { provisional: [], outcome: respond(request, status, headers) };
  };
}

const challenge = (text: string, kind = 'WWW-Authenticate'): Header => [kind, text];
const expiresSent = (attempts: readonly Attempt[]): readonly (string | undefined)[] =>
  attempts.map(({ sent }) => firstHeader(sent.headers, 'Expires'));

describe('423', () => {
  it('for ever with the same value: one raise, then the end (RFC 3261 §10.2.8)', () => {
    const attempts = run(register, always(423, [['Min-Expires', '3600']]));
    expect(expiresSent(attempts)).toEqual(['600', '3600']);
    expect(outcomeOf(attempts)).toBe('intervalRefused');
  });

  it('growing for ever: two raises, then the end', () => {
    let minimum = 600;
    const attempts = run(register, (request) => ({
      provisional: [],
      outcome: respond(request, 423, [['Min-Expires', String((minimum += 600))]]),
    }));
    expect(expiresSent(attempts)).toEqual(['600', '1200', '1800']);
    expect(outcomeOf(attempts)).toBe('attemptsExhausted');
  });

  it.each(['10', '600', 'abc', '-1', ''])('with Min-Expires "%s": one guess of 3600, never lower', (value) => {
    const attempts = run(register, always(423, [['Min-Expires', value]]));
    expect(expiresSent(attempts)).toEqual(['600', '3600']);
    expect(outcomeOf(attempts)).toBe('intervalRefused');
  });

  it('with Min-Expires 4294967295: refused, not accepted for 136 years', () => {
    const attempts = run(register, always(423, [['Min-Expires', '4294967295']]));
    expect(attempts).toHaveLength(1);
    expect(outcomeOf(attempts)).toBe('intervalRefused');
  });

  it('alternating with 401 for ever: bounded by the progress of each', () => {
    const attempts = run(
      register,
      inTurn(
        [401, challenge('Digest realm="a", nonce="1"')],
        [423, ['Min-Expires', '700']],
        [401, challenge('Digest realm="a", nonce="2"')],
        [423, ['Min-Expires', '800']],
        [401, challenge('Digest realm="a", nonce="3"')],
      ),
    );
    expect(attempts).toHaveLength(5);
    expect(outcomeOf(attempts)).toBe('credentialsRejected');
  });
});

describe('401 and 407', () => {
  it('a 180 before each 401 does not reset the guard (RFC 3261 §22.1)', () => {
    let nonce = 0;
    const attempts = run(invite, (request) => ({
      provisional: [180],
      outcome: respond(request, 401, [challenge(`Digest realm="a", nonce="${(nonce += 1)}"`)]),
    }));
    expect(attempts).toHaveLength(2);
    expect(outcomeOf(attempts)).toBe('credentialsRejected');
  });

  it.each(['n1', 'n2'])('a second 401 with nonce %s and no stale is a rejection', (second) => {
    const attempts = run(
      register,
      inTurn([401, challenge('Digest realm="a", nonce="n1"')], [401, challenge(`Digest realm="a", nonce="${second}"`)]),
    );
    expect(attempts).toHaveLength(2);
    expect(outcomeOf(attempts)).toBe('credentialsRejected');
  });

  it('stale for ever: three answers to stale, then the end', () => {
    let nonce = 0;
    const attempts = run(register, (request) => ({
      provisional: [],
      outcome: respond(request, 401, [challenge(`Digest realm="a", nonce="${(nonce += 1)}", stale=true`)]),
    }));
    expect(attempts.length).toBe(5);
    expect(outcomeOf(attempts)).toBe('attemptsExhausted');
  });

  it('401 then 407 then 200: both kinds of credentials go out (RFC 3261 §22.3)', () => {
    const attempts = run(
      invite,
      inTurn(
        [401, challenge('Digest realm="a", nonce="1"')],
        [407, challenge('Digest realm="b", nonce="2"', 'Proxy-Authenticate')],
        [200],
      ),
    );
    expect(outcomeOf(attempts)).toBe('accept');
    expect(credentialsSent(attempts[2]!.sent).map(({ realm }) => realm)).toEqual(['user a', 'proxy b']);
  });

  it.each([
    [
      'two realms in two header fields',
      [challenge('Digest realm="a", nonce="1"'), challenge('Digest realm="b", nonce="2"')],
      ['user a', 'user b'],
    ],
    [
      'two realms joined by a comma',
      [challenge('Digest realm="a", nonce="1", Digest realm="b", nonce="2"')],
      ['user a', 'user b'],
    ],
    ['a realm with a comma', [challenge('Digest realm="Foo, Inc", nonce="1"')], ['user Foo, Inc']],
    ['DIGEST in capitals', [challenge('DIGEST realm="a", nonce="1"')], ['user a']],
    ['the algorithm in quotes', [challenge('Digest realm="a", nonce="1", algorithm="MD5"')], ['user a']],
    ['a qop list and auth-int', [challenge('Digest realm="a", nonce="1", qop="auth-int,auth"')], ['user a']],
  ])('%s: answered', (_name, headers, realms) => {
    const attempts = run(register, inTurn([401, ...headers], [200]));
    expect(credentialsSent(attempts[1]!.sent).map(({ realm }) => realm)).toEqual(realms);
    expect(outcomeOf(attempts)).toBe('accept');
  });

  it('SHA-256 is answered with SHA-256, and the topmost of several algorithms is taken (RFC 8760 §2.3)', () => {
    const sha = challenge('Digest realm="a", nonce="1", algorithm=SHA-256');
    const md5 = challenge('Digest realm="a", nonce="2", algorithm=MD5');
    const [, second] = run(register, inTurn([401, sha, md5], [200]));
    const row = firstHeader(second!.sent.headers, 'Authorization') ?? '';
    expect(row).toMatch(/algorithm=SHA-256/);
    expect(row).toMatch(/response="[0-9a-f]{64}"/);
    expect(allHeaders(second!.sent.headers, 'Authorization')).toHaveLength(1);
  });

  it('401 without a challenge: nothing to answer, and no loop', () => {
    const attempts = run(register, always(401));
    expect(attempts).toHaveLength(1);
    expect(outcomeOf(attempts)).toBe('malformedResponse');
  });

  it('remembers rejected credentials for the next request, and forgets nothing but by a change of them', () => {
    const keyring = new Keyring({ credentials: [{ username: 'alice', password: secret('wrong') }] });
    const server = always(401, [challenge('Digest realm="a", nonce="1"')]);
    const first = runRequest(register, server, { seed: 1, keyring });
    const second = runRequest(register, server, { seed: 2, keyring });
    expect(first.flatMap(({ sent }) => credentialsSent(sent))).toHaveLength(1);
    expect(second.flatMap(({ sent }) => credentialsSent(sent))).toHaveLength(0);
  });
});

describe('Retry-After', () => {
  it.each([
    ['0', 1_000, 1_100],
    ['120 (x);duration=60', 120_000, 132_000],
    ['3', 3_000, 3_300],
  ])('%s: waited for, with a floor and a spread', (value, least, most) => {
    const attempts = run(register, inTurn([503, ['Retry-After', value]], [200]));
    const waited = attempts[1]!.at - attempts[0]!.at;
    expect(waited).toBeGreaterThanOrEqual(least);
    expect(waited).toBeLessThanOrEqual(most + 20);
  });

  it('0 for ever: bounded, and never faster than one a second', () => {
    const attempts = run(register, always(503, [['Retry-After', '0']]));
    expect(attempts).toHaveLength(8);
    expect(attempts.at(-1)!.at).toBeGreaterThanOrEqual(7_000);
  });

  it('4294967296: not retried at once by an overflowing timer, but refused with the number', () => {
    const attempts = run(register, always(503, [['Retry-After', '4294967296']]));
    expect(attempts).toHaveLength(1);
    expect(attempts[0]!.decision.action).toMatchObject({
      reason: 'retryAfterTooLong',
      detail: { notBefore: 4_294_967_296_000, limit: 'maxWaitMs' },
    });
  });

  it('-5: counts as absent', () => {
    const [first] = run(invite, always(480, [['Retry-After', '-5']]));
    expect(first!.decision.action).toEqual({ type: 'giveUp', reason: 'unavailable' });
  });
});

describe('glare, failure and fail-over', () => {
  it.each([
    [true, 2_100, 4_000],
    [false, 0, 2_000],
  ])(
    '491 for ever where we own the Call-ID (%s): waits of §14.1, five rounds, CSeq growing',
    (ownsCallId, least, most) => {
      const attempts = run(reInvite, always(491), { ownsCallId });
      expect(attempts).toHaveLength(6);
      expect(outcomeOf(attempts)).toBe('attemptsExhausted');
      attempts.slice(1).forEach(({ at, sent }, index) => {
        const waited = at - attempts[index]!.at - 20;
        expect(waited).toBeGreaterThanOrEqual(least);
        expect(waited).toBeLessThanOrEqual(most);
        expect(waited % 10).toBe(0);
        expect(readCSeq(sent.headers)?.number).toBe(index + 2);
      });
    },
  );

  it('408 from the wire and a timeout of our own are told apart: a new request, or an identical copy (RFC 3263 §4.3)', () => {
    const servers = ['sip:a.example.com', 'sip:b.example.com'];
    const wire = run(invite, inTurn([408], [200]), { servers });
    expect(wire[0]!.decision.action).toMatchObject({ type: 'tryOtherServer', reorigination: 'retry' });
    expect(readCSeq(wire[1]!.sent.headers)?.number).toBe(2);
    const silent = run(
      invite,
      (request, attempt) => ({ provisional: [], outcome: attempt === 1 ? 'timeout' : respond(request, 200) }),
      { servers },
    );
    expect(silent[0]!.decision.action).toMatchObject({ type: 'tryOtherServer', reorigination: 'failover' });
    expect(readCSeq(silent[1]!.sent.headers)?.number).toBe(1);
  });

  it('503 after the walk through all servers: the last Retry-After is waited for, not lost', () => {
    const servers = ['sip:a.example.com', 'sip:b.example.com'];
    const attempts = run(register, inTurn([503, ['Retry-After', '9']], [503, ['Retry-After', '7']], [200]), {
      servers,
    });
    expect(attempts.map(({ server }) => server)).toEqual([...servers, 'sip:b.example.com']);
    expect(attempts[2]!.at - attempts[1]!.at).toBeGreaterThanOrEqual(7_000);
  });

  it('503 for ever from three servers: bounded', () => {
    const servers = ['sip:a.example.com', 'sip:b.example.com', 'sip:c.example.com'];
    expect(run(register, always(503), { servers }).length).toBeLessThanOrEqual(8);
  });

  it('494 for ever with the same list: one agreement, then the end (RFC 3329 §2.3.1)', () => {
    const attempts = run(invite, always(494, [['Security-Server', 'tls;q=0.2']]));
    expect(attempts).toHaveLength(2);
    expect(outcomeOf(attempts)).toBe('cannotCorrect');
  });

  it('494 with a changed list: somebody may be in between (RFC 3329 §3)', () => {
    const attempts = run(
      invite,
      inTurn([494, ['Security-Server', 'tls;q=0.2']], [494, ['Security-Server', 'tls;q=0.1']]),
    );
    expect(outcomeOf(attempts)).toBe('downgradeRefused');
  });
});

describe('422', () => {
  it('without Min-SE: one guess, then without session timer, then the end', () => {
    const attempts = run(invite, always(422));
    expect(attempts.map(({ sent }) => firstHeader(sent.headers, 'Session-Expires'))).toEqual(['90', '1800', undefined]);
    expect(outcomeOf(attempts)).toBe('intervalRefused');
  });

  it('equal to what was sent: copied into Min-SE once, then the end (RFC 4028 §7.4)', () => {
    const attempts = run(invite, always(422, [['Min-SE', '90']]));
    expect(attempts).toHaveLength(2);
    expect(firstHeader(attempts[1]!.sent.headers, 'Min-SE')).toBe('90');
  });
});

describe('redirection', () => {
  it('302 to itself: nothing to follow', () => {
    const attempts = run(invite, always(302, [['Contact', `<${invite.uri}>`]]));
    expect(attempts).toHaveLength(1);
    expect(outcomeOf(attempts)).toBe('noTargetLeft');
  });

  it('302 in a circle: each address once (RFC 3261 §8.1.3.4)', () => {
    const attempts = run(invite, (request) => ({
      provisional: [],
      outcome: respond(request, 302, [
        ['Contact', request.uri === 'sip:a@example.com' ? '<sip:b@example.com>' : '<sip:a@example.com>'],
      ]),
    }));
    expect(attempts.map(({ sent }) => sent.uri)).toEqual([invite.uri, 'sip:a@example.com', 'sip:b@example.com']);
    expect(outcomeOf(attempts)).toBe('noTargetLeft');
  });

  it('305: through the proxy, to the same Request-URI (RFC 3261 §21.3.4)', () => {
    const [, second] = run(invite, inTurn([305, ['Contact', '<sip:proxy.example.com>']], [200]));
    expect(second!.sent.uri).toBe(invite.uri);
    expect(firstHeader(second!.sent.headers, 'Route')).toContain('sip:proxy.example.com');
    expect(firstHeader(second!.sent.headers, 'Route')).toContain(';lr');
  });

  it.each([[[]], [[['Contact', '*'] as const]], [[['Contact', '<mailto:alice@example.com>'] as const]]])(
    '3xx without a usable Contact %j: the end',
    (headers) => {
      expect(outcomeOf(run(invite, always(302, headers)))).toBe('noTargetLeft');
    },
  );

  it('a Contact that smuggles header fields or a method is cut or left (RFC 3261 §19.1.5)', () => {
    const [, second] = run(
      invite,
      inTurn(
        [302, ['Contact', '<sip:x@example.com;method=BYE>, <sip:y@example.com?Route=%3Csip:evil.example%3E>;q=0.5']],
        [200],
      ),
    );
    expect(second!.sent.uri).toBe('sip:y@example.com');
    expect(firstHeader(second!.sent.headers, 'Route')).toBeUndefined();
  });
});

describe('the requests themselves', () => {
  it('the grown CSeq reaches the wire, with its method', () => {
    const attempts = run(
      register,
      inTurn([401, challenge('Digest realm="a", nonce="1"')], [423, ['Min-Expires', '900']], [200]),
    );
    expect(attempts.map(({ sent }) => firstHeader(sent.headers, 'CSeq'))).toEqual([
      '1 REGISTER',
      '2 REGISTER',
      '3 REGISTER',
    ]);
  });

  it("never changes the caller's objects", () => {
    const before = JSON.stringify(invite);
    run(
      invite,
      inTurn([401, challenge('Digest realm="a", nonce="1"')], [422, ['Min-SE', '1800']], [484], [503], [200]),
    );
    expect(JSON.stringify(invite)).toBe(before);
  });
});
