import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { cancelOf } from '../../src/request/ack-and-cancel.js';
import { firstHeader, removeHeader, setHeader } from '../../src/sip/header-list.js';
import type { SipRequest, SipResponse } from '../../src/sip/message.js';
import { ClientTransactions } from '../../src/transaction/client-transactions.js';
import { discardReasons, type DiscardReason } from '../../src/transaction/response-match.js';
import { invite, register } from '../machines/requests.js';
import { responseTo, transacting, type TransactingOptions } from './transacting.js';

function transactingAmong(transactions: ClientTransactions, request: SipRequest, options: TransactingOptions = {}) {
  return transacting(request, { ...options, create: (made) => transactions.create(made) });
}

function changed(response: SipResponse, name: string, value: string): SipResponse {
  return { ...response, headers: setHeader(response.headers, name, value) };
}

/** What was discarded, without the reasons for which nothing was. */
function discardedBy(transactions: ClientTransactions): Partial<Record<DiscardReason, number>> {
  return Object.fromEntries(Object.entries(transactions.discarded).filter(([, count]) => count > 0));
}

describe('ClientTransactions', () => {
  it('gives a response to the transaction with its branch and method (RFC 3261 §17.1.3)', () => {
    const transactions = new ClientTransactions();
    const first = transactingAmong(transactions, register);
    const second = transactingAmong(transactions, invite);
    first.transaction.start();
    second.transaction.start();
    expect(transactions.receive(responseTo(invite, 180))).toBe(true);
    expect(transactions.receive(responseTo(register, 401))).toBe(true);
    expect(first.told).toEqual(['0 REGISTER', '0 401']);
    expect(second.told).toEqual(['0 INVITE', '0 180']);
    expect(discardedBy(transactions)).toEqual({});
  });

  it('tells a CANCEL from its INVITE by the method: they share the branch (RFC 3261 §9.1, §17.1.3)', () => {
    const transactions = new ClientTransactions();
    const calling = transactingAmong(transactions, invite);
    calling.transaction.start();
    transactions.receive(responseTo(invite, 180));
    const cancel = cancelOf(invite);
    const cancelling = transactingAmong(transactions, cancel);
    cancelling.transaction.start();
    expect(transactions.size).toBe(2);
    transactions.receive(responseTo(cancel, 200));
    expect([calling.transaction.state, cancelling.transaction.state]).toEqual(['proceeding', 'completed']);
    transactions.receive(responseTo(invite, 487));
    expect(calling.told.slice(-2)).toEqual(['0 ACK', '0 487']);
    expect(cancelling.told).toEqual(['0 CANCEL', '0 200']);
  });

  it('gives each 2xx of a forked INVITE to the one transaction (RFC 6026 §7.2)', () => {
    const transactions = new ClientTransactions();
    const { transaction, responses } = transactingAmong(transactions, invite);
    transaction.start();
    for (const tag of ['b1', 'b2', 'b1']) transactions.receive(responseTo(invite, 200, tag));
    expect(responses.map(({ headers }) => firstHeader(headers, 'To'))).toEqual([
      '<sip:bob@example.com>;tag=b1',
      '<sip:bob@example.com>;tag=b2',
      '<sip:bob@example.com>;tag=b1',
    ]);
  });

  it('80: uses the first of several answers to a multicast request and absorbs the others (RFC 3261 §17.1.3, §18.1.1)', () => {
    const multicast: SipRequest = {
      ...register,
      headers: setHeader(register.headers, 'Via', 'SIP/2.0/UDP 192.0.2.1;maddr=224.0.1.75;ttl=1;branch=z9hG4bKone'),
    };
    const transactions = new ClientTransactions();
    const { transaction, clock, responses, told } = transactingAmong(transactions, multicast);
    transaction.start();
    clock.advance(20);
    for (const [status, tag] of [
      [200, 'one'],
      [200, 'two'],
      [403, 'three'],
    ] as const) {
      expect(transactions.receive(responseTo(multicast, status, tag))).toBe(true);
      clock.advance(10);
    }
    expect(responses.map(({ headers }) => firstHeader(headers, 'To'))).toEqual(['<sip:alice@example.com>;tag=one']);
    expect([transaction.state, transactions.size, discardedBy(transactions)]).toEqual(['completed', 1, {}]);
    clock.advance(5_000);
    expect(told).toEqual(['0 REGISTER', '20 200', '5020 terminated']);
    expect(transactions.receive(responseTo(multicast, 200, 'four'))).toBe(false);
    expect([discardedBy(transactions), clock.pending]).toEqual([{ noTransaction: 1 }, 0]);
  });

  const foreign = responseTo(invite, 200);
  it.each<[DiscardReason, string, SipResponse]>([
    ['statusOutOfRange', 'a status code of 700', { ...foreign, status: 700 }],
    ['statusOutOfRange', 'a status code of 99', { ...foreign, status: 99 }],
    ['statusOutOfRange', 'a status code that is no integer', { ...foreign, status: 200.5 }],
    ['unreadableVia', 'no Via', { ...foreign, headers: removeHeader(foreign.headers, 'Via') }],
    ['unreadableVia', 'a Via that is none', changed(foreign, 'Via', 'nonsense')],
    ['unreadableVia', 'a Via without a branch', changed(foreign, 'Via', 'SIP/2.0/UDP 192.0.2.1')],
    ['unreadableVia', 'an empty branch', changed(foreign, 'Via', 'SIP/2.0/UDP 192.0.2.1;branch=')],
    [
      'severalVias',
      'a second Via in a row of its own',
      { ...foreign, headers: [...foreign.headers, ['v', 'SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKx']] },
    ],
    [
      'severalVias',
      'a second Via behind a comma',
      changed(foreign, 'Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKtwo, SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKx'),
    ],
    ['unreadableCSeq', 'no CSeq', { ...foreign, headers: removeHeader(foreign.headers, 'CSeq') }],
    ['unreadableCSeq', 'a CSeq beyond 32 bits', changed(foreign, 'CSeq', '4294967296 INVITE')],
    ['noTransaction', 'another branch', changed(foreign, 'Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKthree')],
    ['noTransaction', 'another method', changed(foreign, 'CSeq', '1 CANCEL')],
    ['noTransaction', 'a method in another case (RFC 3261 §7.1)', changed(foreign, 'CSeq', '1 invite')],
    ['noTransaction', 'a response to an ACK', changed(foreign, 'CSeq', '1 ACK')],
    ['foreignSentBy', 'another host', changed(foreign, 'Via', 'SIP/2.0/UDP 255.255.255.255;branch=z9hG4bKtwo')],
    ['foreignSentBy', 'another port', changed(foreign, 'Via', 'SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bKtwo')],
  ])('discards as %s a response with %s', (why, _, response) => {
    const transactions = new ClientTransactions();
    const { transaction, told } = transactingAmong(transactions, invite);
    transaction.start();
    expect(transactions.receive(response)).toBe(false);
    expect([discardedBy(transactions), told, transaction.state]).toEqual([{ [why]: 1 }, ['0 INVITE'], 'calling']);
  });

  it.each([
    ['the default port written out (RFC 3261 §18.1.1)', 'SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKtwo'],
    ['the branch in capitals (RFC 3261 §7.3.1)', 'SIP/2.0/UDP 192.0.2.1;branch=Z9HG4BKTWO'],
    ['what the server adds', 'SIP / 2.0 / UDP  192.0.2.1 ;received=198.51.100.7;rport=5060;branch=z9hG4bKtwo'],
  ])('takes a response with %s', (_, via) => {
    const transactions = new ClientTransactions();
    const { transaction, told } = transactingAmong(transactions, invite);
    transaction.start();
    expect(transactions.receive(changed(foreign, 'Via', via))).toBe(true);
    expect(told).toEqual(['0 INVITE', '0 200']);
  });

  it('takes 5061 as the default port of TLS alone, and knows names and IPv6 addresses (RFC 3261 §18.1.1)', () => {
    const takes = (sent: string, received: string): boolean => {
      const request = { ...invite, headers: setHeader(invite.headers, 'Via', `${sent};branch=z9hG4bKa`) };
      const transactions = new ClientTransactions();
      transactingAmong(transactions, request).transaction.start();
      return transactions.receive(changed(responseTo(request, 200), 'Via', `${received};branch=z9hG4bKa`));
    };
    expect(takes('SIP/2.0/TLS pc.example.com', 'SIP/2.0/TLS PC.example.com:5061')).toBe(true);
    expect(takes('SIP/2.0/TLS pc.example.com', 'SIP/2.0/TLS pc.example.com:5060')).toBe(false);
    expect(takes('SIP/2.0/TCP pc.example.com', 'SIP/2.0/TCP pc.example.com:5061')).toBe(false);
    expect(takes('SIP/2.0/TCP [2001:db8::1]:5060', 'SIP/2.0/TCP [2001:DB8::1]')).toBe(true);
    expect(takes('SIP/2.0/TCP [2001:db8::5060]', 'SIP/2.0/TCP [2001:db8::]')).toBe(false);
  });

  it('believes a response with another Call-ID: only branch and method count (RFC 3261 §17.1.3)', () => {
    const transactions = new ClientTransactions();
    const { transaction, told } = transactingAmong(transactions, invite);
    transaction.start();
    expect(transactions.receive(changed(foreign, 'Call-ID', 'another'))).toBe(true);
    expect(told.at(-1)).toBe('0 200');
  });

  it('forgets a transaction that is terminated, however it ended, and discards what comes later (RFC 6026 §7.2)', () => {
    const endings: readonly ((among: ReturnType<typeof transacting>) => void)[] = [
      ({ clock }) => clock.advance(32_000),
      ({ transaction }) => transaction.transportError(),
      ({ transaction }) => transaction.stop(),
      ({ clock, respond }) => {
        respond(486);
        clock.advance(32_000);
      },
      ({ clock, respond }) => {
        respond(200);
        clock.advance(32_000);
      },
    ];
    for (const end of endings) {
      const transactions = new ClientTransactions();
      const among = transactingAmong(transactions, invite);
      among.transaction.start();
      expect(transactions.size).toBe(1);
      end(among);
      expect([transactions.size, among.clock.pending, among.transaction.state]).toEqual([0, 0, 'terminated']);
      expect(transactions.receive(foreign)).toBe(false);
      expect(transactions.discarded.noTransaction).toBe(1);
    }
  });

  it('forgets a transaction that is stopped before it starts', () => {
    const transactions = new ClientTransactions();
    transactingAmong(transactions, invite).transaction.stop();
    expect(transactions.size).toBe(0);
  });

  it('refuses a branch that is in use, or none (RFC 3261 §8.1.1.7)', () => {
    const transactions = new ClientTransactions();
    const { transaction } = transactingAmong(transactions, invite);
    const badRequest: unknown = expect.objectContaining({ name: 'SipRetryError', code: 'badRequest' });
    expect(() => transactingAmong(transactions, invite)).toThrow(badRequest);
    expect(() => transactingAmong(transactions, { ...invite, headers: removeHeader(invite.headers, 'Via') })).toThrow(
      badRequest,
    );
    expect(transactions.size).toBe(1);
    transaction.stop();
    expect(() => transactingAmong(transactions, invite)).not.toThrow();
  });

  it('stops every transaction, whatever their listeners throw', () => {
    const transactions = new ClientTransactions();
    const first = transactingAmong(transactions, register);
    const second = transactingAmong(transactions, invite);
    first.transaction.on('terminated', () => {
      throw new Error('broken listener');
    });
    first.transaction.start();
    second.transaction.start();
    expect(() => transactions.stop()).toThrow('broken listener');
    expect([transactions.size, first.clock.pending, second.clock.pending]).toEqual([0, 0, 0]);
  });

  it('counts what it discards, and gives the count as a copy', () => {
    const transactions = new ClientTransactions();
    const before = transactions.discarded;
    transactions.receive(foreign);
    transactions.receive(foreign);
    expect(before.noTransaction).toBe(0);
    expect(transactions.discarded.noTransaction).toBe(2);
    expect(Object.keys(transactions.discarded).sort()).toEqual(Object.keys(discardReasons).sort());
  });

  it('never throws, whatever a response holds', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKtwo', '1 INVITE', 'z9hG4bKtwo', ';;,"\\', ''),
    );
    const header = fc.tuple(fc.oneof(fc.constantFrom('Via', 'v', 'CSeq', 'To'), fc.string()), text);
    const response = fc.record({
      status: fc.oneof(fc.integer(), fc.double(), fc.constantFrom(100, 200, 486)),
      reason: text,
      headers: fc.array(header, { maxLength: 6 }),
      body: text,
    });
    fc.assert(
      fc.property(fc.array(response, { maxLength: 8 }), (responses) => {
        const transactions = new ClientTransactions();
        const { transaction } = transactingAmong(transactions, invite);
        transaction.start();
        const taken = responses.filter((one) => transactions.receive(one)).length;
        const discarded = Object.values(transactions.discarded).reduce((sum, count) => sum + count, 0);
        expect(taken + discarded).toBe(responses.length);
      }),
    );
  });
});
