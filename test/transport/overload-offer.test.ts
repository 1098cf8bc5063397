import { describe, expect, it } from 'vitest';
import { allHeaders, firstHeader } from '../../src/sip/header-list.js';
import type { SipRequest, SipResponse } from '../../src/sip/message.js';
import { withOverloadOffer } from '../../src/transport/overload-offer.js';
import { invite } from '../machines/requests.js';
import { callInTest, clientInTest, servers } from './client-in-test.js';
import { answering, settled } from './fake-transports.js';
import { options } from './messages.js';

const OFFER = ';oc;oc-algo="loss,rate"';
const viaOf = ({ headers }: SipRequest) => firstHeader(headers, 'Via') ?? '';

/** The answer with what the server says in our Via. */
function reporting(request: SipRequest, report: string): SipResponse {
  const response = answering(request, 200);
  const headers = response.headers.map(([name, value]) =>
    name === 'Via' ? ([name, value.replace(OFFER, report)] as const) : ([name, value] as const),
  );
  return { ...response, headers };
}

describe('withOverloadOffer', () => {
  it('adds its parameters to the topmost Via alone', () => {
    const request = {
      ...invite,
      headers: [
        ['Via', 'SIP/2.0/UDP a;branch=z9hG4bKa, SIP/2.0/UDP b'],
        ['Via', 'SIP/2.0/UDP c'],
      ] as const,
    };
    expect(allHeaders(withOverloadOffer(request, OFFER).headers, 'Via')).toEqual([
      `SIP/2.0/UDP a;branch=z9hG4bKa${OFFER}, SIP/2.0/UDP b`,
      'SIP/2.0/UDP c',
    ]);
  });

  it('takes the place of what was said before, and leaves other parameters', () => {
    const via = 'SIP/2.0/UDP a;branch=z9hG4bKa;oc=20;oc-algo="loss";oc-validity=500;oc-seq=1282.3;octet=1';
    const request = { ...invite, headers: [['Via', via]] as const };
    expect(viaOf(withOverloadOffer(request, OFFER))).toBe(`SIP/2.0/UDP a;branch=z9hG4bKa;octet=1${OFFER}`);
  });

  it('changes nothing where nothing is offered', () => {
    expect(withOverloadOffer(invite, '')).toBe(invite);
    expect(withOverloadOffer({ ...invite, headers: [] }, OFFER).headers).toEqual([]);
  });
});

describe('a client that takes part in overload control', () => {
  it('offers it in every request, its retransmissions, its CANCEL and its ACK (RFC 7339 §4.1, §4.2)', async () => {
    const { client, transports, clock } = clientInTest({ servers, overloadControl: true });
    const request = await client.request(invite);
    void request.start();
    await settled();
    clock.advance(500);
    await settled();
    transports.bring(answering(transports.last('INVITE'), 180));
    request.cancel();
    await settled();
    transports.bring(answering(transports.last('INVITE'), 487));
    await settled();
    expect(transports.sent.map((one) => one.request.method)).toEqual(['INVITE', 'INVITE', 'CANCEL', 'ACK']);
    const vias = transports.sent.map((one) => viaOf(one.request));
    expect(new Set(vias).size).toBe(1);
    expect(vias[0]?.endsWith(OFFER)).toBe(true);
  });

  it('offers it inside a dialog, and in the ACK for a 2xx', async () => {
    const { transports, call } = await callInTest([], { servers, overloadControl: true });
    void call.hangUp();
    await settled();
    expect(transports.sent.map(({ request }) => viaOf(request).endsWith(OFFER))).toEqual([true, true, true]);
  });

  it('offers it to nobody by default, nor to servers that the core leaves out (RFC 7339 §5.2)', async () => {
    const overloadControl = { offeredTo: (server: string) => server !== servers[0] };
    for (const { client, transports } of [
      clientInTest(),
      clientInTest({ servers, overloadControl: true }, { overloadControl }),
    ]) {
      void (await client.request(invite)).start();
      await settled();
      expect(viaOf(transports.last('INVITE'))).not.toContain('oc');
    }
  });

  it('sends about half of its requests to a server that wants half of them left out (RFC 7339 §5.10.1)', async () => {
    const { client, transports, clock } = clientInTest({ servers, overloadControl: true });
    const send = async (number: number) => {
      const request = await client.request(options(`z9hG4bKr${number}`));
      const held: unknown[] = [];
      request.on('hold', (hold) => held.push(hold.for));
      void request.start();
      await settled();
      return { request, held };
    };
    await send(0);
    transports.bring(
      reporting(transports.last('OPTIONS'), ';oc=50;oc-algo="loss";oc-validity=10000;oc-seq=1282321615.782'),
    );
    const holds = [];
    for (let number = 1; number <= 400; number += 1) holds.push((await send(number)).held);
    const sent = transports.sent.length - 1;
    expect(sent).toBeGreaterThan(160);
    expect(sent).toBeLessThan(240);
    expect(holds.filter(([why]) => why === 'overload')).toHaveLength(400 - sent);
    // What was left out goes when the restriction has ended.
    clock.advance(10_001);
    await settled();
    expect(new Set(transports.all('OPTIONS').map(viaOf)).size).toBe(401);
  });
});
