// The refresh of an accepted call by its UAC, when it does not go as planned (RFC 4028).
import { describe, expect, it } from 'vitest';
import { firstHeader } from '../../src/sip/header-list.js';
import type { Header } from '../../src/sip/message.js';
import { callInTest, fromPeer } from './client-in-test.js';
import { answering, settled } from './fake-transports.js';

const interval = (seconds: number): Header => ['Session-Expires', `${seconds};refresher=uac`];
const supported: Header = ['Supported', 'timer'];

/** A call whose first refresh has just gone out. */
async function refreshing() {
  const inCall = await callInTest([interval(1800)], undefined, [supported]);
  const { transports, clock, call } = inCall;
  const ended: string[] = [];
  call.on('ended', ({ by }) => ended.push(by));
  clock.advance(900_000);
  await settled();
  const answer = async (status: number, headers: readonly Header[] = []): Promise<void> => {
    transports.bring(answering(transports.last('INVITE'), status, headers));
    await settled();
  };
  const rowOf = (name: string) => firstHeader(transports.last('INVITE').headers, name);
  return { ...inCall, ended, answer, rowOf };
}

describe('the refresh of a call', () => {
  it('says again who we are, what we support and what we sent (RFC 4028 §7.4)', async () => {
    const { transports, rowOf } = await refreshing();
    const [first, refresh] = transports.all('INVITE');
    expect([rowOf('Contact'), rowOf('Supported'), refresh?.body]).toEqual([
      firstHeader(first?.headers ?? [], 'Contact'),
      'timer',
      first?.body,
    ]);
    expect(rowOf('To')).toContain(';tag=bob');
  });

  it('asks for a longer interval after a 422, and keeps to it (RFC 4028 §7.4)', async () => {
    const { transports, clock, answer, rowOf } = await refreshing();
    await answer(422, [['Min-SE', '3600']]);
    expect([rowOf('Session-Expires'), rowOf('Min-SE')]).toEqual(['3600;refresher=uac', '3600']);
    await answer(200, [interval(3600)]);
    clock.advance(1_799_999);
    await settled();
    expect(transports.all('INVITE')).toHaveLength(3);
    clock.advance(1);
    await settled();
    expect(transports.all('INVITE')).toHaveLength(4);
    expect(rowOf('Min-SE')).toBe('3600');
  });

  it('waits 2.1 to 4 seconds after a 491, then asks again (RFC 3261 §14.1)', async () => {
    const { transports, clock, answer, call } = await refreshing();
    await answer(491);
    clock.advance(2_099);
    await settled();
    expect(transports.all('INVITE')).toHaveLength(2);
    clock.advance(1_901);
    await settled();
    expect(transports.all('INVITE')).toHaveLength(3);
    await answer(200, [interval(1800)]);
    expect(call.isOver).toBe(false);
    expect(transports.all('BYE')).toEqual([]);
  });

  it.each([481, 408])('ends the call with a BYE after a %i (RFC 4028 §10, RFC 3261 §12.2.1.2)', async (status) => {
    const { transports, answer, call, ended } = await refreshing();
    await answer(status);
    expect([call.isOver, ended, transports.all('BYE').length]).toEqual([true, ['us'], 1]);
  });

  it('ends the call with a BYE when nobody answers it (RFC 4028 §10)', async () => {
    const { transports, clock, call } = await refreshing();
    // One transaction with each server of the set.
    for (let round = 0; round < 2; round += 1) {
      clock.advance(32_000);
      await settled();
    }
    expect([call.isOver, transports.all('BYE').length]).toEqual([true, 1]);
  });

  it('leaves the call until shortly before its end after any other refusal (RFC 4028 §10)', async () => {
    const { transports, clock, answer, call } = await refreshing();
    await answer(488);
    // 1800 s from the last acceptance, half of which is over.
    clock.advance(867_999);
    await settled();
    expect([call.isOver, transports.all('BYE').length]).toEqual([false, 0]);
    clock.advance(1);
    await settled();
    expect([call.isOver, transports.all('BYE').length]).toEqual([true, 1]);
  });

  it('goes on to where its 2xx says that the peer is now (RFC 3261 §12.2.1.2)', async () => {
    const { transports, answer, call } = await refreshing();
    await answer(200, [interval(1800), ['Contact', '<sip:bob@192.0.2.99>']]);
    void call.hangUp();
    await settled();
    expect(transports.last('BYE').uri).toBe('sip:bob@192.0.2.99');
  });

  it('is given up when the peer hangs up meanwhile', async () => {
    const { transports, clock, call, ended } = await refreshing();
    transports.ask(fromPeer(transports, 'BYE'));
    await settled();
    expect([call.isOver, ended]).toEqual([true, ['peer']]);
    clock.advance(3_600_000);
    await settled();
    expect(transports.all('BYE')).toEqual([]);
    expect(transports.all('INVITE')).toHaveLength(2 + countOfRetransmissions);
  });

  it('ends with the interval: a 2xx without one keeps no time (RFC 4028 §9)', async () => {
    const { transports, clock, answer, call } = await refreshing();
    await answer(200);
    clock.advance(7_200_000);
    await settled();
    expect([call.isOver, transports.all('INVITE').length]).toEqual([false, 2]);
  });
});

/** Of the refresh that nobody answers: after 0.5, 1, 2 … s, until timer B (RFC 3261 §17.1.1.2). */
const countOfRetransmissions = 6;
