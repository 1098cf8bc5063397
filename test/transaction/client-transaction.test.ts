import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SipRequest } from '../../src/sip/message.js';
import { createClientTransaction } from '../../src/transaction/client-transaction.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { invite, register } from '../machines/requests.js';
import { environmentOf, responseTo, transacting } from './transacting.js';

describe('createClientTransaction', () => {
  it('sends nothing before the start, and starts once', () => {
    const { transaction, clock, told } = transacting(register);
    transaction.receive(responseTo(register, 200));
    transaction.transportError();
    expect([told, transaction.state, clock.pending]).toEqual([[], 'trying', 0]);
    transaction.start();
    transaction.start();
    expect([told, transaction.state]).toEqual([['0 REGISTER'], 'trying']);
  });

  it('begins an INVITE in `calling` and anything else in `trying` (RFC 3261 §17.1)', () => {
    expect(transacting(invite).transaction.state).toBe('calling');
    expect(transacting({ ...invite, method: 'invite' }).transaction.state).toBe('trying');
  });

  it('refuses an ACK, which has no client transaction (RFC 3261 §17.1)', () => {
    expect(() => transacting({ ...invite, method: 'ACK' })).toThrow(
      expect.objectContaining({ name: 'SipRetryError', code: 'badRequest' }),
    );
  });

  it('refuses timers that are none', () => {
    expect(() => transacting(invite, { timers: { t1: 0 } })).toThrow(
      expect.objectContaining({ name: 'SipRetryError', code: 'badOptions' }),
    );
  });

  it.each([99, 700, 0, -1, 200.5, Number.NaN, 4_294_967_301])(
    'goes on as if a response with the status %d had not come (RFC 4475 §3.1.2.19)',
    (status) => {
      const { transaction, told } = transacting(invite);
      transaction.start();
      transaction.receive(responseTo(invite, status));
      expect([told, transaction.state]).toEqual([['0 INVITE'], 'calling']);
    },
  );

  it('stops at once, in any state, and leaves no timer', () => {
    for (const statuses of [[], [100], [200], [486]]) {
      const { transaction, clock, respond, next } = transacting(invite);
      transaction.start();
      for (const status of statuses) respond(status);
      next();
      transaction.stop();
      transaction.stop();
      clock.advance(1_000_000);
      expect([next(), transaction.state, clock.pending]).toEqual([['0 terminated'], 'terminated', 0]);
    }
  });

  it('may be stopped before it starts: then it never sends', () => {
    const { transaction, clock, told } = transacting(invite);
    transaction.stop();
    transaction.start();
    clock.advance(1_000_000);
    expect([told, transaction.state]).toEqual([['0 terminated'], 'terminated']);
  });

  it('may be stopped from within what it tells: the timer that was to start is stopped', () => {
    const { transaction, clock, respond, told } = transacting(invite);
    transaction.on('response', () => transaction.stop());
    transaction.start();
    respond(486);
    expect([told, clock.pending]).toEqual([['0 INVITE', '0 ACK', '0 486', '0 terminated'], 0]);
  });

  it('does one thing after the other when responses come from within a transmission', () => {
    const { transaction, told } = transacting(invite, {
      transmit: (request, self) => {
        if (request.method !== 'INVITE') return;
        self.receive(responseTo(request, 180));
        self.receive(responseTo(request, 486));
        self.receive(responseTo(request, 486));
      },
    });
    transaction.start();
    expect(told).toEqual(['0 INVITE', '0 180', '0 ACK', '0 486', '0 ACK']);
    expect(transaction.state).toBe('completed');
  });

  it('drops what waits for its turn when the transaction ends before', () => {
    const { transaction, told } = transacting(register, {
      reliable: true,
      transmit: (request, self) => {
        for (const status of [200, 200, 100]) self.receive(responseTo(request, status));
      },
    });
    transaction.start();
    expect(told).toEqual(['0 REGISTER', '0 200', '0 terminated']);
  });

  it('settles before an exception of a listener leaves the call that caused it', () => {
    const { transaction, clock, respond, told } = transacting(invite);
    transaction.on('response', () => {
      throw new Error('broken listener');
    });
    transaction.start();
    expect(() => respond(486)).toThrow('broken listener');
    expect([told, transaction.state]).toEqual([['0 INVITE', '0 ACK', '0 486'], 'completed']);
    clock.advance(32_000);
    expect(told.at(-1)).toBe('32000 terminated');
  });

  it('tells no listener that was taken off', () => {
    const { transaction, respond } = transacting(invite);
    const heard: number[] = [];
    const off = transaction.on('response', ({ response }) => heard.push(response.status));
    transaction.start();
    respond(180);
    off();
    respond(200);
    expect(heard).toEqual([180]);
  });

  it('can be watched: each step of the chart, and no credentials in any', () => {
    const request: SipRequest = {
      ...invite,
      headers: [...invite.headers, ['Authorization', 'Digest username="alice", response="5ec7e7"']],
    };
    const seen: string[] = [];
    const texts: string[] = [];
    const transaction = createClientTransaction({
      request,
      reliable: false,
      transmit: () => undefined,
      environment: environmentOf(new VirtualClock()),
      inspect: (event) => {
        seen.push(event.type);
        const { event: inner, snapshot, action } = event as { event?: unknown; snapshot?: unknown; action?: unknown };
        texts.push(JSON.stringify([inner, snapshot, action]));
      },
    });
    transaction.start();
    transaction.receive(responseTo(request, 486));
    expect(new Set(seen)).toEqual(
      new Set(['@xstate.actor', '@xstate.event', '@xstate.action', '@xstate.microstep', '@xstate.snapshot']),
    );
    expect(texts.join('\n')).toContain('response.4xx.486');
    expect(texts.join('\n')).not.toContain('5ec7e7');
  });

  it('settles although what watches it throws', () => {
    const sent: string[] = [];
    const transaction = createClientTransaction({
      request: register,
      reliable: true,
      transmit: ({ method }) => sent.push(method),
      environment: environmentOf(new VirtualClock()),
      inspect: () => {
        throw new Error('broken inspector');
      },
    });
    expect(() => transaction.start()).toThrow();
    expect([sent, transaction.state]).toEqual([['REGISTER'], 'trying']);
    expect(() => transaction.receive(responseTo(register, 200))).toThrow();
    expect(transaction.state).toBe('terminated');
  });

  const happening = fc.oneof(
    fc.record({ what: fc.constant('response' as const), status: fc.integer({ min: 90, max: 710 }) }),
    fc.record({ what: fc.constant('time' as const), ms: fc.integer({ min: 0, max: 40_000 }) }),
    fc.constant({ what: 'transportError' as const }),
    fc.constant({ what: 'stop' as const }),
  );

  it('ends once and leaves no timer, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(invite, register),
        fc.boolean(),
        fc.array(happening, { maxLength: 25 }),
        (request, reliable, happenings) => {
          const { transaction, clock, told, moments } = transacting(request, { reliable });
          transaction.start();
          for (const one of happenings) {
            if (one.what === 'response') transaction.receive(responseTo(request, one.status));
            else if (one.what === 'time') clock.advance(one.ms);
            else if (one.what === 'stop') transaction.stop();
            else transaction.transportError();
            const ended = told.filter((line) => line.endsWith('terminated')).length;
            expect(ended).toBe(transaction.state === 'terminated' ? 1 : 0);
            if (ended === 1) expect(clock.pending).toBe(0);
          }
          // Only an INVITE that has brought a provisional response waits without a limit.
          clock.advance(100_000);
          expect(clock.pending).toBe(0);
          expect(['proceeding', 'terminated']).toContain(transaction.state);
          if (transaction.state === 'proceeding') expect(request.method).toBe('INVITE');
          transaction.stop();
          expect(told.filter((line) => line.endsWith('terminated'))).toHaveLength(1);
          expect(told.at(-1)).toMatch(/terminated$/);
          expect(moments().length).toBeLessThanOrEqual(reliable ? 1 : request.method === 'INVITE' ? 7 : 11);
        },
      ),
      { numRuns: 300 },
    );
  });
});
