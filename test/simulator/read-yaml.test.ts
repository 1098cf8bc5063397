import { describe, expect, it } from 'vitest';
import { readYaml } from '../../src/simulator/read-yaml.js';

const text = ['name: one', 'servers:', '  - name: a', '    port: 5060', '  - { name: b, port: 1 }', ''].join('\n');

describe('a text in YAML', () => {
  it.each([
    [['name'], 1],
    [['servers'], 2],
    [['servers', 0], 3],
    [['servers', 0, 'port'], 4],
    [['servers', 1, 'port'], 5],
  ] as const)('tells the line of %j', (path, line) => {
    const read = readYaml(text);
    expect(read.kind === 'value' && read.lineOf(path)).toBe(line);
  });

  it('tells the line of what is around a member that is missing', () => {
    const read = readYaml(text);
    expect(read.kind === 'value' && read.lineOf(['servers', 0, 'host'])).toBe(3);
    expect(read.kind === 'value' && read.lineOf(['clients', 0])).toBe(1);
  });

  it('tells where a text cannot be read', () => {
    const read = readYaml('name: one\nservers: [\n');
    expect(read).toMatchObject({ kind: 'defect', found: expect.stringMatching(/^it cannot be read: .+/) as string });
  });

  it('refuses aliases that make more of the text than anybody has written', () => {
    const levels = Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(9)}]`);
    expect(readYaml(['a0: &a0 [x]', ...levels].join('\n'))).toEqual({
      kind: 'defect',
      line: 1,
      found: 'aliases without end',
    });
  });

  it.each([
    ['', 1, 'there is nothing in it'],
    ['# nothing\n', 1, 'there is nothing in it'],
    ['name: one\nhost: \0', 2, 'it is no text'],
    ['\u001b[31mred', 1, 'it is no text'],
    ['['.repeat(20_000), 1, 'it is nested too deeply'],
    [`a: 1\nb: ${'[\n'.repeat(1_001)}`, 1_002, 'it is nested too deeply'],
    ['{a: '.repeat(1_001), 1, 'it is nested too deeply'],
    ['- ? '.repeat(600), 1, 'it is nested too deeply'],
  ])('tells what is wrong with %j', (written, line, found) => {
    expect(readYaml(written)).toEqual({ kind: 'defect', line, found });
  });

  it('refuses a megabyte of brackets without parsing it, also where texts between them close some', () => {
    for (const written of ['['.repeat(1_000_000), '["]",'.repeat(200_000), '- '.repeat(500_000)]) {
      const began = performance.now();
      expect(readYaml(written)).toMatchObject({ found: 'it is nested too deeply' });
      // Parsing takes some two seconds, on a slow machine ten.
      expect(performance.now() - began).toBeLessThan(1_000);
    }
  });

  it('counts levels, not brackets: those of texts, of comments and side by side are none', () => {
    const text = '['.repeat(2_000);
    const written = `a: "${text}"\nb: |\n  ${text}\n# ${text}\nc: [${'{d: 1}, '.repeat(1_100)}]\ne: ${'-'.repeat(1_100)}\n`;
    expect(readYaml(written)).toMatchObject({ value: { a: text, b: `${text}\n`, e: '-'.repeat(1_100) } });
    expect(readYaml(`${'['.repeat(400)}${']'.repeat(400)}`).kind).toBe('value');
  });

  it('reads CRLF, TAB and what is no ASCII', () => {
    expect(readYaml('name: "日本\t語"\r\nport: 1\r\n')).toMatchObject({ value: { name: '日本\t語', port: 1 } });
  });
});
