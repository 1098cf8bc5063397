import { describe, expect, it } from 'vitest';
import { ladderOf } from '../../../../src/simulator/formats/ladder/ladder-of.js';
import type { LadderRow } from '../../../../src/simulator/formats/ladder/ladder-row.js';
import { momentWriter } from '../../../../src/simulator/formats/moment.js';
import { rowInWords } from '../../../../src/simulator/formats/ladder/row-in-words.js';
import { party, requestOf, responseTo, Transcribing, uac } from '../transcribing.js';
import { callThroughProxies, crossings, overlapDialling, registration, serviceUnavailable } from '../transcripts.js';

const of = <K extends LadderRow['kind']>(rows: readonly LadderRow[], kind: K) =>
  rows.filter((row): row is Extract<LadderRow, { kind: K }> => row.kind === kind);

function flow(): Transcribing {
  return new Transcribing('flow', [uac, party('server', '192.0.2.1')]);
}

describe('ladderOf', () => {
  it('tells the decision and the outcome that it led to as one', () => {
    const cards = of(ladderOf(registration()).rows, 'card');
    expect(cards.map(({ title, tone }) => [title, tone])).toEqual([
      ['retry with credentials: realm "atlanta.example"', 'correct'],
      ['raise the interval: Expires 600', 'correct'],
      ['accepted with 200 after 3 attempts', 'accepted'],
    ]);
    expect(cards.map(({ source }) => source)).toEqual([
      'RFC 3261 §22.2 (rule 401#2)',
      'RFC 3261 §10.2.8 (rule 423#1)',
      'RFC 3261 §21.2 (rule 2xx#1)',
    ]);
  });

  it('says why by the conditions of the row that was taken, not by those of rows that were passed over', () => {
    const [first] = of(ladderOf(registration()).rows, 'card');
    expect(first?.decision?.trace[0]).toEqual({ condition: 'challengeRejects', held: false });
    expect(first?.why).toBe('credentials exist, or may exist, for at least one realm that asks');
  });

  it('says why the UAC gave up, with the numbers behind it', () => {
    const script = flow();
    const invite = requestOf('INVITE', 'sip:b@example.com', 1);
    script.decide(0, 'call', 1, invite, responseTo(invite, 486, 'Busy Here', [['Retry-After', '86400']]), {
      client: { redial: true },
    });
    const [card] = of(ladderOf(script.done()).rows, 'card');
    expect(card).toMatchObject({ tone: 'gaveUp', title: 'gave up with 486 after 1 attempt' });
    expect(card?.why).toContain('the server asks for a longer wait than the limit allows; the rule wanted wait');
  });

  it('names a wait by what the policy waits for, and its length', () => {
    const script = flow();
    const register = requestOf('REGISTER', 'sip:example.com', 1);
    script.decide(0, 'r', 1, register, responseTo(register, 503, 'Later', [['Retry-After', '30']]), { random: 0 });
    script.pass(30_000, 'uac', 'server', register, 'r');
    expect(of(ladderOf(script.done()).rows, 'gap').map(({ text }) => text)).toEqual(['30 s, as Retry-After says']);
  });

  it.each([
    ['refresh', '5 s, until the registration is refreshed'],
    ['line', '5 s, until the requests before it are done'],
    ['quarantine', '5 s, as the server asked to be left alone'],
    ['ceiling', '5 s, as the ceiling of requests a minute is reached'],
    ['overload', '5 s, as the server is overloaded'],
  ] as const)('names a hold for %s', (reason, text) => {
    const script = flow();
    script.add({ type: 'wait', at: 0, request: 'r', until: 5_000, for: reason });
    script.add({ type: 'answer', at: 0, request: 'r', answer: 'go on' });
    script.pass(5_000, 'uac', 'server', requestOf('OPTIONS', 'sip:example.com', 1), 'r');
    expect(of(ladderOf(script.done()).rows, 'gap')).toMatchObject([{ text, ms: 5_000 }]);
  });

  it('draws a glare wait of less than a second as a gap, but no other silence so short', () => {
    const script = flow();
    script.add({ type: 'answer', at: 0, request: 'r', answer: 'x' });
    script.add({ type: 'wait', at: 0, request: 'r', until: 300, for: 'policy' });
    script.add({ type: 'answer', at: 300, request: 'r', answer: 'x' });
    script.add({ type: 'answer', at: 900, request: 'r', answer: 'x' });
    expect(of(ladderOf(script.done()).rows, 'gap')).toMatchObject([{ at: 0, ms: 300 }]);
  });

  it('draws no gap before a retransmission: the times tell it', () => {
    const { rows } = ladderOf(serviceUnavailable());
    expect(of(rows, 'message').filter(({ message }) => message.retransmission)).toHaveLength(10);
    expect(of(rows, 'gap')).toMatchObject([{ at: 32_040, ms: 3_000 }]);
  });

  it('gives a message a row for its arrival only when it crosses, is overtaken or arrives again', () => {
    const { rows } = ladderOf(crossings());
    expect(
      of(rows, 'message')
        .filter(({ isCrossing }) => isCrossing)
        .map(({ message }) => message.summary),
    ).toEqual(['100 Trying']);
    expect(of(rows, 'arrival').map(({ at, message, isCopy }) => [at, message.summary, isCopy])).toEqual([
      [560, '100 Trying', false],
      [580, '180 Ringing', true],
    ]);
    for (const make of [registration, callThroughProxies, overlapDialling]) {
      expect(of(ladderOf(make()).rows, 'arrival')).toEqual([]);
    }
  });

  it('tells the header fields that the retry is about once: what changed, and not again on the way through proxies', () => {
    const told = of(ladderOf(callThroughProxies()).rows, 'message').map(({ message, headers }) => [
      message.from,
      message.to,
      ...headers,
    ]);
    expect(told.filter(([, , ...headers]) => headers.length > 0)).toEqual([
      ['proxy1', 'uac', 'Proxy-Authenticate: Digest realm="atlanta.example", algorithm=SHA-256'],
      ['uac', 'proxy1', 'Proxy-Authorization: Digest realm="atlanta.example", algorithm=SHA-256, nc=00000001'],
      ['proxy2', 'proxy1', 'Proxy-Authenticate: Digest realm="biloxi.example", algorithm=SHA-256'],
      ['uac', 'proxy1', 'Proxy-Authorization: Digest realm="biloxi.example", algorithm=SHA-256, nc=00000001'],
    ]);
  });

  it('leaves timers and steps of charts to the details, but for timers that end a transaction', () => {
    const script = flow();
    script.add({ type: 'timer', at: 0, party: 'uac', timer: 'E', does: 'fires' });
    script.add({ type: 'timer', at: 1, party: 'uac', timer: 'F', does: 'fires' });
    script.add({ type: 'state', at: 2, actor: 'request r', state: 'pending', event: 'begin' });
    expect(of(ladderOf(script.done()).rows, 'note').map(({ text }) => text)).toEqual([
      'timer F fires: no final response in time',
    ]);
    expect(of(ladderOf(script.done(), { details: true }).rows, 'note').map(({ text }) => text)).toEqual([
      'timer E fires',
      'timer F fires: no final response in time',
      'request r: pending (begin)',
    ]);
  });

  it('has no rows for a transcript in which nothing happened', () => {
    expect(ladderOf({ ...registration(), events: [] })).toMatchObject({ rows: [], requests: [], lastAt: 0 });
  });
});

describe('rowInWords', () => {
  it('says what a picture shows', () => {
    const { rows, lastAt } = ladderOf(registration());
    const words = rows.map((row) => rowInWords(row, momentWriter(lastAt)));
    expect(words.slice(0, 2)).toEqual([
      '0.000 s, UAC to registrar over UDP: REGISTER sip:atlanta.example, lost in the network',
      '0.500 s, UAC to registrar over UDP: REGISTER sip:atlanta.example, a retransmission',
    ]);
  });
});

describe('momentWriter', () => {
  it('writes seconds, and hours where a ladder lasts longer than a thousand seconds', () => {
    expect(momentWriter(999_999)(65_004)).toBe('65.004');
    expect(momentWriter(1_000_000)(65_004)).toBe('0:01:05.004');
    expect(momentWriter(90_000_000)(90_000_000 - 1)).toBe('24:59:59.999');
  });
});
