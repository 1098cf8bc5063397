// Agreements on security.
import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/policy/action.js';
import { planSecurity } from '../../src/policy/security.js';
import { factsOfCase, giveUp } from './cases/case.js';
import { digest, got, sent } from './cases/message-text.js';
import { INVITE, on } from './on-answer.js';

const asked = `Proxy-Authenticate: ${digest('r', 'n1')}`;

function agreed(list: string, more: Parameters<typeof on>[2] = {}, challenge = asked): Action {
  return on(sent('REGISTER'), got('494 Security Agreement Required', `Security-Server: ${list}`, challenge), more);
}

describe('an agreement on Digest', () => {
  it('takes algorithm and qop from Security-Server in place of the challenge (RFC 3329 §2.4)', () => {
    const entry = 'digest;d-alg=SHA-256;d-qop=auth-int';
    expect(agreed(entry)).toMatchObject({
      type: 'agreeSecurity',
      mechanisms: [entry],
      chosen: 'digest',
      challenges: [{ realm: 'r', nonce: 'n1', algorithm: 'SHA-256', qop: ['auth-int'], agreed: entry }],
    });
  });

  it('is made behind a 421 as behind a 494 (RFC 3329 §2.3.2)', () => {
    const answer = got('421 Extension Required', 'Require: sec-agree', 'Security-Server: digest;d-qop=auth-int', asked);
    expect(on(INVITE, answer)).toMatchObject({ type: 'agreeSecurity', challenges: [{ qop: ['auth-int'] }] });
  });

  it.each(['d-alg=SHA3-256', 'd-alg=AKAv1-MD5', 'd-qop=auth-conf'])(
    'is none that this client knows with %s: the next mechanism is chosen, or none (RFC 3329 §2.3.1)',
    (unknown) => {
      expect(agreed(`tls;q=0.1, digest;q=0.9;${unknown}`)).toMatchObject({ chosen: 'tls' });
      expect(agreed(`digest;q=0.9;${unknown}, digest;q=0.5;d-alg=MD5`)).toMatchObject({
        chosen: 'digest',
        challenges: [{ agreed: 'digest;q=0.5;d-alg=MD5' }],
      });
      expect(agreed(`digest;q=0.9;${unknown}`)).toEqual(giveUp('cannotCorrect'));
    },
  );

  it('is none with an algorithm that the client refuses, or has no key for (RFC 8760 §3)', () => {
    const offered = `Proxy-Authenticate: ${digest('r', 'n1').replace('MD5', 'SHA-256')}`;
    const list = 'digest;q=0.9;d-alg=MD5, tls;q=0.1';
    expect(agreed(list, { client: { refuseMd5: true } }, offered)).toMatchObject({ chosen: 'tls' });
    const hashed = { credentials: [{ realm: 'r', hash: 'SHA-256' as const }] };
    expect(agreed(list, { client: hashed }, offered)).toMatchObject({ chosen: 'tls' });
  });

  it('is made with the challenge that the client does not refuse, where there is one (RFC 8760 §2.3, §3)', () => {
    const refusing = { client: { refuseMd5: true } };
    const weak = `Proxy-Authenticate: ${digest('r', 'n1')}`;
    const strong = `Proxy-Authenticate: ${digest('r', 'n2').replace('MD5', 'SHA-256')}`;
    const list = 'digest;d-alg=SHA-256';
    expect(agreed(list, refusing, `${weak}\n${strong}`)).toMatchObject({
      chosen: 'digest',
      challenges: [{ nonce: 'n2', algorithm: 'SHA-256' }],
    });
    // A refused challenge is none, although the list would replace its algorithm: the reason is the challenge.
    expect(agreed(list, refusing, weak)).toEqual(giveUp('noUsableChallenge'));
    // Where the challenge could be answered, the list is what cannot be agreed on.
    expect(agreed('ipsec-ike', refusing, strong)).toEqual(giveUp('cannotCorrect'));
  });

  it('is aborted, not replaced by a weaker one, when the challenge is missing (RFC 3329 §2.3.1)', () => {
    expect(agreed('digest;q=0.9, tls;q=0.1', {}, 'Supported: sec-agree')).toEqual(giveUp('cannotCorrect'));
  });

  it('is not planned where there is none', () => {
    expect(planSecurity(factsOfCase({ sent: INVITE, got: got('494 Security Agreement Required') }))).toBeUndefined();
  });

  it('leaves the challenges alone when another mechanism is chosen', () => {
    const action = agreed('digest;q=0.1;d-alg=SHA-256, tls;q=0.2');
    expect(action).toMatchObject({ chosen: 'tls', challenges: [{ algorithm: 'MD5' }] });
    expect(JSON.stringify(action)).not.toContain('agreed');
  });

  it('is not bid down by a later challenge of the same realm (RFC 3329 §2.4)', () => {
    const entry = 'digest;d-alg=SHA-256;d-qop=auth-int';
    const before = {
      attempts: 2,
      securityServer: [entry],
      answered: [
        { kind: 'proxy' as const, realm: 'r', nonces: ['n1'], rounds: 1, stale: 0, accepted: true, agreed: entry },
      ],
    };
    const stale = got('407 Proxy Authentication Required', `Proxy-Authenticate: ${digest('r', 'n2', ', stale=true')}`);
    expect(on(sent('REGISTER'), stale, { history: before })).toMatchObject({
      type: 'authenticate',
      challenges: [{ nonce: 'n2', algorithm: 'SHA-256', qop: ['auth-int'], agreed: entry }],
    });
    const other = got('401 Unauthorized', `WWW-Authenticate: ${digest('r', 'n2')}`);
    expect(on(sent('REGISTER'), other, { history: before })).toMatchObject({ challenges: [{ algorithm: 'MD5' }] });
  });
});
