// Secrets in texts, wherever people have put them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRetryMachine } from '../../machines/retry.machine.js';
import { chartOf } from '../../src/inspect/chart/index.js';
import { Redaction } from '../../src/inspect/redact.js';
import { TextMask } from '../../src/inspect/redact-text.js';

const plain = new TextMask([]);
const DIGEST = '0123456789abcdef0123456789abcdef';

describe('credentials in a text', () => {
  it.each([
    ['a URI with a password (RFC 3261 §19.1.1)', 'INVITE sip:alice:hunter22@example.com SIP/2.0', 'hunter22'],
    ['a web address with one', 'see https://alice:hunter22@example.com/x', 'hunter22'],
    ['Basic credentials, however short', 'Authorization: Basic YTpi\r\n', 'YTpi'],
    ['Basic credentials of a proxy on two lines', 'Proxy-Authorization: Basic\r\n YWxpY2U6cHc=\r\n', 'YWxpY2U6cHc='],
    ['a Bearer token without its header field', 'sent Bearer abcdefghijkl', 'abcdefghijkl'],
    ['a digest response on a folded line', `Authorization: Digest a="b",\r\n response="${DIGEST}"\r\n`, DIGEST],
    ['a digest response behind a bare CR', `Authorization: Digest a="b",\r response="${DIGEST}"\r\n`, DIGEST],
    [
      'a digest response in the headers of a URI',
      `<sip:x@y?Authorization=Digest%20response%3D%22${DIGEST}%22>`,
      DIGEST,
    ],
    ['Basic credentials in the headers of a URI', '<sip:x@y?Authorization=Basic%20YWxpY2U6cHc%3D>', 'YWxpY2U6cHc'],
    ['a body of JSON', '{"user":"alice","password": "hunter\\"22","x":1}', '22'],
    ['a body of JSON in a body of JSON', '{"body":"{\\"password\\":\\"hunter\\\\\\"22\\"}"}', '22'],
    ['a form', 'user=alice&password=hunter22&x=y', 'hunter22'],
    ['a setting', 'sip_secret: hunter22', 'hunter22'],
    ['an attribute', "<account passwd='hunter22'/>", 'hunter22'],
    ['an element', '<account><password>hunter22</password></account>', 'hunter22'],
    ['the password of ICE (RFC 8839 §5.4)', 'a=ice-pwd:asd88fgpdd777uzjYhagZg', 'asd88fgpdd777uzjYhagZg'],
    [
      'a key of SRTP (RFC 4568)',
      'a=crypto:1 AES_CM_128 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^20',
      'd0Rmdmcm',
    ],
    ['a key of a session (RFC 4566 §5.12)', 'v=0\r\nk=clear:hunter22\r\n', 'hunter22'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----', 'MIIEow'],
  ])('masks %s', (_, text, secret) => {
    expect(text).toContain(secret);
    const shown = plain.over(text);
    expect(shown).not.toContain(secret);
    expect(shown).toContain('•••');
    expect(plain.over(shown)).toBe(shown);
  });

  it.each([
    'INVITE sip:bob@example.com:5060;transport=tcp SIP/2.0',
    'Contact: <sip:alice@192.0.2.1:5060>, <sip:192.0.2.1:5060>',
    'To:sip:alice@example.com',
    'WWW-Authenticate: Digest realm="example.com", nonce="abcd", qop="auth"',
    'a=fingerprint:sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB',
    'The password was wrong',
    'login:password:0',
    'recovering.waiting:deadline.passed:0',
  ])('leaves alone what is no secret: %s', (text) => expect(plain.over(text)).toBe(text));

  it('changes nothing in the chart of the policy', () => {
    const chart = chartOf(createRetryMachine().config);
    expect(JSON.parse(new Redaction().json(chart))).toEqual(JSON.parse(JSON.stringify(chart)));
  });

  it('takes less than a quarter of a second for the worst text that a peer can send', () => {
    const hostile = [
      'sip:',
      'a://',
      '<password',
      'pass="\\',
      'pass=\\"\\\\\\"',
      'Digest ',
      'response = ',
      'inline:',
      ' ',
    ];
    for (const piece of hostile) {
      const text = `Authorization: ${piece.repeat(80_000 / piece.length)}`;
      const startedAt = performance.now();
      plain.over(text);
      expect([piece, performance.now() - startedAt < 250]).toEqual([piece, true]);
    }
  });
});

describe('texts that are named', () => {
  it('are masked as JSON, an address and a folded line write them', () => {
    const secret = 'pa"ss\\ wörd/1';
    const mask = new TextMask([secret]);
    const ways = [
      secret,
      JSON.stringify({ x: secret }),
      `"pa\\"ss\\\\ wörd/1"`,
      encodeURIComponent(secret),
      encodeURIComponent(secret).toLowerCase(),
      `X: pa"ss\\\r\n wörd/1`,
      new URLSearchParams({ x: secret }).toString(),
    ];
    for (const way of ways) {
      expect(mask.over(`before ${way} after`)).not.toMatch(/ss|1/);
    }
  });

  it('are masked whole where one begins with another', () => {
    expect(new TextMask(['wonder', 'wonderland']).over('wonderland wonder')).toBe('••• •••');
  });

  it('are found whatever characters they have', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3, unit: 'binary' }), (secret) => {
        fc.pre(secret.trim() === secret && !/\p{Surrogate}/u.test(secret));
        const mask = new TextMask([secret]);
        expect(mask.over(`«${secret}»`)).toBe('«•••»');
        expect(mask.over(`«${encodeURIComponent(secret)}»`)).toBe('«•••»');
      }),
    );
  });

  it('show no beginning where a long text is cut', () => {
    const mask = new TextMask(['wonderland']);
    for (const before of [69_991, 69_995, 69_999, 74_090, 74_095]) {
      const shown = mask.over(`${'x'.repeat(before)}wonderland${'y'.repeat(9_000)}`);
      expect(shown.replaceAll('x', '')).toMatch(/^(?:|•••y*|•+)…$/);
    }
    // What is masked makes room: nothing moves up from behind what was read.
    const shown = mask.over(`${'wonderland '.repeat(6_740)}wonderland`);
    expect(shown).not.toContain('wonder');
  });
});
