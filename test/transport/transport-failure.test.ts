import { describe, expect, it } from 'vitest';
import { failureOf } from '../../src/transport/transport-failure.js';

const TO = { host: '2001:db8::1', port: 5061 };

function systemError(code: string): Error {
  return Object.assign(new Error(`text of ${code}`), { code });
}

describe('failureOf', () => {
  it.each([
    ['ECONNREFUSED', 'refused'],
    ['EPROTONOSUPPORT', 'refused'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ETIMEDOUT', 'timedOut'],
    ['EPIPE', 'connectionLost'],
    ['EMSGSIZE', 'tooLarge'],
    ['CERT_HAS_EXPIRED', 'certificateRejected'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificateRejected'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificateRejected'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificateRejected'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificateRejected'],
    ['ESOMETHING', 'failed'],
    ['constructor', 'failed'],
  ])('%s is %s', (system, code) => {
    const failure = failureOf(systemError(system), 'TLS', TO);
    expect(failure).toMatchObject({ code, system });
    expect(failure.why).toMatch(/^TLS \[2001:db8::1\]:5061: .+\.$/);
  });

  it.each([
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', /the TLS handshake failed: check that the port speaks TLS/],
    ['CERT_HAS_EXPIRED', /must be renewed/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /Name the server as its certificate does/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /give that authority's certificate as tls\.ca/],
  ])('says what to do about %s', (system, advice) => {
    expect(failureOf(systemError(system), 'TLS', TO).why).toMatch(advice);
  });

  it('needs no code', () => {
    expect(failureOf(new Error('?'), 'UDP', TO)).toEqual({
      code: 'failed',
      why: 'UDP [2001:db8::1]:5061: the system refused to send.',
    });
    expect(failureOf(undefined, 'UDP', TO).code).toBe('failed');
  });
});
