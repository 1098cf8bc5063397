import { describe, expect, it } from 'vitest';
import { SipRetryError } from '../../src/sip/sip-retry-error.js';
import type { SipResponse } from '../../src/sip/message.js';
import { sendWithRetry, type TransactAbout } from '../../src/uac/send-with-retry.js';
import { challenge, invite, register } from '../machines/requests.js';
import { coreInTest, credentials, later, responseOf, rowsOf } from './running.js';

describe('sendWithRetry', () => {
  it('resolves with the outcome, the last final response and the number of attempts', async () => {
    const { core } = coreInTest({ credentials });
    const responses = [responseOf(401, [challenge]), responseOf(200)];
    const abouts: TransactAbout[] = [];
    const result = await sendWithRetry(
      register,
      (request, about) => {
        abouts.push(about);
        expect(rowsOf(request, 'Authorization')).toHaveLength(abouts.length - 1);
        return Promise.resolve(responses[abouts.length - 1]!);
      },
      { core, client: { servers: ['sip:a.example.com'] } },
    );
    expect(result).toMatchObject({ outcome: { type: 'accepted' }, response: { status: 200 }, attempts: 2 });
    expect(abouts).toMatchObject([
      { server: 'sip:a.example.com', attempt: 1 },
      { server: 'sip:a.example.com', attempt: 2 },
    ]);
  });

  it.each([
    ['an error is a transport error', new Error('no route'), 'transport'],
    ['a TimeoutError is timer F', new DOMException('too late', 'TimeoutError'), 'timer'],
    ['ETIMEDOUT is timer F', Object.assign(new Error('late'), { code: 'ETIMEDOUT' }), 'timer'],
    ['no error at all is a transport error', undefined, 'transport'],
  ])('takes a rejection for what it is: %s', async (_what, reason, origin) => {
    const { core } = coreInTest();
    const status = origin === 'timer' ? 408 : 503;
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    const { outcome, response } = await sendWithRetry(invite, () => Promise.reject(reason), { core });
    expect(outcome).toMatchObject({ type: 'gaveUp', status, attempts: 1 });
    expect(response).toBeUndefined();
  });

  it('takes a stack that throws at once for one that rejects', async () => {
    const { core } = coreInTest();
    const throwing = (): Promise<SipResponse> => {
      throw new Error('not connected');
    };
    expect(await sendWithRetry(invite, throwing, { core })).toMatchObject({ outcome: { type: 'gaveUp', status: 503 } });
  });

  it('is cancelled by a signal, which the transaction hears of', async () => {
    const { core } = coreInTest();
    const controller = new AbortController();
    const transact = (_request: unknown, { signal, onProvisional }: TransactAbout): Promise<SipResponse> =>
      new Promise((resolve) => {
        onProvisional(responseOf(180));
        signal.addEventListener('abort', () => resolve(responseOf(487)));
      });
    const result = sendWithRetry(invite, transact, { core, signal: controller.signal });
    controller.abort();
    expect(await result).toMatchObject({
      outcome: { type: 'cancelled', because: 'aborted' },
      response: { status: 487 },
    });
    expect(core.health.isAvailable('example.com')).toBe(true);
  });

  it('gives the 2xx that crossed the CANCEL, for its ACK and BYE (RFC 3261 §15)', async () => {
    const { core } = coreInTest();
    const controller = new AbortController();
    const transact = (_request: unknown, { signal, onProvisional }: TransactAbout): Promise<SipResponse> =>
      new Promise((resolve) => {
        onProvisional(responseOf(180));
        signal.addEventListener('abort', () => resolve(responseOf(200)));
      });
    const result = sendWithRetry(invite, transact, { core, signal: controller.signal });
    controller.abort();
    expect(await result).toMatchObject({ outcome: { type: 'cancelled' }, response: { status: 200 } });
  });

  it('does not blame a server for a transaction that we have ended', async () => {
    const { core } = coreInTest();
    for (let turn = 0; turn < 5; turn += 1) {
      const controller = new AbortController();
      const transact = (_request: unknown, { signal }: TransactAbout): Promise<SipResponse> =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        });
      const result = sendWithRetry(register, transact, { core, signal: controller.signal });
      controller.abort();
      expect(await result).toMatchObject({ outcome: { type: 'cancelled', because: 'aborted', attempts: 1 } });
      await later();
    }
    expect(core.health.isAvailable('example.com')).toBe(true);
    expect(core.lines.size).toBe(0);
  });

  it('lets ringing forbid fail-over and begin the ring time-out', async () => {
    const { core, clock } = coreInTest();
    const transact = (_request: unknown, { signal, onProvisional }: TransactAbout): Promise<SipResponse> =>
      new Promise((resolve) => {
        onProvisional(responseOf(180));
        signal.addEventListener('abort', () => resolve(responseOf(487)));
      });
    const result = sendWithRetry(invite, transact, { core });
    clock.advance(180_000);
    expect(await result).toMatchObject({ outcome: { type: 'cancelled', because: 'ringTimeout' } });
  });

  it('tells each rejection at once, and the last one in the result, so that a bug in the transaction is seen', async () => {
    const { core, clock } = coreInTest();
    const bugs = [new TypeError('r.hedaers is undefined'), new TypeError('and again')];
    const told: unknown[] = [];
    const result = sendWithRetry(
      register,
      (_request, { attempt }) => (attempt > 2 ? Promise.resolve(responseOf(404)) : Promise.reject(bugs[attempt - 1]!)),
      { core, onTransportError: (cause, attempt) => told.push([attempt, cause]) },
    );
    await later();
    expect(told).toEqual([[1, bugs[0]]]);
    while (clock.runNext()) await later();
    expect(told).toEqual([
      [1, bugs[0]],
      [2, bugs[1]],
    ]);
    expect(await result).not.toHaveProperty('cause');
    const refusing = sendWithRetry(invite, () => Promise.reject(bugs[0]!), { core });
    expect(await refusing).toMatchObject({ outcome: { type: 'gaveUp', attempts: 1 }, cause: bugs[0] });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'SIP/2.0 200 OK'],
    ['a status alone', { status: 401 }],
    ['a request', register],
    ['a provisional response', responseOf(180)],
    ['a status that is none', responseOf(700)],
  ])('rejects when the transaction resolves with %s, and sends nothing more', async (_what, resolved) => {
    const { core, clock } = coreInTest();
    let attempts = 0;
    const transact = (): Promise<SipResponse> => {
      attempts += 1;
      return Promise.resolve(resolved as SipResponse);
    };
    for (const request of [register, invite]) {
      await expect(sendWithRetry(request, transact, { core })).rejects.toMatchObject({
        name: 'SipRetryError',
        code: 'badRequest',
        message: expect.stringContaining('transact must resolve with a final response') as string,
      });
    }
    expect(clock.runNext()).toBe(false);
    expect(attempts).toBe(2);
    expect(core.lines.size).toBe(0);
    expect(core.health.isAvailable('example.com')).toBe(true);
  });

  it('rejects with what a provider of credentials has failed with', async () => {
    const { core } = coreInTest();
    const locked = new Error('keychain locked');
    const result = sendWithRetry(register, () => Promise.resolve(responseOf(401, [challenge])), {
      core,
      credentials: () => Promise.reject(locked),
    });
    await expect(result).rejects.toBe(locked);
    expect(core.lines.size).toBe(0);
  });

  it.each([
    ['REGISTER', register],
    ['INVITE', invite],
  ])('rejects with what onTransportError throws, and sends nothing more: %s', async (_method, request) => {
    const { core, clock } = coreInTest();
    const mine = new Error('mine');
    let attempts = 0;
    const transact = (): Promise<SipResponse> => {
      attempts += 1;
      return Promise.reject(new Error('no route'));
    };
    const onTransportError = (): void => {
      throw mine;
    };
    const client = { servers: ['sip:a.example.com', 'sip:b.example.com'] };
    await expect(sendWithRetry(request, transact, { core, client, onTransportError })).rejects.toBe(mine);
    clock.advance(3_600_000);
    await later();
    expect(attempts).toBe(1);
    expect(core.lines.size).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it('rejects with what nextCSeq throws in the middle, and ends the transaction in flight', async () => {
    const { core, clock } = coreInTest();
    const nextCSeq = (): number => {
      throw new Error('no count');
    };
    const result = sendWithRetry(register, () => Promise.resolve(responseOf(423, [['Min-Expires', '9000']])), {
      core,
      nextCSeq,
    });
    await expect(result).rejects.toThrow('no count');
    clock.advance(3_600_000);
    expect(core.lines.size).toBe(0);
  });

  it('ends 64·T1 after the signal where an INVITE is never answered (RFC 3261 §9.1)', async () => {
    const { core, clock } = coreInTest();
    const controller = new AbortController();
    const result = sendWithRetry(invite, () => new Promise(() => undefined), { core, signal: controller.signal });
    await later();
    controller.abort();
    clock.advance(32_000);
    expect(await result).toEqual({ outcome: { type: 'cancelled', because: 'aborted', attempts: 1 }, attempts: 1 });
  });

  it('takes what a transaction resolves with for its response, also where the stack counts CSeq on its own', async () => {
    const { core } = coreInTest({ credentials });
    const provisional = { ...responseOf(100), headers: [['CSeq', '40 INVITE']] } as const;
    const final = { ...responseOf(200), headers: [['CSeq', '40 INVITE']] } as const;
    const result = await sendWithRetry(
      invite,
      (_request, { onProvisional, attempt }) => {
        onProvisional(provisional);
        return Promise.resolve(attempt === 1 ? responseOf(401, [challenge, ['CSeq', '39 INVITE']]) : final);
      },
      { core },
    );
    expect(result.outcome).toEqual({ type: 'accepted', status: 200, attempts: 2, response: final });
    expect(result.response).toBe(final);
  });

  it('goes on when an inspector throws', async () => {
    const { core } = coreInTest();
    const inspect = (): void => {
      throw new Error('broken inspector');
    };
    const result = sendWithRetry(register, () => Promise.resolve(responseOf(200)), { core, inspect });
    expect(await result).toMatchObject({ outcome: { type: 'accepted' } });
  });

  it('throws at once without a transaction or a request, and for an option that is none', () => {
    const { core } = coreInTest();
    const send = sendWithRetry as (...given: readonly unknown[]) => unknown;
    const ok = () => Promise.resolve(responseOf(200));
    expect(() => send(register, undefined, { core })).toThrow('transact must be a function.');
    expect(() => send(undefined, ok, { core })).toThrow(expect.objectContaining({ code: 'badRequest' }));
    expect(() => send(register, ok, { core, singal: 0 })).toThrow(/did you mean "signal"/);
  });

  it('tells a provisional response that is none where it is given', async () => {
    const { core } = coreInTest();
    const { cause } = await sendWithRetry(
      invite,
      (_request, { onProvisional }) => {
        onProvisional({ status: 180 } as SipResponse);
        return Promise.resolve(responseOf(200));
      },
      { core },
    ).catch((thrown: unknown) => ({ cause: thrown }));
    expect(cause).toMatchObject({ name: 'SipRetryError', code: 'badRequest' });
  });

  it('rejects when the transaction resolves with a provisional response, which is a mistake of the program', async () => {
    const { core } = coreInTest();
    const result = sendWithRetry(register, () => Promise.resolve(responseOf(100)), { core });
    await expect(result).rejects.toThrow(SipRetryError);
    expect(core.lines.size).toBe(0);
  });
});
