import { describe, expect, it } from 'vitest';
import { readSipp, requireProgram } from '../../../src/simulator/sipp/read-sipp.js';
import { answer, message, recv, sippText } from './sipp-texts.js';

function omissions(...commands: readonly string[]): readonly string[] {
  const read = readSipp(sippText(...commands));
  if (read.kind === 'refused') throw new Error(read.found);
  return read.notUnderstood.map(({ line, what }) => `${line}: ${what}`);
}

describe('reading a SIPp scenario', () => {
  it('gives the commands of a server in order, with the lines of the file', () => {
    const text = sippText(
      recv('INVITE'),
      '<nop/>',
      '<pause milliseconds="20"/>',
      '<label id="x"/>',
      '<send>\nSIP/2.0 200 OK</send>',
    );
    const { name, commands } = requireProgram(text);
    expect(name).toBe('small');
    expect(commands.map(({ do: kind, line }) => `${line} ${kind}`)).toEqual(['3 recv', '4 nop', '5 pause', '7 send']);
  });

  it('leaves statistics, logs, transaction names and unread variables out without a word', () => {
    expect(
      omissions(
        recv('INVITE', 'rtd="true" crlf="true" auth="true"', '<log message="[$1]"/><warning message="x"/>'),
        answer('200 OK', [], '', 'start_rtd="1" lost="10" retrans="500" start_txn="t"'),
        '<Reference variables="1,2"/>',
        '<Global variables="a"/>',
        '<ResponseTimeRepartition value="10"/>',
        '<CallLengthRepartition value="10"/>',
      ),
    ).toEqual([]);
  });

  it('names everything else that it leaves out, with its line', () => {
    expect(
      omissions(
        recv(
          'INVITE',
          'strange="1"',
          '<exec rtp_stream="a.wav"/><ereg regexp="(" search_in="msg"/><test compare="like"/>',
        ),
        answer('200 OK', ['X: [field0]']),
        '<pause distribution="weibull"/>',
        '<recvCmd/>',
        '<setdest host="h"/>',
        '<nop next="nowhere"/>',
        recv('BYE', 'ontimeout="nowhere"', '<ereg regexp="." search_in="sky"/>'),
      ),
    ).toEqual([
      '3: <recv strange>',
      '3: <exec rtp_stream>',
      '3: the regular expression "("',
      '3: <test compare="like">',
      '4: the keyword [field0]',
      '18: <pause distribution="weibull">',
      '19: <recvCmd>',
      '20: <setdest>',
      '21: the label "nowhere"',
      '22: <ereg search_in="sky">',
      '22: the label "nowhere"',
    ]);
  });

  it.each([
    [message(['INVITE sip:bob@example.com SIP/2.0']), 3, 'it begins by sending an INVITE: it is a user agent client'],
    [message(['REGISTER sip:example.com SIP/2.0']), 3, 'it begins by sending a REGISTER: it is a user agent client'],
    [answer('200 OK'), 3, 'it begins by sending a response to nothing'],
    ['<recv response="200"/>', 3, 'it begins by receiving a response'],
    ['<nop/>', 2, 'it neither receives nor sends'],
  ])('refuses what is no server', (command, line, found) => {
    expect(readSipp(sippText(command))).toEqual({
      kind: 'refused',
      line,
      found,
      expected: 'the scenario of a server, which begins with <recv request="…">',
    });
  });

  it.each([
    ['', 'there is no element in it'],
    ['SIP/2.0 200 OK', 'there is no element in it'],
    ['<html/>', 'it begins with <html>'],
  ])('refuses %j, which is no scenario', (text, found) => {
    expect(readSipp(text)).toEqual({ kind: 'refused', line: 1, found, expected: 'the <scenario> of SIPp' });
    expect(() => requireProgram(text)).toThrow(found);
  });
});
