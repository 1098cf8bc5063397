import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import stringWidth from 'string-width';
import { renderText } from '../../../../src/simulator/formats/text/text-ladder.js';
import { momentWriter } from '../../../../src/simulator/formats/moment.js';
import { party, requestOf, responseTo, Transcribing, uac } from '../transcribing.js';
import { transcripts } from '../transcripts.js';

const names = Object.keys(transcripts) as (keyof typeof transcripts)[];
const linesOf = (text: string): readonly string[] => text.split('\n');

describe('renderText', () => {
  it.each(['registration', 'callThroughProxies', 'crossings'] as const)(
    'draws %s as it was read and approved',
    async (name) => {
      await expect(renderText(transcripts[name]())).toMatchFileSnapshot(`../golden/${name}.txt`);
    },
  );

  it.each(names.flatMap((name) => [64, 80, 100, 140].map((columns) => [name, columns] as const)))(
    'keeps every line of %s within %i columns, wide characters counted as two',
    (name, columns) => {
      for (const ascii of [false, true]) {
        const widths = linesOf(renderText(transcripts[name](), { columns, ascii })).map((line) => stringWidth(line));
        expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
      }
    },
  );

  it('keeps its lanes straight whatever a reason phrase holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (phrase) => {
        const script = new Transcribing('x', [uac, party('server', '192.0.2.1')]);
        const options = requestOf('OPTIONS', 'sip:example.com', 1);
        script.pass(0, 'server', 'uac', responseTo(options, 200, phrase), 'r');
        const arrow = linesOf(renderText(script.done())).find((line) => line.startsWith(' 0.000 '));
        expect(stringWidth(arrow ?? '')).toBe(stringWidth(` 0.000  │${'─'.repeat(69)}│`));
        expect(arrow).toMatch(/│◀─.*──│$/);
        // Nothing that moves a cursor or turns the writing.
        expect(arrow).not.toMatch(/[\0-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });

  it('writes nothing but ASCII when it is asked to', () => {
    for (const name of names) expect(renderText(transcripts[name](), { ascii: true })).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('writes colours only when told, and the same text with them', () => {
    for (const name of names) {
      const plain = renderText(transcripts[name]());
      expect(plain).not.toContain('\u001b');
      const coloured = renderText(transcripts[name](), { colour: true });
      expect(coloured).toContain('\u001b[');

      expect(coloured.replace(/\u001b\[\d+m/g, '').replace(/ +$/gm, '')).toBe(plain);
    }
  });

  it('cuts the arrow of a message that is lost, and marks a retransmission', () => {
    const lines = linesOf(renderText(transcripts.registration()));
    expect(lines).toContainEqual(expect.stringMatching(/^ 0\.000 {2}│── REGISTER sip:atlanta\.example ─+✗ +│$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ 0\.500 {2}│── ↻ REGISTER sip:atlanta\.example ─+▶│$/));
    expect(lines).toContain('↻ retransmission, ✗ did not arrive');
  });

  it('leads the arrow to a server that is down up to its lane', () => {
    expect(renderText(transcripts.serviceUnavailable())).toMatch(
      /│── SUBSCRIBE sip:alice@atlanta\.example \(down\) ─+✗│/,
    );
  });

  it('shows a wait as a gap of the lanes', () => {
    const gap = linesOf(renderText(transcripts.serviceUnavailable())).find((line) => line.includes('backing off'));
    expect(gap).toMatch(/⋮ {2}3 s, backing off, as the server names no time +⋮$/);
  });

  it('says which request a row belongs to where there are several', () => {
    expect(renderText(transcripts.hostilePeer())).toContain('[r<0>] OPTIONS');
    expect(renderText(transcripts.registration())).not.toContain('[register]');
  });

  it('gives each party a lane, its name above it, and its address', () => {
    const [, , heads = '', addresses = ''] = linesOf(renderText(transcripts.callThroughProxies()));
    expect(heads.trim().split(/\s+/)).toEqual(['UAC', 'proxy1', 'proxy2', 'bob']);
    expect(addresses.trim().split(/\s+/)).toEqual([
      '198.51.100.7:5060',
      '192.0.2.21:5060',
      '192.0.2.22:5060',
      '203.0.113.9:5060',
    ]);
  });

  it('draws a transcript without events, and one of the UAC alone', () => {
    const nothing = { ...transcripts.registration(), events: [] };
    expect(renderText(nothing)).toContain('registrar');
    expect(renderText({ ...nothing, parties: [uac] })).toContain(momentWriter(0)(0));
  });
});
