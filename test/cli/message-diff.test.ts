import { describe, expect, it } from 'vitest';
import { diffOf } from '../../src/cli/message-diff.js';
import type { Header, SipRequest } from '../../src/sip/message.js';

const request = (headers: readonly Header[], body = ''): SipRequest => ({
  method: 'INVITE',
  uri: 'sip:a',
  headers,
  body,
});
const shown = (before: SipRequest, after: SipRequest): readonly string[] =>
  diffOf(before, after).map(({ sign, line }) => `${sign} ${line}`);

describe('diffOf', () => {
  it('shows a changed line below the one it replaces', () => {
    const before = request([
      ['Call-ID', 'a'],
      ['CSeq', '1 INVITE'],
    ]);
    const after = request([
      ['Call-ID', 'b'],
      ['CSeq', '2 INVITE'],
    ]);
    expect(shown(before, after)).toEqual(['- Call-ID: a', '+ Call-ID: b', '- CSeq: 1 INVITE', '+ CSeq: 2 INVITE']);
  });

  it('shows what is gone and what is new', () => {
    expect(shown(request([['Require', 'x']]), request([['Expires', '5']]))).toEqual(['- Require: x', '+ Expires: 5']);
    expect(shown(request([], 'v=0'), request([]))).toEqual([
      '- Content-Length: 3',
      '+ Content-Length: 0',
      '- ',
      '- v=0',
    ]);
  });

  it('shows nothing where nothing changed', () => {
    expect(shown(request([]), request([]))).toEqual([]);
  });
});
