// Nothing that is printed holds a digest response or the password.
import { describe, expect, it } from 'vitest';
import { masker } from '../../../src/cli/send/masked.js';

const message = [
  'REGISTER sip:h SIP/2.0',
  'Authorization: Digest username="a", realm="response=x", nonce="n", response="0123",',
  ' cnonce="c0", nc=00000001, RESPONSE = abc',
  'Proxy-Authorization : Digest response="a\\"b"',
  'X-Note: response="kept"',
  '',
  'open sesame',
].join('\r\n');

describe('masker', () => {
  it('masks the responses of both kinds of credentials, over folded lines, and nothing else', () => {
    const masked = masker(undefined)(message);
    expect(masked).not.toMatch(/0123|"c0"|abc|a\\"b/);
    expect(masked).toContain('nonce="n", response="•••"');
    expect(masked).toContain('cnonce="•••", nc=00000001');
    expect(masked).toContain('X-Note: response="kept"');
    expect(masked).toContain('open sesame');
  });

  it('wipes the password wherever it stands, unless it is too short to be one', () => {
    expect(masker('open sesame')(message)).not.toContain('open sesame');
    expect(masker('ab')('abc')).toBe('abc');
  });
});
