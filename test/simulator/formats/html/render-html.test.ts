import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../../../src/simulator/formats/html/render-html.js';
import { readMarkup, type Element } from '../markup-reader.js';
import { party, requestOf, responseTo, Transcribing, uac } from '../transcribing.js';
import { transcripts } from '../transcripts.js';

const names = Object.keys(transcripts) as (keyof typeof transcripts)[];
const named = (elements: readonly Element[], name: string): readonly Element[] =>
  elements.filter((element) => element.name === name);

function expectHarmless(page: string): readonly Element[] {
  const elements = readMarkup(page);
  const known =
    'body br button b desc details div footer form g h1 h2 head header html input label li line main meta ol option p path pre rect script select span style summary svg text title ul'.split(
      ' ',
    );
  for (const { name, attributes } of elements) {
    expect(known).toContain(name);
    for (const attribute of attributes.keys()) expect(attribute).not.toMatch(/^on|^style$|href|src/i);
  }
  expect(named(elements, 'script')).toHaveLength(1);
  expect(named(elements, 'style')).toHaveLength(1);
  return elements;
}

describe('renderHtml', () => {
  it.each(names)('writes %s as a page that can run and load nothing but itself', (name) => {
    const elements = expectHarmless(renderHtml(transcripts[name]()));
    const [policy = ''] = named(elements, 'meta')
      .map(({ attributes }) => attributes.get('content') ?? '')
      .filter((content) => content.includes('default-src'));
    const hashOf = (element: string): string =>
      createHash('sha256')
        .update(named(elements, element)[0]?.text ?? '')
        .digest('base64');
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${hashOf('script')}'`,
      `style-src 'sha256-${hashOf('style')}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('has the same script whatever a peer sent', () => {
    const scripts = names.map((name) => named(readMarkup(renderHtml(transcripts[name]())), 'script')[0]?.text ?? '');
    expect(new Set(scripts).size).toBe(1);
    expect(() => new Script(scripts[0] ?? '')).not.toThrow();
    expect(scripts[0]).not.toMatch(/innerHTML|insertAdjacent|document\.write|eval|Function/);
  });

  it('keeps whatever a peer sends as text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('</pre><script>x</script>', '"><b onclick=x>', '&#60;', '<!--', ']]>'),
        ),
        (phrase) => {
          const script = new Transcribing(phrase, [uac, party(`s${phrase}`, '192.0.2.1')]);
          const options = requestOf('OPTIONS', `sip:${phrase}`, 1);
          script.pass(0, `s${phrase}`, 'uac', responseTo(options, 200, phrase, [['Warning', phrase]], phrase), phrase);
          script.add({ type: 'answer', at: 0, request: `2${phrase}`, answer: phrase });
          expectHarmless(renderHtml(script.done()));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('shows the whole text of each message behind its arrow, for mouse and keyboard', () => {
    const transcript = transcripts.registration();
    const elements = readMarkup(renderHtml(transcript));
    const shown = named(elements, 'pre').map(({ text }) => text);
    const texts = transcript.events.flatMap((event) => (event.type === 'message' ? [event.text] : []));
    expect(shown).toEqual(texts.map((text) => text.replaceAll('\r\n', '\n').trimEnd()));
    // A summary is reached by Tab and opened by Enter without a script.
    expect(named(elements, 'summary').every(({ parent }) => parent?.name === 'details')).toBe(true);
  });

  it('tells the conditions that a decision looked at, and how each came out', () => {
    const elements = readMarkup(renderHtml(transcripts.registration()));
    const items = named(elements, 'li').map(({ text }) => text);
    expect(items).toContain('✗ challengeRejects: credentials for one of the realms were just refused (does not hold)');
    expect(items).toContain('✓ intervalBelowMinimum: the interval sent is below Min-Expires');
  });

  it('says in words what each row draws, and hides the drawing from readers of words', () => {
    const elements = readMarkup(renderHtml(transcripts.registration()));
    const words = named(elements, 'span')
      .filter(({ attributes }) => attributes.get('class') === 'hide')
      .map(({ text }) => text);
    expect(words).toContain('0.000 s, UAC to registrar over UDP: REGISTER sip:atlanta.example, lost in the network');
    expect(named(elements, 'svg').every(({ attributes }) => attributes.get('aria-hidden') === 'true')).toBe(true);
  });

  it('offers a filter where there are several requests, and marks the rows with theirs', () => {
    const elements = readMarkup(renderHtml(transcripts.hostilePeer()));
    expect(named(elements, 'option').map(({ text }) => text)).toEqual(['all', 'r<0>', 'r<1>']);
    const marked = named(elements, 'li').map(({ attributes }) => attributes.get('data-request'));
    expect(marked.filter((request) => request === 'r<1>').length).toBeGreaterThan(5);
    expect(named(readMarkup(renderHtml(transcripts.registration())), 'select')).toEqual([]);
  });
});
