import { describe, expect, it } from 'vitest';
import type { SipRequest } from '../../src/sip/message.js';
import { VirtualClock } from '../../src/timing/virtual-clock.js';
import { Acknowledgements } from '../../src/transport/acknowledgements.js';
import { invite } from '../machines/requests.js';
import { answering } from './fake-transports.js';

const numbered = (cseq: number): SipRequest => ({
  ...invite,
  headers: invite.headers.map(([name, value]) => [name, name === 'CSeq' ? `${cseq} INVITE` : value] as const),
});

function acknowledgementsInTest() {
  const clock = new VirtualClock();
  const kept = new Acknowledgements(clock);
  let made = 0;
  const of = (request: SipRequest, tag: string): string =>
    kept.of(request, answering(request, 200, [], tag), () => ({ ...request, uri: `sip:${(made += 1)}` })).uri;
  return { clock, kept, of };
}

describe('Acknowledgements', () => {
  it('give the same ACK for each repetition of a 2xx (RFC 3261 §13.2.2.4)', () => {
    const { of, clock } = acknowledgementsInTest();
    expect([of(invite, 'bob'), of(invite, 'bob')]).toEqual(['sip:1', 'sip:1']);
    clock.advance(31_999);
    expect(of(invite, 'bob')).toBe('sip:1');
  });

  it('give each fork and each re-INVITE one of its own', () => {
    const { of } = acknowledgementsInTest();
    expect([of(invite, 'bob'), of(invite, 'carol'), of(numbered(2), 'bob'), of(invite, 'bob')]).toEqual([
      'sip:1',
      'sip:2',
      'sip:3',
      'sip:1',
    ]);
  });

  it('keep none for longer than a 2xx can be repeated (RFC 3261 §13.3.1.4)', () => {
    const { of, clock, kept } = acknowledgementsInTest();
    of(invite, 'bob');
    clock.advance(64_001);
    of(numbered(2), 'bob');
    expect(kept.size).toBe(1);
    kept.clear();
    expect(kept.size).toBe(0);
  });
});
