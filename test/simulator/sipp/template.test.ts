import { describe, expect, it } from 'vitest';
import { filled, plainLines, readTemplate, type Keyword } from '../../../src/simulator/sipp/template.js';

const named = (keyword: Keyword): string =>
  keyword.key === 'last'
    ? keyword.header
    : keyword.key === 'variable'
      ? `$${keyword.name}`
      : `${keyword.key}${keyword.offset || ''}`;

describe('keywords of SIPp', () => {
  it.each([
    ['a [call_id] b', 'a {call_id} b'],
    ['[last_Via:]', '{Via}'],
    ['[last_Record-Route]', '{Record-Route}'],
    ['[$1] [$remote_tag]', '{$1} {$remote_tag}'],
    ['[cseq+2] [media_port-1]', '{cseq2} {media_port-1}'],
    ['[LEN]', '{len}'],
    // An IPv6 address, and a bracket that is meant.
    ['[::1] [2001:db8::1] \\[len]', '[::1] [2001:db8::1] [len]'],
  ])('reads %s', (text, shown) => {
    const { template, unknown } = readTemplate(text);
    expect(filled(template, (keyword) => `{${named(keyword)}}`)).toBe(shown);
    expect(unknown).toEqual([]);
  });

  it('names keywords that mean nothing here, and leaves them as they are', () => {
    const { template, unknown } = readTemplate('To: [field0 line="[$line]"] [authentication] [len]');
    expect(unknown).toEqual(['[field0 line="[$line]"]', '[authentication]']);
    expect(filled(template, named)).toBe('To: [field0 line="[$line]"] [authentication] len');
  });

  it('moves up what follows a header field that did not come, at the beginning of a line', () => {
    const fillIn = (keyword: Keyword): string => (keyword.key === 'last' ? '' : named(keyword));
    const { template } = readTemplate('one\n[last_Event:]\n[last_Event:] two\nthree: [last_Event:] [cseq]\n[cseq]');
    expect(filled(template, fillIn)).toBe('one\ntwo\nthree:  cseq\ncseq');
  });

  it('takes indentation and the empty lines around a message away, but not those inside', () => {
    expect(plainLines('\n\n   SIP/2.0 200 OK\r\n\tTo: a b \n \t\n  body\n\n  ')).toBe(
      'SIP/2.0 200 OK\nTo: a b \n\nbody',
    );
  });
});
