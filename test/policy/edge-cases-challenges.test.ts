// The odd situations, each under its number: challenges and security.
import { describe, expect, it } from 'vitest';
import { giveUp } from './cases/case.js';
import { digest, got, sent } from './cases/message-text.js';
import { INVITE, answered, noncesOf, on, reasonOf, unauthorized } from './on-answer.js';

describe('challenges', () => {
  it('#18 answers nothing where nothing is asked (RFC 3261 §22.2)', () => {
    expect(on(sent('REGISTER'), unauthorized(), { history: answered('user', 'a') })).toEqual(
      giveUp('malformedResponse'),
    );
  });

  it('#19 answers by the header field, not by the code (RFC 3261 Table 3)', () => {
    const action = on(INVITE, unauthorized(`Proxy-Authenticate: ${digest('a', 'n1')}`));
    expect(action).toMatchObject({ type: 'authenticate', challenges: [{ kind: 'proxy' }] });
  });

  it.each([
    'Basic realm="a"',
    'NTLM',
    'Digest realm="a", nonce="n1", algorithm=SHA3-256',
    'Digest realm="a", nonce="n1", qop="auth-conf"',
  ])('#20 cannot answer %s (RFC 8760 §2.4)', (challenge) => {
    expect(on(INVITE, unauthorized(`WWW-Authenticate: ${challenge}`))).toEqual(giveUp('noUsableChallenge'));
    expect(
      noncesOf(on(INVITE, unauthorized(`WWW-Authenticate: ${challenge}`, `WWW-Authenticate: ${digest('a', 'n2')}`))),
    ).toEqual(['n2']);
  });

  it.each(['Digest nonce="n1"', 'Digest realm="a"'])('#21 cannot answer %s (RFC 7616 §3.3)', (challenge) => {
    expect(on(INVITE, unauthorized(`WWW-Authenticate: ${challenge}`))).toEqual(giveUp('noUsableChallenge'));
  });

  it('#22 ignores a challenge that contradicts itself (RFC 3261 §7.3.1)', () => {
    const twice = (value: string) => unauthorized(`WWW-Authenticate: Digest realm="a", nonce="n1", nonce="${value}"`);
    expect(on(INVITE, twice('n2'))).toEqual(giveUp('noUsableChallenge'));
    expect(noncesOf(on(INVITE, twice('n1')))).toEqual(['n1']);
  });

  it.each(['""', '"  "'])('#23 cannot answer qop=%s (RFC 3261 §22.4)', (qop) => {
    const challenge = `WWW-Authenticate: Digest realm="a", nonce="n1", qop=${qop}`;
    expect(on(INVITE, unauthorized(challenge))).toEqual(giveUp('noUsableChallenge'));
  });

  it('#24 keeps the nonce as it was written (RFC 7616 §3.3)', () => {
    expect(noncesOf(on(INVITE, unauthorized('WWW-Authenticate: Digest realm="a", nonce="n\\"1"')))).toEqual(['n\\"1']);
  });

  it.each(['TRUE', 'True', '"true"'])('#25 knows stale=%s (RFC 7616 §3.3)', (stale) => {
    const again = unauthorized(`WWW-Authenticate: ${digest('a', 'n1', `, stale=${stale}`)}`);
    expect(noncesOf(on(INVITE, again, { history: answered('user', 'a') }))).toEqual(['n1']);
  });

  it('#26 takes stale=true for an ordinary challenge when nothing was sent (RFC 7616 §3.3)', () => {
    expect(noncesOf(on(INVITE, unauthorized(`WWW-Authenticate: ${digest('a', 'n1', ', stale=true')}`)))).toEqual([
      'n1',
    ]);
  });

  it('#27 stops at the second challenge of a realm with a new nonce (RFC 3261 §22.1)', () => {
    const action = on(INVITE, unauthorized(`WWW-Authenticate: ${digest('a', 'n1')}`), {
      history: answered('user', 'a'),
    });
    expect(action).toEqual(giveUp('credentialsRejected', { named: ['a'] }));
  });

  it('#28 answers another realm on the way (RFC 3665 §3.3)', () => {
    const next = unauthorized(`WWW-Authenticate: ${digest('b', 'n1')}`);
    expect(noncesOf(on(INVITE, next, { history: answered('user', 'a') }))).toEqual(['n1']);
  });

  it('#29 keeps one realm apart as user and as proxy (RFC 3261 §22.3)', () => {
    const both = unauthorized(`WWW-Authenticate: ${digest('a', 'n1')}`, `Proxy-Authenticate: ${digest('a', 'n2')}`);
    expect(noncesOf(on(INVITE, both))).toEqual(['n1', 'n2']);
    const other = unauthorized(`Proxy-Authenticate: ${digest('a', 'n2')}`);
    expect(noncesOf(on(INVITE, other, { history: answered('user', 'a') }))).toEqual(['n2']);
  });

  it('#30 answers no more than eight realms at once, and no endless row of them', () => {
    const rows = Array.from({ length: 12 }, (_, n) => `WWW-Authenticate: ${digest(`realm${n}`, `n${n}`)}`);
    expect(noncesOf(on(INVITE, unauthorized(...rows)))).toHaveLength(8);
    expect(on(INVITE, unauthorized(...rows), { history: { attempts: 8 } })).toMatchObject({
      reason: 'attemptsExhausted',
    });
  });
});

describe('security', () => {
  it.each(['sips:bob@example.com', 'sip:bob@example.com'])(
    '#60 changes no scheme of %s for a 416 (RFC 5630 §5.1.1)',
    (uri) => {
      expect(on(sent(`INVITE ${uri}`), got('416 Unsupported URI Scheme')).type).toBe('giveUp');
    },
  );

  it('#61 never leaves SIPS for warning 380 (RFC 5630 §5.1.1)', () => {
    const answer = got('480 Unavailable', 'Warning: 380 example.com "SIPS Not Allowed"', 'Retry-After: 5');
    expect(reasonOf(on(sent('INVITE sips:bob@example.com'), answer))).toBe('downgradeRefused');
  });

  it('#83 reveals nobody who has not agreed (RFC 5079 §4)', () => {
    const answer = got('433 Anonymity Disallowed');
    expect(on(sent('INVITE', 'Privacy: id'), answer).type).toBe('revealIdentity');
    expect(on(INVITE, answer)).toEqual(giveUp('refused'));
  });

  it('#86 stops at the second 494, and above all when the list has changed (RFC 3329 §2.3.1)', () => {
    const list = got('494 Security Agreement Required', 'Security-Server: tls;q=0.2');
    expect(on(INVITE, list, { history: { securityServer: ['tls;q=0.2'] } })).toEqual(giveUp('cannotCorrect'));
    expect(on(INVITE, list, { history: { securityServer: ['tls;q=0.9'] } })).toEqual(giveUp('downgradeRefused'));
  });
});
