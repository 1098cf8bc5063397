import { describe, expect, it } from 'vitest';
import { cancelOf } from '../../src/request/ack-and-cancel.js';
import { invite, register } from '../machines/requests.js';
import { transacting } from './transacting.js';

describe('a non-INVITE client transaction over UDP', () => {
  it('transmits at 0, 500, 1500, 3500, 7500 ms, then every 4 s, and times out at 32000 (RFC 3261 §17.1.2.2)', () => {
    const { transaction, clock, moments, told } = transacting(register);
    transaction.start();
    clock.advance(1_000_000);
    expect(moments()).toEqual([0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
    expect(told.slice(-2)).toEqual(['32000 timeout F', '32000 terminated']);
    expect(clock.pending).toBe(0);
  });

  it('goes on every T2 after a provisional response, from the next firing of timer E (RFC 3261 §17.1.2.2)', () => {
    const { transaction, clock, moments, respond, told } = transacting(register);
    transaction.start();
    clock.advance(600);
    respond(100);
    expect(transaction.state).toBe('proceeding');
    clock.advance(1_000_000);
    expect(moments()).toEqual([0, 500, 1_500, 5_500, 9_500, 13_500, 17_500, 21_500, 25_500, 29_500]);
    expect(told.slice(-2)).toEqual(['32000 timeout F', '32000 terminated']);
  });

  it('keeps the pace of T2 when a 100 comes after timer E has reached it (RFC 4320 §4.1)', () => {
    const { transaction, clock, moments, respond } = transacting(register);
    transaction.start();
    clock.advance(8_000);
    respond(100);
    clock.advance(12_000);
    respond(200);
    clock.advance(1_000_000);
    expect(moments()).toEqual([0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500]);
  });

  it('scales with T1, T2 and T4', () => {
    const { transaction, clock, moments, respond, told } = transacting(register, {
      timers: { t1: 100, t2: 300, t4: 700 },
    });
    transaction.start();
    clock.advance(1_000);
    respond(200);
    clock.advance(1_000_000);
    expect(moments()).toEqual([0, 100, 300, 600, 900]);
    expect(told.slice(-2)).toEqual(['1000 200', '1700 terminated']);
  });

  it('times out before it retransmits when both fall on one moment', () => {
    const { transaction, clock, moments } = transacting(register, { timers: { t1: 100, t2: 100 } });
    transaction.start();
    clock.advance(1_000_000);
    expect(moments().at(-1)).toBe(6_300);
    expect(moments()).toHaveLength(64);
  });

  it.each([200, 302, 401, 503, 603])(
    'passes a %i to the TU once and absorbs retransmissions for T4 (RFC 3261 §17.1.2.2)',
    (status) => {
      const { transaction, clock, respond, next } = transacting(register);
      transaction.start();
      clock.advance(100);
      respond(status);
      expect(transaction.state).toBe('completed');
      clock.advance(500);
      respond(status);
      respond(100);
      clock.advance(4_499);
      respond(200);
      expect(next()).toEqual(['0 REGISTER', `100 ${status}`]);
      clock.advance(1);
      expect(next()).toEqual(['5100 terminated']);
      respond(status);
      expect(next()).toEqual([]);
      expect(clock.pending).toBe(0);
    },
  );

  it('passes every provisional response to the TU, and tells nothing of a late final one (RFC 4320 §2.2)', () => {
    const { transaction, clock, respond, told } = transacting(register);
    transaction.start();
    respond(100);
    respond(182);
    clock.advance(32_000);
    respond(408);
    expect(told.filter((line) => !line.endsWith('REGISTER'))).toEqual([
      '0 100',
      '0 182',
      '32000 timeout F',
      '32000 terminated',
    ]);
  });

  it('carries a CANCEL, which is retransmitted and answered like any request (RFC 3261 §9.1)', () => {
    const { transaction, clock, moments, respond, next } = transacting(cancelOf(invite));
    transaction.start();
    clock.advance(600);
    expect(moments('CANCEL')).toEqual([0, 500]);
    next();
    respond(481);
    clock.advance(5_000);
    expect(next()).toEqual(['600 481', '5600 terminated']);
  });
});

describe('a non-INVITE client transaction over a reliable transport', () => {
  it('transmits once and times out at 64·T1 (RFC 3261 §17.1.2.2)', () => {
    const { transaction, clock, respond, told } = transacting(register, { reliable: true });
    transaction.start();
    clock.advance(1_000);
    respond(100);
    clock.advance(1_000_000);
    expect(told).toEqual(['0 REGISTER', '1000 100', '32000 timeout F', '32000 terminated']);
    expect(clock.pending).toBe(0);
  });

  it('is over with the final response: timer K is zero (RFC 3261 §17.1.2.2)', () => {
    const { transaction, clock, respond, told } = transacting(register, { reliable: true });
    transaction.start();
    respond(200);
    expect(told).toEqual(['0 REGISTER', '0 200', '0 terminated']);
    expect(clock.pending).toBe(0);
  });
});

describe('a transport error of a non-INVITE client transaction (RFC 3261 §17.1.4)', () => {
  it.each([
    ['trying', []],
    ['proceeding', [100]],
  ] as const)('ends it in `%s`', (state, statuses) => {
    const { transaction, clock, respond, next } = transacting(register);
    transaction.start();
    for (const status of statuses) respond(status);
    expect(transaction.state).toBe(state);
    clock.advance(100);
    next();
    transaction.transportError();
    expect(next()).toEqual(['100 transportError', '100 terminated']);
    expect(clock.pending).toBe(0);
  });

  it('concerns nothing in `completed`', () => {
    const { transaction, clock, respond, next } = transacting(register);
    transaction.start();
    respond(200);
    transaction.transportError();
    clock.advance(5_000);
    transaction.transportError();
    expect(next()).toEqual(['0 REGISTER', '0 200', '5000 terminated']);
  });
});
