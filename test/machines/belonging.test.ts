import { describe, expect, it } from 'vitest';
import { belongsTo } from '../../machines/belonging.js';
import type { Header } from '../../src/sip/message.js';
import { register } from './requests.js';

const isOurs = (headers: readonly Header[], request = register): boolean =>
  belongsTo(request, { status: 200, reason: '', headers, body: '' });

describe('belongsTo (RFC 3261 §8.2.6.2)', () => {
  it.each(['1 REGISTER', '001 \t REGISTER'])('takes a response whose CSeq is that of the request: %j', (cseq) => {
    expect(isOurs([['cseq', cseq]])).toBe(true);
  });

  it.each(['2 REGISTER', '0 REGISTER', '1 CANCEL', '1 register'])('takes none with another CSeq: %j', (cseq) => {
    expect(isOurs([['CSeq', cseq]])).toBe(false);
  });

  it.each(['', '1', 'x REGISTER', '4294967296 REGISTER'])('takes one whose CSeq cannot be read: %j', (cseq) => {
    expect(isOurs([['CSeq', cseq]])).toBe(true);
    expect(isOurs([])).toBe(true);
    expect(isOurs([['CSeq', '7 REGISTER']], { ...register, headers: [['CSeq', cseq]] })).toBe(true);
  });
});
