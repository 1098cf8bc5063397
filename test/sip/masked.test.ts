// Secrets in messages that are shown.
import { describe, expect, it } from 'vitest';
import { MASKED, masked, maskedCredentials } from '../../src/sip/masked.js';

describe('masked', () => {
  it('masks what is computed from the password in every row with credentials, folded ones too', () => {
    const text = [
      'REGISTER sip:example.com SIP/2.0',
      'Authorization: Digest username="alice", realm="x", nonce="n", response="0123456789abcdef",',
      ' cnonce=abc, qop=auth',
      'Proxy-Authorization: Digest response=fedcba98',
      'Authentication-Info: rspauth="77777"',
      'WWW-Authenticate: Digest realm="response"',
    ].join('\r\n');
    const shown = masked(text);
    for (const secret of ['0123456789abcdef', 'abc,', 'fedcba98', '77777']) expect(shown).not.toContain(secret);
    expect(shown).toContain('username="alice", realm="x", nonce="n"');
    expect(shown).toContain('WWW-Authenticate: Digest realm="response"');
  });

  it('masks the digest-verify parameter (RFC 3329 §2.2)', () => {
    const shown = masked('Security-Verify: digest;q=0.1;d-ver="0123456789abcdef", tls;q=0.2');
    expect(shown).toBe(`Security-Verify: digest;q=0.1;d-ver="${MASKED}", tls;q=0.2`);
  });

  it('masks a response whose quotes do not end', () => {
    expect(maskedCredentials('Digest response="0123')).toBe(`Digest response="${MASKED}"`);
  });

  it('masks Basic and Bearer credentials whole (RFC 7617, RFC 6750)', () => {
    expect(masked('Authorization: Basic YWxpY2U6c2VjcmV0')).toBe(`Authorization: Basic ${MASKED}`);
    expect(maskedCredentials('Bearer\t eyJhbGciOi')).toBe(`Bearer ${MASKED}`);
  });

  it('masks the password of a URI, and no port, parameter or display name (RFC 3261 §19.1.1)', () => {
    expect(masked('INVITE sip:bob:open%20sesame@example.com SIP/2.0')).toBe(
      `INVITE sip:bob:${MASKED}@example.com SIP/2.0`,
    );
    const clean = 'Route: <sip:proxy.example.com:5060;lr;id=a@b>, "sip: me" <sips:alice@example.com:5061>';
    expect(masked(clean)).toBe(clean);
  });
});
