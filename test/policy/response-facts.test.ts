import { describe, expect, it } from 'vitest';
import { emptyHistory } from '../../src/policy/history.js';
import { defaultLimits } from '../../src/policy/limits.js';
import { readResponseFacts } from '../../src/policy/response-facts.js';
import { readResponse } from './cases/case.js';
import { digest, got } from './cases/message-text.js';

function factsIn(status: string, ...rows: readonly string[]) {
  const context = {
    history: emptyHistory,
    client: {},
    limits: defaultLimits,
    now: undefined,
    uri: 'sip:bob@example.com',
  };
  return readResponseFacts(readResponse(got(status, ...rows)), context);
}

describe('readResponseFacts', () => {
  it('reads a response that says everything', () => {
    const facts = factsIn(
      '405 Method Not Allowed',
      'Retry-After: 60 (soon);duration=5',
      `WWW-Authenticate: ${digest('a', 'n1')}`,
      'Proxy-Authenticate: Basic realm="b"',
      'Min-Expires: 3600',
      'Min-SE: 60',
      'Unsupported: foo, bar',
      'Require: baz',
      'Accept: application/sdp, text/*;q=0',
      'Accept-Encoding: gzip',
      'Accept-Language: de',
      'Allow: INVITE',
      'u: presence',
      'Accept-Resource-Priority: q735.0',
      'Warning: 305 h "x", 399 h "y"',
      'Geolocation-Error: 200 ;code="Permission"',
      'Content-Type: application/pkcs7-mime;smime-type=certs-only',
    );
    expect(facts).toMatchObject({
      retryAfter: { seconds: 60, durationSeconds: 5, comment: 'soon' },
      challengesOffered: 2,
      challenges: [{ verdict: 'new', credentials: 'unknown' }],
      minExpires: 3_600,
      minSe: 90,
      unsupported: ['foo', 'bar'],
      require: ['baz'],
      accept: [
        { value: 'application/sdp', q: 1 },
        { value: 'text/*', q: 0 },
      ],
      acceptEncoding: [{ value: 'gzip' }],
      acceptLanguage: [{ value: 'de' }],
      allow: ['INVITE'],
      allowEvents: ['presence'],
      acceptResourcePriority: ['q735.0'],
      warnings: [305, 399],
      geolocationError: 200,
      certificate: true,
    });
  });

  it('takes Allow for an answer in a 405 only (RFC 3261 §20.5, §21.4.6)', () => {
    expect(factsIn('401 Unauthorized', 'Allow: INVITE').allow).toBeUndefined();
  });

  it('takes what is absent or malformed for absent', () => {
    const facts = factsIn('400 Bad Request', 'Retry-After: soon', 'Min-Expires: -1', 'Geolocation-Error: x');
    expect(Object.values(facts).filter((value) => value !== undefined)).toEqual([0, [], [], [], [], [], [], [], false]);
  });

  it('orders addresses by q and keeps only those that it may call (RFC 3261 §8.1.3.4, §19.1.5)', () => {
    const { contacts } = factsIn(
      '302 Moved',
      'Contact: <sip:low@h>;q=0.1, <sip:first@h?Subject=x>, <tel:911>, <sips:second@h>;q=1.0',
      'Contact: *, <sip:odd@h;method=INVITE>, <sip:odd@h?A=b&Require=c>, <sip:>',
    );
    expect(contacts).toEqual(['sip:first@h', 'sips:second@h', 'sip:low@h']);
  });

  it('offers the addresses of a 2xx to nobody: they are where the dialog or the registration stands', () => {
    expect(factsIn('300 Multiple Choices', 'Contact: <sip:a@h>').choices).toEqual(['sip:a@h']);
    expect(factsIn('299 OK', 'Contact: <sip:a@h>')).toMatchObject({ contacts: ['sip:a@h'], choices: [] });
    expect(factsIn('380 Alternative Service', 'Contact: <sip:a@h>')).toMatchObject({
      contacts: ['sip:a@h'],
      choices: [],
    });
  });

  it('keeps security mechanisms in their order and as written: the list is mirrored (RFC 3329 §2.3.1)', () => {
    expect(factsIn('494 Security', 'Security-Server: digest ;q=0.1, TLS;q=0.2').securityServer).toEqual([
      { mechanism: 'digest', q: 0.1, raw: 'digest ;q=0.1', challenges: [] },
      { mechanism: 'tls', q: 0.2, raw: 'TLS;q=0.2' },
    ]);
  });

  it('says which challenges an entry for Digest is agreed with, unless nobody here can compute it (RFC 3329 §2.4)', () => {
    const list = 'Security-Server: digest;d-alg=SHA-256, digest;d-qop=auth-conf';
    const challenged = 'Proxy-Authenticate: Digest realm="r", nonce="n"';
    const [known, unknown] = factsIn('494 Security', list, challenged).securityServer;
    expect(known?.challenges).toMatchObject([{ realm: 'r', algorithm: 'SHA-256', agreed: 'digest;d-alg=SHA-256' }]);
    expect(unknown).toEqual({ mechanism: 'digest', q: 0, raw: 'digest;d-qop=auth-conf' });
  });
});
