import { describe, expect, it } from 'vitest';
import { readXml } from '../../../src/simulator/sipp/read-xml.js';

describe('reading XML', () => {
  it('gives elements with their attributes, text and lines', () => {
    const { root, flaws } = readXml('<a>\n  <b x="1 &amp; 2"><![CDATA[one]]> two</b>\n  <c/>\n</a>');
    expect(flaws).toEqual([]);
    expect(root).toMatchObject({ name: 'a', line: 1 });
    expect(root?.children).toMatchObject([
      { name: 'b', attributes: { x: '1 & 2' }, text: 'one two', line: 2 },
      { name: 'c', line: 3, text: '' },
    ]);
  });

  it('neither fetches a DTD nor expands its entities', () => {
    const laughs = Array.from({ length: 20 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`);
    const dtd = `<!DOCTYPE scenario SYSTEM "http://192.0.2.1/sipp.dtd" [<!ENTITY l0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">${laughs.join('')}]>`;
    const { root, flaws } = readXml(`${dtd}<scenario name="&f;">&l20;</scenario>`);
    expect(root?.text).toBe('&l20;');
    expect(root?.attributes['name']).toBe('&f;');
    expect(flaws.map(({ what }) => what)).toEqual(['undefined entity.', 'undefined entity.'].slice(0, flaws.length));
    expect(flaws.length).toBeGreaterThan(0);
  });

  it('takes what SIPp takes: dashes in comments, and angle brackets in attributes', () => {
    const { root, flaws } = readXml('<a>\n<!-- -- <x y="<"> -->\n<b x="<y>" z=\'"<\'><![CDATA[<c d="<">]]></b>\n</a>');
    expect(root?.children).toMatchObject([
      { name: 'b', attributes: { x: '<y>', z: '"<' }, text: '<c d="<">', line: 3 },
    ]);
    expect(flaws).toEqual([]);
  });

  it('reads on where the text is not well-formed, and says on which line', () => {
    const { root, flaws } = readXml('<a>\n<b x="1" x="2"/>\n<c/>&what;\n</a>');
    expect(root?.children.map(({ name }) => name)).toEqual(['b', 'c']);
    expect(flaws).toEqual([
      { line: 2, what: 'duplicate attribute: x.' },
      { line: 3, what: 'undefined entity.' },
    ]);
  });

  it.each(['', 'no XML', '<a', '<a><b></a>', '<!DOCTYPE', '\u0000', '<a/><b/>', '<?xml version="9"?>'])(
    'never throws: %j',
    (text) => {
      expect(() => readXml(text)).not.toThrow();
      expect(readXml(text).flaws.length).toBeGreaterThan(0);
    },
  );
});
