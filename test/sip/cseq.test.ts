import { describe, expect, it } from 'vitest';
import { readCSeq } from '../../src/sip/cseq.js';

const read = (value: string) => readCSeq([['cseq', value]]);

describe('readCSeq', () => {
  it('reads number and method (RFC 3261 §20.16)', () => {
    expect(read('4711 INVITE')).toEqual({ number: 4711, method: 'INVITE' });
    expect(read('0009   INVITE')).toEqual({ number: 9, method: 'INVITE' });
  });

  it('reads up to 32 bits and no further (RFC 4475 §3.1.2.4)', () => {
    expect(read('4294967295 INVITE')?.number).toBe(4_294_967_295);
    expect(read('4294967296 INVITE')).toBeUndefined();
  });

  it.each(['', 'INVITE', '1', '-1 INVITE', '1 INVITE x', '1.5 INVITE'])('takes %j for malformed', (value) => {
    expect(read(value)).toBeUndefined();
  });

  it('gives undefined without a CSeq', () => {
    expect(readCSeq([])).toBeUndefined();
  });
});
