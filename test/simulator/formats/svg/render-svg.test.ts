import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fonts, measure } from '../../../../src/simulator/formats/svg/font.js';
import { darkPalette, lightPalette, type Palette } from '../../../../src/simulator/formats/svg/palette.js';
import { pictureOf } from '../../../../src/simulator/formats/svg/picture.js';
import { renderSvg } from '../../../../src/simulator/formats/svg/render-svg.js';
import type { Block } from '../../../../src/simulator/formats/svg/shape.js';
import type { Transcript } from '../../../../src/simulator/transcript.js';
import { readMarkup } from '../markup-reader.js';
import { party, requestOf, responseTo, Transcribing, uac } from '../transcribing.js';
import { transcripts } from '../transcripts.js';

const names = Object.keys(transcripts) as (keyof typeof transcripts)[];

interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function boxesOf({ shapes }: Block): readonly Box[] {
  return shapes.flatMap((shape) => {
    if (shape.shape !== 'text') return [];
    const { x, y, text, font, anchor } = shape;
    const width = measure(text, font);
    const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
    const { size } = fonts[font];
    return [{ text, left, right: left + width, top: y - size * 0.8, bottom: y + size * 0.2 }];
  });
}

function expectNoOverlap(transcript: Transcript, options = {}): void {
  const { width, heads, rows, legend } = pictureOf(transcript, options);
  for (const block of [heads, ...rows, legend]) {
    const boxes = boxesOf(block);
    for (const [index, box] of boxes.entries()) {
      expect(box.left, box.text).toBeGreaterThanOrEqual(0);
      expect(box.right, box.text).toBeLessThanOrEqual(width);
      expect(box.top, box.text).toBeGreaterThanOrEqual(0);
      expect(box.bottom, box.text).toBeLessThanOrEqual(block.height);
      for (const other of boxes.slice(index + 1)) {
        const isApart =
          box.right <= other.left || other.right <= box.left || box.bottom <= other.top || other.bottom <= box.top;
        expect(isApart, `${box.text} over ${other.text}`).toBe(true);
      }
    }
  }
}

describe('renderSvg', () => {
  it.each(names)('draws %s with no text over another, outside the picture or cut by its row', (name) => {
    expectNoOverlap(transcripts[name]());
    expectNoOverlap(transcripts[name](), { details: true });
  });

  it('holds whatever a reason phrase is, and however many servers there are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom('network', 'down', undefined),
        (phrase, count, lost) => {
          const servers = Array.from({ length: count }, (_, index) => party(`${phrase}${index}`, `192.0.2.${index}`));
          const script = new Transcribing(phrase, [uac, ...servers]);
          const options = requestOf('OPTIONS', `sip:${phrase}`, 1);
          for (const [index, { id }] of servers.entries()) {
            script.pass(index, 'uac', id, options, 'r', lost === undefined ? {} : { lost });
            script.pass(index, id, 'uac', responseTo(options, 200, phrase, [['Warning', phrase]]), 'r');
            script.add({ type: 'party', at: index, party: id, does: phrase });
          }
          expectNoOverlap(script.done());
          readMarkup(renderSvg(script.done()));
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each(names)('writes %s as well-formed XML without script, style attribute, event handler or reference', (name) => {
    const elements = readMarkup(renderSvg(transcripts[name]()));
    const kinds = new Set(elements.map((element) => element.name));
    expect([...kinds].sort()).toEqual(['desc', 'g', 'line', 'path', 'rect', 'style', 'svg', 'text', 'title']);
    for (const { attributes } of elements) {
      for (const attribute of attributes.keys()) expect(attribute).not.toMatch(/^on|^style$|href/i);
    }
    expect(elements.find((element) => element.name === 'style')?.text).not.toMatch(/url\(|@import/);
  });

  it('has a name, a summary, and a sentence for each row', () => {
    const elements = readMarkup(renderSvg(transcripts.registration()));
    expect(elements[0]?.attributes.get('role')).toBe('img');
    expect(elements[1]?.text).toBe('A registrar challenges, then finds the interval too brief');
    expect(elements[2]?.text).toBe('4 sent (1 retransmitted), 3 received, 1 lost, 3 decisions');
    const titles = elements.filter(({ name, parent }) => name === 'title' && parent?.name === 'g');
    expect(titles.map(({ text }) => text)).toContain('0.520 s, registrar to UAC over UDP: 401 Unauthorized');
  });

  it('brings its ground with it, so that it reads on a dark page', () => {
    const [ground] = readMarkup(renderSvg(transcripts.registration())).filter(({ name }) => name === 'rect');
    expect(ground?.attributes.get('class')).toBe('ground');
  });
});

describe.each([
  ['light', lightPalette],
  ['dark', darkPalette],
] as const)('the %s palette', (_, palette) => {
  it.each(pairsOf(palette))('sets %s off from what is behind it by 4.5:1 (WCAG 2.2 §1.4.3)', (_name, ink, ground) => {
    expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
  });
});

function pairsOf({ ground, panel, ink, faint, lost, tones }: Palette): readonly (readonly [string, string, string])[] {
  return [
    ['ink', ink, ground],
    ['ink on panels', ink, panel],
    ['faint', faint, ground],
    ['faint on panels', faint, panel],
    ['lost', lost, ground],
    ['lost on panels', lost, panel],
    ['the words of a gap', tones.wait.ink, ground],
    ...Object.entries(tones).flatMap(([tone, own]): (readonly [string, string, string])[] => [
      [tone, own.ink, own.fill],
      [`ink on ${tone}`, ink, own.fill],
      [`faint on ${tone}`, faint, own.fill],
    ]),
  ];
}

function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = (colour.match(/[0-9a-f]{2}/gi) ?? []).map((octet) => {
    const value = Number.parseInt(octet, 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
