// Nothing that is printed holds a digest response or the password.
import { describe, expect, it } from 'vitest';
import { Mask } from '../../../src/cli/send/masked.js';

const message = [
  'REGISTER sip:h SIP/2.0',
  'Authorization: Digest username="a", realm="response=x", nonce="n", response="0123",',
  ' cnonce="c0", nc=00000001, RESPONSE = abc',
  'Proxy-Authorization : Digest response="a\\"b"',
  'Authentication-Info: rspauth="4567", nc=00000001',
  'X-Note: response="kept"',
  '',
  'open sesame',
].join('\r\n');

describe('Mask', () => {
  it('masks the responses of both kinds of credentials, over folded lines, and nothing else', () => {
    const masked = new Mask().over(message);
    expect(masked).not.toMatch(/0123|4567|"c0"|abc|a\\"b/);
    expect(masked).toContain('nonce="n", response="•••"');
    expect(masked).toContain('cnonce="•••", nc=00000001');
    expect(masked).toContain('X-Note: response="kept"');
    expect(masked).toContain('open sesame');
  });

  it('wipes each secret that it was told of, unless it is too short to be one', () => {
    const mask = new Mask();
    mask.wipe('open sesame');
    mask.wipe('ab');
    expect(mask.over(message)).not.toContain('open sesame');
    expect(mask.over('abc')).toBe('abc');
  });
});
