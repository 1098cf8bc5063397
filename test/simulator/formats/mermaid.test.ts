import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMermaid } from '../../../src/simulator/formats/mermaid.js';
import { party, requestOf, responseTo, Transcribing, uac } from './transcribing.js';
import { transcripts } from './transcripts.js';

/** A label: letters, digits and marks that mean nothing to Mermaid, entities, and line breaks of ours. */
const LABEL = String.raw`(?:[\p{L}\p{N}\p{M} .,:/()=+@!?…§⋮’_-]|#\d+;|<br/>)*`;
const LINE = new RegExp(
  String.raw`^(?:sequenceDiagram|  title ${LABEL}|  participant p\d as ${LABEL}|  p\d(?:->>|-->>|-x|--x|-\))p\d: ${LABEL}|  Note (?:right of|over) p\d(?:,p\d)?: ${LABEL})$`,
  'u',
);

describe('renderMermaid', () => {
  it.each(Object.keys(transcripts) as (keyof typeof transcripts)[])(
    'writes %s in nothing but what the grammar of Mermaid allows',
    (name) => {
      const lines = renderMermaid(transcripts[name]()).trimEnd().split('\n');
      for (const line of lines) expect(line).toMatch(LINE);
      expect(lines.length).toBeGreaterThan(5);
    },
  );

  it('lets no reason phrase out of its label', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom('end', 'nowrap: x', 'a;b', '#lt;', '%%{init: {}}%%', '$$x$$', '\nNote over p0: y'),
        ),
        (phrase) => {
          const script = new Transcribing(phrase, [uac, party(phrase, '192.0.2.1')]);
          script.pass(0, phrase, 'uac', responseTo(requestOf('OPTIONS', 'sip:example.com', 1), 200, phrase), 'r');
          const lines = renderMermaid(script.done()).trimEnd().split('\n');
          expect(lines).toHaveLength(5);
          for (const line of lines) {
            expect(line).toMatch(LINE);
            expect(line).not.toMatch(/\bend\b/i);
          }
        },
      ),
    );
  });

  it('draws lost messages, retransmissions and waits as what they are', () => {
    const text = renderMermaid(transcripts.registration());
    expect(text).toContain('p0-xp1: REGISTER sip:atlanta.example (lost)<br/>0.000 s');
    expect(text).toContain('p0-->>p1: REGISTER sip:atlanta.example (retransmission)<br/>0.500 s');
    expect(text).toContain('Note right of p0: raise the interval: Expires 600<br/>');
    expect(renderMermaid(transcripts.serviceUnavailable())).toContain(
      'Note over p0,p2: ⋮ 3 s, backing off, as the server names no time',
    );
  });
});
