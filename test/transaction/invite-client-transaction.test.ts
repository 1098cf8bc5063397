import { describe, expect, it } from 'vitest';
import type { SipRequest } from '../../src/sip/message.js';
import { allHeaders, firstHeader } from '../../src/sip/header-list.js';
import { invite } from '../machines/requests.js';
import { responseTo, transacting } from './transacting.js';

describe('an INVITE client transaction over UDP', () => {
  it('transmits at 0, 500, 1500, 3500, 7500, 15500 and 31500 ms, and times out at 32000 (RFC 3261 §17.1.1.2)', () => {
    const { transaction, clock, moments, told } = transacting(invite);
    transaction.start();
    clock.advance(1_000_000);
    expect(moments()).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500, 31_500]);
    expect(told.slice(-2)).toEqual(['32000 timeout B', '32000 terminated']);
    expect(clock.pending).toBe(0);
  });

  it('retransmits the very message that it sent first (RFC 3261 §17.1.1.2)', () => {
    const { transaction, clock, sent } = transacting(invite);
    transaction.start();
    clock.advance(500);
    expect(sent.map(({ request }) => request === invite)).toEqual([true, true]);
  });

  it('scales with T1: intervals double without a limit until 64·T1 (RFC 3261 §17.1.1.1)', () => {
    const { transaction, clock, moments, told } = transacting(invite, { timers: { t1: 1_000 } });
    transaction.start();
    clock.advance(1_000_000);
    expect(moments()).toEqual([0, 1_000, 3_000, 7_000, 15_000, 31_000, 63_000]);
    expect(told.at(-1)).toBe('64000 terminated');
  });

  it('stops to retransmit after a provisional response, and waits without a limit (RFC 3261 §17.1.1.2)', () => {
    const { transaction, clock, moments, respond, told } = transacting(invite);
    transaction.start();
    clock.advance(600);
    respond(100);
    expect(clock.pending).toBe(0);
    clock.advance(3_600_000);
    respond(180);
    respond(180);
    expect(moments()).toEqual([0, 500]);
    expect(told.slice(2)).toEqual(['600 100', '3600600 180', '3600600 180']);
    expect(transaction.state).toBe('proceeding');
  });

  it('acknowledges a refusal, tells it once, and repeats the ACK for 32 s (RFC 3261 §17.1.1.2, RFC 6026 §8.4)', () => {
    const { transaction, clock, moments, respond, next } = transacting(invite);
    transaction.start();
    clock.advance(100);
    respond(486);
    expect(next()).toEqual(['0 INVITE', '100 ACK', '100 486']);
    expect(transaction.state).toBe('completed');
    clock.advance(500);
    respond(486);
    clock.advance(31_499);
    respond(486);
    expect(next()).toEqual(['600 ACK', '32099 ACK']);
    clock.advance(1);
    expect(next()).toEqual(['32100 terminated']);
    respond(486);
    expect(moments('ACK')).toEqual([100, 600, 32_099]);
    expect(clock.pending).toBe(0);
  });

  it('repeats the same ACK for a second, different final response, and does not tell it (RFC 3261 §17.1.1.2)', () => {
    const { transaction, respond, sent, next } = transacting(invite);
    transaction.start();
    respond(486, 'b1');
    respond(603, 'b2');
    respond(200, 'b3');
    respond(180, 'b3');
    expect(next()).toEqual(['0 INVITE', '0 ACK', '0 486', '0 ACK']);
    expect(sent[2]?.request).toBe(sent[1]?.request);
    expect(firstHeader(sent[2]?.request.headers ?? [], 'To')).toBe('<sip:bob@example.com>;tag=b1');
  });

  it('acknowledges with the credentials, the Route and the top Via of the INVITE (RFC 3261 §17.1.1.3, §22.1)', () => {
    const authorized: SipRequest = {
      ...invite,
      headers: [
        ...invite.headers.slice(0, -2),
        ['Route', '<sip:p1.example.com;lr>'],
        ['Route', '<sip:p2.example.com;lr>'],
        ['Authorization', 'Digest username="alice", realm="example.com", response="0123"'],
        ['Proxy-Authorization', 'Digest username="alice", realm="proxy.example.com", response="4567"'],
        ['Require', '100rel'],
        ...invite.headers.slice(-2),
      ],
    };
    const { transaction, respond, sent } = transacting(authorized);
    transaction.start();
    respond(486);
    const ack = sent[1]?.request;
    expect(ack).toMatchObject({ method: 'ACK', uri: invite.uri, body: '' });
    const headers = ack?.headers ?? [];
    expect(allHeaders(headers, 'Via')).toEqual(['SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKtwo']);
    expect(allHeaders(headers, 'Route')).toEqual(['<sip:p1.example.com;lr>', '<sip:p2.example.com;lr>']);
    expect(firstHeader(headers, 'Authorization')).toContain('response="0123"');
    expect(firstHeader(headers, 'Proxy-Authorization')).toContain('response="4567"');
    expect(firstHeader(headers, 'CSeq')).toBe('1 ACK');
    expect(firstHeader(headers, 'To')).toBe('<sip:bob@example.com>;tag=b1');
    expect(firstHeader(headers, 'Require')).toBeUndefined();
  });

  it('passes each 2xx to the TU for 64·T1, retransmitted or of another branch, and sends no ACK (RFC 6026 §7.2)', () => {
    const { transaction, clock, moments, respond, responses, next } = transacting(invite);
    transaction.start();
    clock.advance(100);
    respond(180);
    respond(200, 'b1');
    expect(transaction.state).toBe('accepted');
    clock.advance(500);
    respond(200, 'b1');
    clock.advance(10_000);
    respond(200, 'b2');
    expect(next()).toEqual(['0 INVITE', '100 180', '100 200', '600 200', '10600 200']);
    expect(responses.slice(1).map(({ headers }) => firstHeader(headers, 'To')?.slice(-2))).toEqual(['b1', 'b1', 'b2']);
    clock.advance(21_500 - 1);
    respond(200, 'b3');
    clock.advance(1);
    expect(next()).toEqual(['32099 200', '32100 terminated']);
    expect(moments('ACK')).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('lets nothing but a 2xx through after a 2xx (RFC 6026 §8.4)', () => {
    const { transaction, respond, next } = transacting(invite);
    transaction.start();
    respond(200);
    for (const status of [180, 302, 486, 503, 603]) respond(status);
    expect(next()).toEqual(['0 INVITE', '0 200']);
  });

  it('tells nothing of a response that comes after the timeout (RFC 6026 §7.2)', () => {
    const { transaction, clock, respond, next } = transacting(invite);
    transaction.start();
    clock.advance(32_000);
    next();
    respond(200);
    respond(486);
    expect(next()).toEqual([]);
    expect(transaction.state).toBe('terminated');
  });
});

describe('an INVITE client transaction over a reliable transport', () => {
  it('transmits once and times out at 64·T1 (RFC 3261 §17.1.1.2)', () => {
    const { transaction, clock, told } = transacting(invite, { reliable: true });
    transaction.start();
    clock.advance(1_000_000);
    expect(told).toEqual(['0 INVITE', '32000 timeout B', '32000 terminated']);
    expect(clock.pending).toBe(0);
  });

  it('acknowledges a refusal, and is over: timer D is zero (RFC 6026 §8.4)', () => {
    const { transaction, clock, respond, told } = transacting(invite, { reliable: true });
    transaction.start();
    clock.advance(100);
    respond(486);
    expect(told).toEqual(['0 INVITE', '100 ACK', '100 486', '100 terminated']);
    expect(clock.pending).toBe(0);
  });

  it('waits 64·T1 for further 2xx all the same (RFC 6026 §8.4)', () => {
    const { transaction, clock, respond, told } = transacting(invite, { reliable: true });
    transaction.start();
    respond(200);
    clock.advance(1_000_000);
    expect(told).toEqual(['0 INVITE', '0 200', '32000 terminated']);
  });
});

describe('a transport error of an INVITE client transaction (RFC 3261 §17.1.4)', () => {
  const lost = new Error('unreachable');

  it('ends it while it is calling', () => {
    const { transaction, clock, errors, told } = transacting(invite);
    transaction.start();
    clock.advance(600);
    transaction.transportError(lost);
    expect(told).toEqual(['0 INVITE', '500 INVITE', '600 transportError', '600 terminated']);
    expect(errors).toEqual([lost]);
    expect(clock.pending).toBe(0);
  });

  it('concerns nothing in `proceeding` and `accepted`, where the transaction sends nothing', () => {
    const { transaction, clock, respond, next } = transacting(invite);
    transaction.start();
    respond(180);
    transaction.transportError(lost);
    expect(transaction.state).toBe('proceeding');
    respond(200);
    transaction.transportError(lost);
    expect(transaction.state).toBe('accepted');
    clock.advance(32_000);
    transaction.transportError(lost);
    expect(next()).toEqual(['0 INVITE', '0 180', '0 200', '32000 terminated']);
  });

  it('ends it in `completed`, where it was the ACK that could not be sent', () => {
    const { transaction, clock, errors, next } = transacting(invite, {
      transmit: ({ method }) => {
        if (method === 'ACK') throw lost;
      },
    });
    transaction.start();
    transaction.receive(responseTo(invite, 486));
    expect(next()).toEqual(['0 INVITE', '0 ACK', '0 486', '0 transportError', '0 terminated']);
    expect(errors).toEqual([lost]);
    expect(clock.pending).toBe(0);
  });

  it('may come from within the first transmission', () => {
    for (const transmit of [
      () => {
        throw lost;
      },
      (_: SipRequest, transaction: { transportError(error: unknown): void }) => transaction.transportError(lost),
    ]) {
      const { transaction, clock, errors, told } = transacting(invite, { transmit });
      transaction.start();
      expect(told).toEqual(['0 INVITE', '0 transportError', '0 terminated']);
      expect(errors).toEqual([lost]);
      expect(clock.pending).toBe(0);
    }
  });
});
