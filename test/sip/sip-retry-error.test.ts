import { describe, expect, it } from 'vitest';
import { SipRetryError } from '../../src/sip/sip-retry-error.js';

describe('SipRetryError', () => {
  it('is an Error with a name of its own, a literal code and the sentence', () => {
    const error = new SipRetryError('badOptions', 'Give at least one server.');
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'SipRetryError', code: 'badOptions', message: 'Give at least one server.' });
  });
});
