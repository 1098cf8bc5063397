import { describe, expect, it } from 'vitest';
import { readSecurityMechanisms } from '../../src/sip/security.js';

describe('readSecurityMechanisms', () => {
  it('reads mechanisms with preference, and keeps each as it was written (RFC 3329 §2.2)', () => {
    expect(readSecurityMechanisms(['ipsec-ike;q=0.1, TLS;q=0.2', 'digest; d-alg=MD5 ;d-qop="auth"'])).toEqual([
      { mechanism: 'ipsec-ike', q: 0.1, params: [['q', '0.1']], raw: 'ipsec-ike;q=0.1' },
      { mechanism: 'tls', q: 0.2, params: [['q', '0.2']], raw: 'TLS;q=0.2' },
      {
        mechanism: 'digest',
        q: 0,
        params: [
          ['d-alg', 'MD5'],
          ['d-qop', '"auth"'],
        ],
        raw: 'digest; d-alg=MD5 ;d-qop="auth"',
      },
    ]);
  });
});
