import { describe, expect, it } from 'vitest';
import { challengeFor, runVerify } from './verifying.js';

describe('<verifyauth>', () => {
  it.each([
    ['MD5', challengeFor('algorithm=MD5, qop="auth"')],
    ['MD5 without qop, as of RFC 2069', challengeFor('algorithm=MD5')],
    ['SHA-256', challengeFor('algorithm=SHA-256, qop="auth"')],
  ])('lets the right password in and no other (%s)', async (_, challenge) => {
    expect(await runVerify(challenge, 'wonderland')).toBe('200');
    expect(await runVerify(challenge, 'looking-glass')).toBe('403');
  });

  it('reads the credentials for a proxy, too', async () => {
    const challenge = challengeFor('algorithm=MD5, qop="auth"', 407);
    expect(await runVerify(challenge, 'wonderland')).toBe('200');
    expect(await runVerify(challenge, 'looking-glass')).toBe('403');
  });
});
