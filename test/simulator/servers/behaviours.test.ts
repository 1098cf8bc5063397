import { describe, expect, it } from 'vitest';
import type { ScenarioInput } from '../../../src/simulator/scenario.js';
import { alice, headerOf, invite, options, register, run, scenarioOf, server } from '../running.js';

type Behaviour = NonNullable<ScenarioInput['servers'][number]['behaviour']>;

const behaving = (behaviour: Behaviour, request = options): ScenarioInput => scenarioOf(request, { behaviour });

describe('a challenger', () => {
  const challenger = (challenge: object): ScenarioInput =>
    behaving({ type: 'challenger', challenge: { realm: 'example.com', ...challenge } });

  it.each([['MD5'], ['SHA-256'], ['SHA-512-256']] as const)(
    'lets in who answers rightly with %s',
    async (algorithm) => {
      const { flow, messages } = await run(challenger({ algorithms: [algorithm] }));
      expect(flow).toEqual(['OPTIONS', '401 Unauthorized', 'OPTIONS', '200 OK']);
      expect(messages[2] && headerOf(messages[2], 'Authorization')).toContain(`algorithm=${algorithm}`);
    },
  );

  it.each([['auth-int'], ['none']] as const)('knows qop %s', async (qop) => {
    const { outcomes } = await run(challenger({ qop }));
    expect(outcomes).toMatchObject([{ outcome: 'accepted', attempts: 2 }]);
  });

  it('lets nobody in with a wrong password, and the client asks only once (RFC 3261 §22.1)', async () => {
    const { flow, outcomes } = await run({
      ...challenger({ users: [{ username: 'alice', password: 'another' }] }),
      uac: { credentials: [alice] },
    });
    expect(flow).toEqual(['OPTIONS', '401 Unauthorized', 'OPTIONS', '401 Unauthorized']);
    expect(outcomes).toMatchObject([{ outcome: 'gaveUp', reason: 'credentialsRejected' }]);
  });

  it('lets nobody in whom it does not know', async () => {
    const { outcomes } = await run(challenger({ users: [{ username: 'bob', password: alice.password }] }));
    expect(outcomes).toMatchObject([{ outcome: 'gaveUp', reason: 'credentialsRejected' }]);
  });

  it('offers algorithms in order, and the client takes the first that it knows (RFC 8760 §2.4)', async () => {
    const { messages } = await run(challenger({ algorithms: ['SHA-256', 'MD5'] }));
    expect(messages[1]?.text.match(/^WWW-Authenticate:/gm)).toHaveLength(2);
    expect(messages[2] && headerOf(messages[2], 'Authorization')).toContain('algorithm=SHA-256');
  });

  it('calls a nonce stale that was used as often as it may be (RFC 7616 §3.3)', async () => {
    const { flow, messages, outcomes } = await run({
      ...challenger({ nonceUses: 1 }),
      requests: [options, { ...options, at: '1 s' }],
    });
    expect(flow).toEqual([
      'OPTIONS',
      '401 Unauthorized',
      'OPTIONS',
      '200 OK',
      'OPTIONS',
      '401 Unauthorized',
      'OPTIONS',
      '200 OK',
    ]);
    expect(messages[5] && headerOf(messages[5], 'WWW-Authenticate')).toContain('stale=true');
    expect(outcomes).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted' }]);
  });

  it('calls a nonce stale that is too old, and takes it with the next count while it is not', async () => {
    const { messages } = await run({
      ...challenger({ nonceLifetime: '1 min' }),
      requests: [options, { ...options, at: '30 s' }, { ...options, at: '2 min' }],
    });
    const sent = messages.filter(({ from }) => from === 'uac').map((message) => headerOf(message, 'Authorization'));
    expect(sent[1]).toContain('nc=00000001');
    expect(sent[2]).toContain('nc=00000002');
    const challenges = messages.filter(({ summary }) => summary === '401 Unauthorized');
    expect(challenges.map((message) => headerOf(message, 'WWW-Authenticate')?.includes('stale=true'))).toEqual([
      false,
      true,
    ]);
  });

  it('goes on by its script', async () => {
    const { flow } = await run(
      behaving({ type: 'challenger', challenge: { realm: 'example.com' }, then: [{ status: 486 }] }, invite),
    );
    expect(flow).toEqual(['INVITE', '401 Unauthorized', 'ACK', 'INVITE', '486 Busy Here', 'ACK']);
  });
});

describe('a registrar', () => {
  it('refuses too brief an interval with its minimum, but none of an hour (RFC 3261 §10.3)', async () => {
    const brief = await run(behaving({ type: 'registrar', minExpires: 600 }, register));
    expect(brief.flow).toEqual(['REGISTER', '423 Interval Too Brief', 'REGISTER', '200 OK']);
    const hour = await run(behaving({ type: 'registrar', minExpires: 7200 }, { ...register, expires: 3600 }));
    expect(hour.flow).toEqual(['REGISTER', '200 OK']);
  });

  it('lists the binding with the interval that it grants', async () => {
    const { messages } = await run(behaving({ type: 'registrar', maxExpires: 900 }, { ...register, expires: 3600 }));
    expect(messages[1] && headerOf(messages[1], 'Contact')).toBe('<sip:alice@198.51.100.7:5060>;expires=900');
  });

  it('answers nothing but REGISTER', async () => {
    const { outcomes } = await run(behaving({ type: 'registrar' }));
    expect(outcomes).toMatchObject([{ outcome: 'gaveUp', status: 405 }]);
  });

  it('has forgotten bindings and nonces after a restart', async () => {
    const { messages } = await run({
      ...behaving({ type: 'registrar', challenge: { realm: 'example.com' }, forgets: '1 min' }, register),
      requests: [register, { ...register, at: '2 min' }],
    });
    const last = messages.filter(({ summary }) => summary === '401 Unauthorized').at(-1);
    expect(last && headerOf(last, 'WWW-Authenticate')).toContain('stale=true');
  });
});

describe('a gateway', () => {
  it('tells the beginning of a number from none (RFC 3578, RFC 3261 §21.4.22)', async () => {
    const dialling = (uri: string): ScenarioInput =>
      behaving({ type: 'gateway', numbers: ['+4930123', '112'] }, { ...invite, uri });
    expect((await run(dialling('sip:+49@example.com'))).flow[1]).toBe('484 Address Incomplete');
    expect((await run(dialling('sip:+44@example.com'))).flow[1]).toBe('404 Not Found');
    expect((await run(dialling('sip:11@example.com;user=phone'))).flow[1]).toBe('484 Address Incomplete');
    expect((await run(dialling('sip:+49-30-123@example.com'))).flow).toContain('180 Ringing');
  });
});

describe('an overloaded server', () => {
  const three = [options, { ...options, at: '1 ms' }, { ...options, at: '2 ms' }];

  it('serves its capacity, refuses the rest with Retry-After, and says so (RFC 3261 §21.5.4)', async () => {
    const { messages, transcript } = await run({
      ...behaving({ type: 'overloaded', capacity: 1, retryAfter: '30 s' }),
      requests: three,
    });
    const answers = messages.filter(({ from, at }) => from === 'server' && at < 1_000);
    expect(answers.map(({ summary }) => summary)).toEqual([
      '200 OK',
      '503 Service Unavailable',
      '503 Service Unavailable',
    ]);
    expect(answers[1] && headerOf(answers[1], 'Retry-After')).toBe('30');
    const parties = transcript.events.flatMap((event) => (event.type === 'party' ? [event.does] : []));
    expect(parties.slice(0, 2)).toEqual(['is overloaded', 'keeps up again']);
  });

  it('is there for everybody when the overload is over', async () => {
    const { outcomes } = await run(behaving({ type: 'overloaded', capacity: 0, retryAfter: '10 s', until: '5 s' }));
    expect(outcomes).toMatchObject([{ outcome: 'accepted', attempts: 2 }]);
  });
});

describe('overload control of an overloaded server', () => {
  /** `200 loss 0`: each answer with what its Via says. */
  async function said(parts: Partial<Extract<Behaviour, { type: 'overloaded' }>>, overloadControl = true) {
    const told = await run({
      ...behaving({ type: 'overloaded', capacity: 1, ...parts }),
      uac: { overloadControl },
      requests: Array.from({ length: 5 }, (_, index) => ({ ...options, at: 400 * index })),
      stopAfter: '5 s',
    });
    const answers = told.messages.filter(({ from }) => from === 'server');
    const words = answers.map((answer) => {
      const { oc, algo, validity } =
        /;oc=(?<oc>\d+);oc-algo="(?<algo>\w+)";oc-validity=(?<validity>\d+);oc-seq=\d+\.0$/.exec(
          headerOf(answer, 'Via') ?? '',
        )?.groups ?? {};
      return oc === undefined ? answer.summary : `${answer.summary.slice(0, 3)} ${algo ?? ''} ${oc} ${validity ?? ''}`;
    });
    return {
      words,
      waits: told.transcript.events.filter((event) => event.type === 'wait' && event.for === 'overload'),
    };
  }

  it('says to whoever offers it what part to leave out, once it knows how much comes (RFC 7339 §4)', async () => {
    const { words, waits } = await said({ oc: 'loss' });
    expect(words.slice(0, 4)).toEqual([
      '200 loss 0 10000',
      '503 loss 0 10000',
      '503 loss 0 10000',
      '200 loss 67 10000',
    ]);
    expect(waits.length).toBeGreaterThan(0);
  });

  it('says how many requests a second, less what others send (RFC 7415 §3.2)', async () => {
    const { words } = await said({ oc: 'rate', capacity: 3, background: 1, ocValidity: '2 s' });
    expect(new Set(words)).toEqual(new Set(['200 rate 2 2000']));
  });

  it('counts what others send, and asks for everything to be left out where it can do nothing', async () => {
    expect((await said({ oc: 'loss', capacity: 10, background: 20 })).words.at(-1)).toMatch(/^503 loss [5-9]\d 10000$/);
    expect((await said({ oc: 'loss', capacity: 0 })).words[0]).toBe('503 loss 100 10000');
  });

  it('ends all restrictions when the overload is over (RFC 7339 §5.7)', async () => {
    const { words } = await said({ oc: 'loss', capacity: 0, until: '1 s', ocValidity: '500 ms' });
    expect(words.at(-1)).toMatch(/^200 loss 100 0$/);
  });

  it('says nothing to a client that has not offered to hear it, or where it is not asked to', async () => {
    expect(new Set((await said({ oc: 'loss' }, false)).words)).toEqual(new Set(['200 OK', '503 Service Unavailable']));
    expect(new Set((await said({})).words)).toEqual(new Set(['200 OK', '503 Service Unavailable']));
  });
});

describe('a hostile server', () => {
  it('is another one with another seed, and none of them makes a client go on for ever', async () => {
    const flows = new Set<string>();
    for (let seed = 1; seed <= 25; seed += 1) {
      const { flow, outcomes, transcript } = await run(
        { ...behaving({ type: 'hostile' }, register), requests: [register, invite] },
        { seed },
      );
      flows.add(flow.join());
      expect(new Set(outcomes.map(({ request }) => request.split('/')[0]))).toEqual(new Set(['register', 'invite']));
      expect(transcript.counts.transactions).toBeLessThanOrEqual(20);
    }
    expect(flows.size).toBeGreaterThan(15);
  });
});

describe('a proxy', () => {
  const scenario: ScenarioInput = {
    uac: {
      credentials: [
        { realm: 'atlanta', username: 'alice', password: 'one-secret' },
        { realm: 'biloxi', username: 'alice', password: 'two-secret' },
      ],
      outboundProxy: 'sip:atlanta.example.com;lr',
    },
    requests: [{ ...invite, uri: 'sip:bob@biloxi.example.com', hangUpAfter: '3 s' }],
    servers: [
      {
        name: 'proxy1',
        host: '192.0.2.11',
        domain: 'atlanta.example.com',
        behaviour: { type: 'proxy', challenge: { realm: 'atlanta' } },
      },
      {
        name: 'proxy2',
        host: '192.0.2.22',
        domain: 'biloxi.example.com',
        behaviour: { type: 'proxy', to: 'bob', challenge: { realm: 'biloxi' } },
      },
      { name: 'bob', host: '192.0.2.33', script: [{ status: 180 }, { status: 200, after: '1 s' }] },
    ],
  };

  it('passes a call on through another one, and both ask who calls (RFC 3665 §3.3)', async () => {
    const { flow, messages } = await run(scenario);
    expect(flow.filter((line) => line.startsWith('407'))).toHaveLength(3);
    expect(flow.slice(-9)).toEqual(['ACK', 'ACK', 'ACK', 'BYE', 'BYE', 'BYE', '200 OK', '200 OK', '200 OK']);
    const arrived = messages.find(({ to, summary }) => to === 'bob' && summary.startsWith('INVITE'));
    expect(arrived?.text.match(/^Via:/gm)).toHaveLength(3);
    expect(arrived?.text.match(/^Record-Route:/gm)).toHaveLength(2);
    expect(arrived && headerOf(arrived, 'Max-Forwards')).toBe('68');
    const back = messages.filter(({ to, summary }) => to === 'uac' && summary === '180 Ringing');
    expect(back.map(({ text }) => text.match(/^Via:/gm)?.length)).toEqual([1]);
  });

  it('passes a CANCEL on, and the 487 back (RFC 3261 §16.10)', async () => {
    const { ladder, outcomes } = await run({
      ...scenario,
      requests: [{ ...invite, uri: 'sip:bob@biloxi.example.com', cancelAfter: '500 ms' }],
    });
    expect(ladder.filter((line) => line.includes('CANCEL'))).toEqual([
      '500 uac>proxy1 CANCEL sip:bob@biloxi.example.com',
      '520 proxy1>proxy2 CANCEL sip:bob@biloxi.example.com',
      '540 proxy2>bob CANCEL sip:bob@biloxi.example.com',
    ]);
    expect(ladder.filter((line) => line.endsWith('487 Request Terminated'))).toHaveLength(3);
    expect(outcomes).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it('refuses too brief a session interval with 422 (RFC 4028 §8.1)', async () => {
    const { flow, messages } = await run({
      requests: [{ ...invite, headers: { Supported: 'timer', 'Session-Expires': 90 } }],
      servers: [
        server('proxy', { behaviour: { type: 'proxy', to: 'bob', minSe: 1800 } }),
        { name: 'bob', host: '192.0.2.33', script: [{ status: 200 }] },
      ],
    });
    expect(flow.slice(0, 4)).toEqual(['INVITE', '422 Session Interval Too Small', 'ACK', 'INVITE']);
    expect(messages[3] && headerOf(messages[3], 'Session-Expires')).toBe('1800');
  });

  it('makes a 500 of the 503 of one server, and a 408 of its silence (RFC 3261 §16.7)', async () => {
    const through = (script: NonNullable<ScenarioInput['servers'][number]['script']>): ScenarioInput => ({
      uac: { limits: { maxAttempts: 1 } },
      requests: [options],
      servers: [
        server('proxy', { behaviour: { type: 'proxy', to: 'bob' } }),
        { name: 'bob', host: '192.0.2.33', script },
      ],
    });
    const refused = await run(through([{ status: 503, headers: { 'Retry-After': 60 } }]));
    expect(refused.outcomes).toMatchObject([{ outcome: 'gaveUp', status: 500 }]);
  });

  it('says 404 where nobody is', async () => {
    const { outcomes } = await run({
      uac: { outboundProxy: 'sip:example.com;lr' },
      requests: [{ ...options, uri: 'sip:nowhere.example.org' }],
      servers: [server('proxy', { behaviour: { type: 'proxy' } })],
    });
    expect(outcomes).toMatchObject([{ outcome: 'gaveUp', status: 404 }]);
  });
});
