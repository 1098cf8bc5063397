import { describe, expect, it } from 'vitest';
import { carryOut, type Carried } from '../../../src/simulator/sipp/carry-out.js';
import { pauseMs } from '../../../src/simulator/sipp/pause-ms.js';
import { requireProgram } from '../../../src/simulator/sipp/read-sipp.js';
import { receivedOf } from '../../../src/simulator/sipp/received.js';
import { filled } from '../../../src/simulator/sipp/template.js';
import { Variables } from '../../../src/simulator/sipp/variables.js';
import { recv, sippText } from './sipp-texts.js';

const MESSAGE = [
  'INVITE sip:bob@example.com SIP/2.0',
  'v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
  'From: <sip:alice@example.com>;tag=a1',
  'To: <sip:bob@example.com>',
  'Call-ID: c1',
  'CSeq: 7 INVITE',
  'Content-Length: 0',
  '',
  '',
].join('\r\n');

/** Carries these actions out. */
function after(actions: string): { readonly variables: Variables; readonly carried: Carried } {
  const variables = new Variables(new Set(), new Map());
  const command = requireProgram(sippText(recv('INVITE', '', actions))).commands[0];
  const carried = carryOut(command?.actions ?? [], {
    variables,
    last: receivedOf(MESSAGE),
    fill: (template) =>
      filled(template, (keyword) => (keyword.key === 'variable' ? variables.textOf(keyword.name) : '')),
    date: () => 1_500_250,
  });
  return { variables, carried };
}

describe('the actions of SIPp', () => {
  it('assigns the match and its parts, and leaves a variable unset without a match', () => {
    const { variables } = after(
      '<ereg regexp="tag=([a-z])([0-9])" search_in="hdr" header="From:" assign_to="all,letter,digit"/>' +
        '<ereg regexp="tag=" search_in="hdr" header="To:" assign_to="none"/>',
    );
    expect(['all', 'letter', 'digit'].map((name) => variables.textOf(name))).toEqual(['tag=a1', 'a', '1']);
    expect(variables.isSet('none')).toBe(false);
    expect(variables.textOf('none')).toBe('');
  });

  it('finds a header field by its compact form, and looks into variables', () => {
    const { variables } = after(
      '<ereg regexp="branch=(.*)" search_in="hdr" header="Via:" assign_to="x,branch"/>' +
        '<ereg regexp="K1$" search_in="var" variable="branch" check_it="true" assign_to="found"/>',
    );
    expect(variables.textOf('found')).toBe('K1');
  });

  it('computes with numbers, which it writes with six decimal places', () => {
    const { variables } = after(
      '<ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" assign_to="cseq"/><todouble assign_to="n" variable="cseq"/>' +
        '<add assign_to="n" value="5"/><multiply assign_to="n" value="3"/><subtract assign_to="n" variable="cseq"/>' +
        '<assign assign_to="two" value="2"/><divide assign_to="n" variable="two"/><divide assign_to="n" value="0"/>',
    );
    expect(variables.textOf('n')).toBe('14.500000');
  });

  it.each([
    ['equal', '7', true],
    ['equal', '8', false],
    ['not_equal', '8', true],
    ['greater_than', '6.5', true],
    ['less_than', '7', false],
    ['greater_than_equal', '7', true],
    ['less_than_equal', '6', false],
  ])('tests 7 %s %s: %s', (compare, value, holds) => {
    const { variables } = after(
      `<assign assign_to="n" value="7"/><test assign_to="t" variable="n" compare="${compare}" value="${value}"/>`,
    );
    expect(variables.isSet('t')).toBe(holds);
    expect(variables.textOf('t')).toBe(String(holds));
  });

  it('compares texts, trims them, and puts them together', () => {
    const { variables } = after(
      '<assignstr assign_to="a" value=" b "/><trim assign_to="a"/><assignstr assign_to="c" value="[$a]-[$a]"/>' +
        '<strcmp assign_to="same" variable="c" value="b-b"/><strcmp assign_to="less" variable="a" variable2="c"/>' +
        '<strcmp assign_to="more" variable="c" variable2="a"/>',
    );
    expect(variables.textOf('c')).toBe('b-b');
    expect(['same', 'less', 'more'].map((name) => variables.numberOf(name))).toEqual([0, -1, 1]);
  });

  it('stops at the first check that fails, with its line', () => {
    const { variables, carried } = after(
      '\n<ereg regexp="x" search_in="hdr" header="Event:" check_it="true" assign_to="e"/>\n<assign assign_to="n" value="1"/>',
    );
    expect(carried).toEqual({ failedAt: 4 });
    expect(variables.isSet('n')).toBe(false);
  });

  it('tells the time, and jumps', () => {
    const { variables, carried } = after('<gettimeofday assign_to="s,us"/><jump value="4"/>');
    expect([variables.numberOf('s'), variables.numberOf('us')]).toEqual([1_500, 250_000]);
    expect(carried).toEqual({ jumpTo: 4 });
  });

  it('pauses as long as a variable says, and never a negative time', () => {
    const { variables } = after('<assign assign_to="ms" value="250"/>');
    expect(pauseMs({ kind: 'variable', variable: 'ms' }, () => 0.5, variables)).toBe(250);
    expect(pauseMs({ kind: 'uniform', min: 10, max: 20 }, () => 0.5, variables)).toBe(15);
    expect(pauseMs({ kind: 'normal', mean: 10, deviation: 1_000 }, () => 0.5, variables)).toBe(0);
  });
});
