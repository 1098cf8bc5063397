import { describe, expect, it } from 'vitest';
import { driveRetry, type DrivenRequest } from '../../machines/drive-retry.js';
import type { Credentials, CredentialsProvider } from '../../src/digest/credentials.js';
import { Keyring } from '../../src/digest/keyring.js';
import { secret } from '../../src/digest/secret.js';
import type { SipResponse } from '../../src/sip/message.js';
import { SipRetryError } from '../../src/sip/sip-retry-error.js';
import type { Answer } from '../../src/request/materials.js';
import { systemEnvironment } from '../../src/timing/environment.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { rfcPolicy } from '../../src/policy/table/index.js';
import { credentials, driven, rowsOf } from './driven.js';
import { challenge, invite, register } from './requests.js';

const accepted: SipResponse = { status: 200, reason: '', headers: [], body: '' };

const later = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('driveRetry', () => {
  it('answers a challenge with credentials computed at the moment of sending (RFC 3261 §22.2)', async () => {
    const request = driven({ request: register, credentials });
    request.respond(401, [challenge]);
    request.respond(200);
    expect(request.types()).toEqual(['send', 'decision', 'send', 'decision', 'done']);
    expect(rowsOf(request.sent()[1], 'Authorization')[0]).toMatch(/^Digest .*username="alice".*nc=00000001/);
    expect(await request.outcome).toEqual({ type: 'accepted', status: 200, attempts: 2 });
  });

  it('computes the credentials of every further attempt anew, for all realms (RFC 3261 §22.3)', () => {
    const request = driven({ request: register, credentials });
    request.respond(401, [challenge]);
    request.respond(407, [['Proxy-Authenticate', 'Digest realm="proxy", nonce="p1", qop="auth"']]);
    request.respond(423, [['Min-Expires', '3600']]);
    const last = request.sent().at(-1);
    expect(rowsOf(last, 'Authorization')[0]).toContain('nc=00000003');
    expect(rowsOf(last, 'Proxy-Authorization')[0]).toContain('nc=00000002');
    expect(rowsOf(last, 'Expires')).toEqual(['3600']);
  });

  it('sends the copy for another server with the credentials of the first, octet for octet (RFC 3263 §4.3)', () => {
    const servers = ['sip:a.example.com', 'sip:b.example.com'];
    const request = driven({ request: invite, credentials, client: { servers } });
    request.respond(401, [challenge]);
    request.respond(503);
    const [, first, copy] = request.sent();
    expect(rowsOf(copy, 'Authorization')).toEqual(rowsOf(first, 'Authorization'));
    expect(rowsOf(copy, 'CSeq')).toEqual(rowsOf(first, 'CSeq'));
    expect(rowsOf(copy, 'Via')).not.toEqual(rowsOf(first, 'Via'));
  });

  it('sends the first request as it was given, credentials and all', () => {
    const given = { ...register, headers: [...register.headers, ['Authorization', 'Digest username="x"'] as const] };
    expect(driven({ request: given }).sent()[0]).toBe(given);
  });

  it('counts on from the credentials that the request was given with (RFC 7616 §3.4)', () => {
    const row =
      'Digest username="alice", realm="example.com", nonce="n9", uri="sip:example.com", response="0", qop=auth, cnonce="c", nc=00000005';
    const given = { ...register, headers: [...register.headers, ['Authorization', row] as const] };
    const request = driven({ request: given, credentials });
    request.respond(423, [['Min-Expires', '3600']]);
    expect(rowsOf(request.sent()[1], 'Authorization')[0]).toMatch(/nonce="n9".*nc=00000006/);
  });

  it('gives up at once when there are no credentials for the realm', async () => {
    const known = driven({
      request: register,
      credentials: [{ realm: 'other', username: 'a', password: secret('b') }],
    });
    known.respond(401, [challenge]);
    expect(await known.outcome).toMatchObject({ type: 'gaveUp', reason: 'noCredentials', attempts: 1 });
    const asked = driven({ request: register, keyring: new Keyring() });
    asked.respond(401, [challenge]);
    expect(await asked.outcome).toMatchObject({ type: 'gaveUp', reason: 'noCredentials', attempts: 1 });
  });

  it('waits for a provider that asks a person, and asks it once', async () => {
    let asked = 0;
    const provider = (): Promise<Credentials> => {
      asked += 1;
      return Promise.resolve({ username: 'alice', password: secret('later') });
    };
    const request = driven({ request: register, credentials: provider });
    request.respond(401, [challenge]);
    expect(request.uac.state).toBe('recovering.authenticating');
    await later();
    expect(request.uac.state).toBe('pending');
    request.respond(401, [['WWW-Authenticate', 'Digest realm="example.com", nonce="n2", qop="auth", stale=true']]);
    expect(request.sent()).toHaveLength(3);
    expect(asked).toBe(1);
  });

  it('does not hear a provider that answers after the request was cancelled', async () => {
    const request = driven({ request: register, credentials: () => Promise.resolve(credentials[0]) });
    request.respond(401, [challenge]);
    request.uac.cancel();
    await later();
    expect(await request.outcome).toEqual({ type: 'cancelled', attempts: 1 });
    expect(request.types()).toEqual(['send', 'decision', 'done']);
  });

  it('remembers beyond the request which credentials were refused (RFC 3261 §22.1)', async () => {
    const keyring = new Keyring({ credentials });
    const first = driven({ request: register, keyring });
    first.respond(401, [challenge]);
    first.respond(401, [['WWW-Authenticate', 'Digest realm="example.com", nonce="n2", qop="auth"']]);
    expect(await first.outcome).toMatchObject({ reason: 'credentialsRejected', rule: '401#1' });
    const second = driven({ request: register, keyring });
    second.respond(401, [challenge]);
    expect(await second.outcome).toMatchObject({ reason: 'credentialsRejected', attempts: 1 });
    expect(second.sent()).toHaveLength(1);
  });

  it('answers a new nonce once more when an earlier request proved the credentials', () => {
    const keyring = new Keyring({ credentials });
    const first = driven({ request: register, keyring });
    first.respond(401, [challenge]);
    first.respond(200);
    const second = driven({ request: register, keyring });
    second.respond(401, [challenge]);
    second.respond(401, [['WWW-Authenticate', 'Digest realm="example.com", nonce="n9", qop="auth"']]);
    expect(second.sent()).toHaveLength(3);
  });

  it('waits as long as Retry-After says and never shorter (RFC 3261 §20.33)', () => {
    const request = driven({ request: register });
    request.respond(503, [['Retry-After', '60']]);
    const wait = request.told.find(({ type }) => type === 'wait');
    expect(wait).toMatchObject({ type: 'wait', action: { type: 'wait', basis: 'retryAfter' } });
    request.clock.advance(59_999);
    expect(request.sent()).toHaveLength(1);
    request.clock.runAll(1);
    expect(request.sent()).toHaveLength(2);
    expect(request.clock.pending).toBe(0);
  });

  it('ends a wait by the clock that nobody can set, also when the date is set back (#92)', () => {
    const clock = new JumpingClock();
    const request = driven({ request: register }, clock);
    request.respond(503, [['Retry-After', '60']]);
    clock.jump = -3_600_000;
    clock.advance(59_999);
    expect(request.sent()).toHaveLength(1);
    clock.advance(10_000);
    expect(request.sent()).toHaveLength(2);
  });

  it('does not end a wait early when the date is set forward (#92)', () => {
    const clock = new JumpingClock();
    const request = driven({ request: register }, clock);
    request.respond(503, [['Retry-After', '60']]);
    clock.jump = 3_600_000;
    clock.advance(59_999);
    expect(request.sent()).toHaveLength(1);
  });

  it('disarms its timer when the wait is cancelled', () => {
    const request = driven({ request: register });
    request.respond(503, [['Retry-After', '60']]);
    request.uac.cancel();
    expect(request.clock.pending).toBe(0);
  });

  it('sends a timeout to the next server, and names the first one before that (RFC 3263 §4.3)', () => {
    const client = { servers: ['sip:one.example.com', 'sip:two.example.com'] };
    const request = driven({ request: invite, client });
    request.uac.timeout();
    request.uac.transportError();
    expect(request.told.flatMap((event) => (event.type === 'send' ? [event.server] : []))).toEqual(client.servers);
    expect(request.uac.state).toBe('gaveUp');
  });

  it('takes the CSeq number from the UAC that keeps the count', () => {
    const request = driven({ request: register, nextCSeq: () => 4711 });
    request.respond(423, [['Min-Expires', '3600']]);
    expect(rowsOf(request.sent()[1], 'CSeq')).toEqual(['4711 REGISTER']);
  });

  it('drops a response whose status code is none (RFC 4475 §3.1.2.19)', () => {
    const request = driven({ request: register });
    for (const status of [0, 99, 700, 200.5, NaN, 4_294_967_301]) request.respond(status);
    expect(request.types()).toEqual(['send']);
  });

  it('drops a response to an earlier attempt: a 401 that comes twice says nothing of the password (RFC 3261 §8.2.6.2)', async () => {
    const keyring = new Keyring({ credentials });
    const request = driven({ request: register, keyring });
    const twice = [challenge, ['CSeq', '1 REGISTER']] as const;
    request.respond(401, twice);
    request.respond(401, twice);
    expect(request.types()).toEqual(['send', 'decision', 'send']);
    request.respond(200, [['CSeq', '2 REGISTER']]);
    expect(await request.outcome).toEqual({ type: 'accepted', status: 200, attempts: 2 });
    const other = driven({ request: register, keyring });
    other.respond(401, [challenge]);
    expect(other.sent()).toHaveLength(2);
  });

  it('drops a response to the CANCEL, whose CSeq has another method (RFC 3261 §9.1)', () => {
    const request = driven({ request: invite });
    request.respond(180, [['CSeq', '1 INVITE']]);
    request.uac.cancel();
    request.respond(200, [['CSeq', '1 CANCEL']]);
    expect(request.uac.state).toBe('cancelling.awaitingFinal');
    request.respond(487, [['CSeq', '1 INVITE']]);
    expect(request.types()).toEqual(['send', 'cancel', 'done']);
  });

  it('drops a response to the last attempt while the next one is held at the gate', () => {
    const request = driven({
      request: register,
      credentials,
      gate: ({ attempt, request: one }, go) => attempt < 2 && go(one),
    });
    request.respond(401, [challenge, ['CSeq', '1 REGISTER']]);
    request.respond(401, [challenge, ['CSeq', '1 REGISTER']]);
    expect(request.uac.state).toBe('pending');
    expect(request.types()).toEqual(['send', 'decision']);
  });

  it('tries the next target without the proxy that a 305 named for the last one (RFC 3261 §21.3.4, §8.1.3.4)', () => {
    const request = driven({ request: invite });
    request.respond(302, [['Contact', '<sip:b@b.example>;q=0.9, <sip:c@c.example>;q=0.5']]);
    request.respond(305, [['Contact', '<sip:p.b.example>']]);
    request.respond(404);
    expect(request.sent().map((sent) => [sent.uri, ...rowsOf(sent, 'Route')])).toEqual([
      ['sip:bob@example.com'],
      ['sip:b@b.example'],
      ['sip:b@b.example', '<sip:p.b.example;lr>'],
      ['sip:c@c.example'],
    ]);
  });

  it('tells the decision of the attempt it was made on, also where the next one is the same to the last octet', () => {
    const options = { ...invite, method: 'OPTIONS', headers: [['CSeq', '1 OPTIONS']] } as const;
    const request = driven({ request: options, client: { servers: ['sip:one.example.com', 'sip:two.example.com'] } });
    request.uac.timeout();
    request.uac.timeout();
    expect(request.told.flatMap((event) => ('attempt' in event ? [`${event.type} ${event.attempt}`] : []))).toEqual([
      'send 1',
      'decision 1',
      'send 2',
      'decision 2',
    ]);
  });

  it('goes on when an inspector throws, which leaves the call that it saw', async () => {
    let seen = 0;
    const inspect = (): void => {
      seen += 1;
      if (seen === 3) throw new Error('broken inspector');
    };
    const uac = driveRetry({ request: invite, environment: systemEnvironment(), inspect });
    expect(() => uac.start()).toThrow('broken inspector');
    uac.receive({ ...accepted, status: 180 });
    uac.receive(accepted);
    expect(await uac.start()).toMatchObject({ type: 'accepted' });
  });

  it('ignores what comes after the end', async () => {
    const request = driven({ request: register });
    request.respond(200);
    request.respond(401, [challenge]);
    request.uac.timeout();
    request.uac.transportError();
    request.uac.cancel();
    request.uac.answer({});
    request.uac.refuse();
    expect(request.types()).toEqual(['send', 'decision', 'done']);
    expect(await request.uac.start()).toEqual({ type: 'accepted', status: 200, attempts: 1 });
  });

  it('tells when to send CANCEL and when to hang up (RFC 3261 §9.1, §15)', async () => {
    const request = driven({ request: invite });
    request.uac.cancel();
    expect(request.types()).toEqual(['send']);
    request.respond(180);
    request.respond(200);
    expect(request.told[1]).toEqual({ type: 'cancel', request: invite });
    expect(request.told[2]).toMatchObject({ type: 'hangUp', status: 200 });
    expect(await request.outcome).toEqual({ type: 'cancelled', attempts: 1 });
  });

  it('ends 64·T1 after cancel() where no provisional response allows the CANCEL (RFC 3261 §9.1)', async () => {
    const request = driven({ request: invite });
    request.uac.cancel();
    request.clock.advance(31_999);
    expect(request.uac.state).toBe('cancelling.awaitingProvisional');
    request.clock.advance(1);
    expect(await request.outcome).toEqual({ type: 'cancelled', attempts: 1 });
    expect(request.types()).toEqual(['send', 'done']);
    expect(request.clock.pending).toBe(0);
  });

  it('waits 64·T1 again from the CANCEL itself (RFC 3261 §9.1)', () => {
    const request = driven({ request: invite });
    request.uac.cancel();
    request.clock.advance(20_000);
    request.respond(180);
    request.clock.advance(31_999);
    expect(request.uac.state).toBe('cancelling.awaitingFinal');
    request.clock.advance(1);
    expect(request.uac.state).toBe('cancelled');
  });

  it('gives up on the final response 64·T1 after the CANCEL (RFC 3261 §9.1)', () => {
    const request = driven({ request: invite });
    request.respond(180);
    request.uac.cancel();
    request.clock.advance(31_999);
    expect(request.uac.state).toBe('cancelling.awaitingFinal');
    request.clock.advance(1);
    expect(request.uac.state).toBe('cancelled');
  });

  it('settles each event before the next, also when a listener answers from within', async () => {
    const request = driveRetry({ request: register, credentials });
    const seen: string[] = [];
    request.on('send', ({ attempt }) => {
      seen.push(`send ${attempt}`);
      const headers = attempt === 1 ? [challenge] : [];
      request.receive({ status: attempt === 1 ? 401 : 200, reason: '', headers, body: '' });
    });
    request.on('decision', ({ decision }) => seen.push(decision.action.type));
    request.on('done', ({ outcome }) => seen.push(outcome.type));
    await request.start();
    expect(seen).toEqual(['send 1', 'authenticate', 'send 2', 'accept', 'accepted']);
  });

  it('lets the exception of a listener out of the call that caused it, once everything is settled', () => {
    const request = driven({ request: register, credentials });
    const off = request.uac.on('decision', () => {
      throw new Error('a listener of the programmer');
    });
    expect(() => request.respond(401, [challenge])).toThrow('a listener of the programmer');
    expect(request.uac.state).toBe('pending');
    request.uac.on('decision', () => {
      throw new Error('another one');
    });
    expect(() => request.respond(401, [])).toThrow(AggregateError);
    off();
    expect(request.types()).toContain('done');
  });

  it('rejects the outcome when a condition of the policy throws', async () => {
    const broken = (): boolean => {
      throw new Error('broken condition');
    };
    const policy = { ...rfcPolicy, conditions: { challengeRejects: broken } };
    const request = driven({ request: register, policy });
    request.respond(401, [challenge]);
    await expect(request.outcome).rejects.toThrow('broken condition');
    request.respond(200);
    expect(request.types()).toEqual(['send']);
  });

  it.each([
    ['neither a request nor a snapshot', () => driveRetry({})],
    ['a keyring and credentials', () => driveRetry({ request: register, keyring: new Keyring(), credentials })],
    [
      'a call before start()',
      () => driveRetry({ request: register }).receive({ status: 200, reason: '', headers: [], body: '' }),
    ],
    ['a snapshot before start()', () => driveRetry({ request: register }).persist()],
    ['a limit that is none', () => driveRetry({ request: register, limits: { maxAttempts: 0 } })],
    [
      'a request and a snapshot',
      () => driveRetry({ request: register, snapshot: driven({ request: register }).uac.persist() }),
    ],
  ])('refuses %s, which is a mistake of the program', (_what, call) => {
    expect(call).toThrow(SipRetryError);
  });
});

describe('a question to the application', () => {
  const overlap = { ...invite, uri: 'tel:+4930123' };

  it('is answered by a function, at once or later (RFC 3261 §21.4.22)', async () => {
    const answers: (Answer | Promise<Answer> | undefined)[] = [
      { digits: '4' },
      Promise.resolve({ digits: '5' }),
      undefined,
    ];
    const request = driven({ request: overlap, answer: () => answers.shift() });
    request.respond(484);
    expect(request.sent()[1]?.uri).toContain('49301234');
    request.respond(484);
    await later();
    expect(request.sent()[2]?.uri).toContain('493012345');
    request.respond(484);
    expect(await request.outcome).toMatchObject({ reason: 'cannotCorrect', status: 484 });
  });

  it('is answered by a listener, when it likes', () => {
    const request = driven({ request: overlap });
    const asked: string[] = [];
    request.uac.on('ask', (question) => asked.push(question.for));
    request.respond(484);
    request.clock.advance(59_999);
    request.uac.answer({ digits: '4' });
    request.uac.answer({ digits: '5' });
    expect(asked).toEqual(['digits']);
    expect(request.sent().map(({ uri }) => uri)).toHaveLength(2);
  });

  it('may be answered from within the listener, and is then not asked again', () => {
    const request = driven({ request: overlap, answer: () => ({ digits: '9' }) });
    request.uac.on('ask', () => request.uac.answer({ digits: '4' }));
    request.respond(484);
    expect(request.sent()).toHaveLength(2);
    expect(request.sent()[1]?.uri).toContain('49301234');
  });

  it('is refused when nobody is there to answer', async () => {
    const request = driven({ request: overlap });
    request.respond(484);
    expect(await request.outcome).toMatchObject({ reason: 'cannotCorrect' });
  });

  it('counts as refused when it stays open too long', async () => {
    const request = driven({ request: overlap });
    request.uac.on('ask', () => undefined);
    request.respond(484);
    request.clock.advance(60_000);
    expect(await request.outcome).toMatchObject({ reason: 'cannotCorrect' });
    request.uac.answer({ digits: '4' });
    expect(request.sent()).toHaveLength(1);
  });

  const wrongAnswers: readonly (readonly [string, unknown, number, RegExp])[] = [
    ['a text', '3', 484, /^answer must be an object\.$/],
    ['digits that are a number', { digits: 3 }, 484, /^answer\.digits must be a text\.$/],
    ['a target that is none', { target: 5 }, 484, /^answer\.target must be a text\.$/],
    ['a name that is none', { digit: '3' }, 484, /did you mean "digits"/],
    ['a body that is a text', { body: 'x' }, 415, /^answer\.body must be an object\.$/],
    ['a body without a type', { body: { content: 'x' } }, 415, /^answer\.body\.type must be a text\.$/],
    ['a body without content', { body: { type: 'a/b' } }, 415, /^answer\.body\.content must be a text\.$/],
    ['header fields that are no rows', { headers: { X: 'y' } }, 415, /^answer\.headers must be a list of/],
    ['a header field without a value', { headers: [['X']] }, 415, /^answer\.headers must be a list of/],
  ];

  it.each(wrongAnswers)(
    'has an answer that is none told where it is given, and stays open: %s',
    (_what, given, status, sentence) => {
      const request = driven({ request: overlap });
      request.uac.on('ask', () => undefined);
      request.respond(status, [['Accept', 'text/plain']]);
      const state = request.uac.state;
      expect(() => request.uac.answer(given as Answer)).toThrow(expect.objectContaining({ code: 'badOptions' }));
      expect(() => request.uac.answer(given as Answer)).toThrow(sentence);
      expect(request.uac.state).toBe(state);
    },
  );

  it.each(wrongAnswers)(
    'is refused where a function answers it with what is none, at once or later, and start() rejects: %s',
    async (_what, given, status, sentence) => {
      for (const answer of [() => given as Answer, () => Promise.resolve(given as Answer)]) {
        const request = driven({ request: overlap, answer });
        const failures = failuresOf(request.uac);
        request.respond(status, [['Accept', 'text/plain']]);
        await expect(request.outcome).rejects.toMatchObject({
          code: 'badOptions',
          message: expect.stringMatching(sentence) as string,
        });
        expect(failures).toHaveLength(1);
        expect(request.sent()).toHaveLength(1);
      }
    },
  );

  it('takes a body away with null, and a body with header fields of its own (RFC 3261 §21.4.13)', () => {
    const request = driven({ request: invite, answer: () => ({ body: null }) });
    request.respond(415, [['Accept', 'text/plain']]);
    expect(request.sent()[1]).toMatchObject({ body: '' });
    const headers = [['Content-Language', 'en']] as const;
    const other = driven({
      request: invite,
      answer: () => ({ body: { type: 'text/plain', content: 'hello', headers } }),
    });
    other.respond(415, [['Accept', 'text/plain']]);
    expect(rowsOf(other.sent()[1], 'Content-Language')).toEqual(['en']);
  });

  it('for credentials is no matter of the application', () => {
    const request = driven({ request: register, credentials: () => Promise.resolve(credentials[0]) });
    request.respond(401, [challenge]);
    request.uac.answer({});
    expect(request.uac.state).toBe('recovering.authenticating');
    request.uac.refuse();
    expect(request.uac.state).toBe('gaveUp');
  });

  it.each(['thrown', 'rejected'])(
    'is refused by who fails instead of answering, and start() rejects with it (%s)',
    async (how) => {
      const failing = new Error('no answer');
      const request = driven({ request: overlap, answer: () => fail(how, failing) });
      const failures = failuresOf(request.uac);
      request.respond(484);
      await expect(request.outcome).rejects.toBe(failing);
      expect(failures).toEqual([{ for: 'digits', cause: failing }]);
      expect(request.told.at(-1)).toMatchObject({ type: 'done', outcome: { reason: 'cannotCorrect' } });
    },
  );

  it.each(['thrown', 'rejected'])(
    'for credentials is refused by a provider that fails: receive() does not throw, start() rejects (%s)',
    async (how) => {
      const failing = new Error('keychain locked');
      const request = driven({ request: register, credentials: () => fail(how, failing) });
      const failures = failuresOf(request.uac);
      request.respond(401, [challenge]);
      await expect(request.outcome).rejects.toBe(failing);
      expect(failures).toEqual([{ for: 'credentials', cause: failing }]);
      expect(request.told.at(-1)).toMatchObject({ type: 'done', outcome: { reason: 'noCredentials' } });
    },
  );

  it.each([
    ['at once', () => ({ user: 'alice' })],
    ['later', () => Promise.resolve({ user: 'alice' })],
  ])('for credentials is refused by a provider that gives none, %s', async (_when, provider) => {
    const request = driven({ request: register, credentials: provider as unknown as CredentialsProvider });
    request.respond(401, [challenge]);
    await expect(request.outcome).rejects.toMatchObject({ name: 'SipRetryError', code: 'badCredentials' });
  });

  it('that a provider failed to answer is no matter of an accepted request', async () => {
    const provider = () => Promise.reject(new Error('keychain locked'));
    const begun = driven({ request: register, credentials });
    begun.respond(401, [challenge]);
    begun.respond(503, [['Retry-After', '5']]);
    const resumed = driven({ snapshot: begun.uac.persist(), credentials: provider }, begun.clock);
    const failures = failuresOf(resumed.uac);
    resumed.clock.advance(10_000);
    await later();
    expect(failures).toHaveLength(1);
    expect(resumed.sent()).toHaveLength(1);
    resumed.respond(200);
    expect(await resumed.outcome).toMatchObject({ type: 'accepted' });
  });

  it('that fails after it was given up is not told any more', async () => {
    let reject: (reason: Error) => void = () => undefined;
    const answering = new Promise<undefined>((_, refuse) => (reject = refuse));
    const request = driven({ request: overlap, answer: () => answering });
    const failures = failuresOf(request.uac);
    request.respond(484);
    request.uac.refuse();
    reject(new Error('too late'));
    expect(await request.outcome).toMatchObject({ reason: 'cannotCorrect' });
    expect(failures).toEqual([]);
  });
});

describe('a mistake of the program', () => {
  const wrong = (options: object) => () => driveRetry(options);

  it.each([
    ['nothing at all', () => (driveRetry as () => unknown)(), 'options must be an object.'],
    ['no request', wrong({}), 'Give a request, or the snapshot of one.'],
    [
      'an option that is none',
      wrong({ request: register, credential: [] }),
      /options\.credential is an unknown key \(did you mean "credentials"\?\)/,
    ],
    ['a policy that is none', wrong({ request: register, policy: {} }), 'options.policy.entries must be an object.'],
    [
      'servers that are no list',
      wrong({ request: register, client: { servers: 'sip:a' } }),
      'options.client.servers must be a list of texts.',
    ],
    [
      'a clock without date()',
      wrong({ request: register, environment: { clock: { now: () => 0 }, random: () => 0, token: () => '' } }),
      'options.environment.clock.date must be a function.',
    ],
    ['a keyring that is none', wrong({ request: register, keyring: credentials[0] }), 'options.keyring.find must be'],
  ])('is told at the door: %s', (_what, call, sentence) => {
    expect(call).toThrow(expect.objectContaining({ name: 'SipRetryError', code: 'badOptions' }));
    expect(call).toThrow(sentence);
  });

  it.each([
    ['REGISTER sip:a SIP/2.0'],
    [{ method: 'REGISTER', uri: 'sip:a' }],
    [{ ...register, headers: { Via: 'a' } }],
  ])('is told at the door: a request that is none, %j', (request) => {
    expect(wrong({ request })).toThrow(expect.objectContaining({ code: 'badRequest' }));
  });

  it.each([['SIP/2.0 401 Unauthorized'], [undefined], [{ status: 401 }], [register], [{ ...accepted, headers: [{}] }]])(
    'is told where it is given: a response that is none, %j',
    async (response) => {
      const request = driven({ request: register });
      expect(() => request.uac.receive(response as SipResponse)).toThrow(
        expect.objectContaining({ name: 'SipRetryError', code: 'badRequest' }),
      );
      request.respond(200);
      expect(await request.outcome).toMatchObject({ type: 'accepted' });
    },
  );

  it('is told where it is given: the name of an event that is none, a listener that is none', () => {
    const { uac } = driven({ request: register });
    expect(() => uac.on('decisions' as 'decision', () => undefined)).toThrow(
      /decisions is an unknown event \(did you mean "decision"\?\); use one of send, decision/,
    );
    expect(() => uac.on('send', undefined as unknown as () => void)).toThrow('listener must be a function.');
  });
});

function failuresOf(uac: DrivenRequest): readonly unknown[] {
  const failures: unknown[] = [];
  uac.on('askFailure', (failure) => failures.push(failure));
  return failures;
}

function fail(how: string, error: Error): Promise<never> {
  if (how === 'thrown') throw error;
  return Promise.reject(error);
}

/** A clock whose date can be set, as an operator or a time server does. */
class JumpingClock extends VirtualClock {
  jump = 0;

  override date(): number {
    return super.date() + this.jump;
  }
}
