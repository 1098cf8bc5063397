import { describe, expect, it } from 'vitest';
import { isCitation } from '../../src/policy/citation.js';

describe('isCitation', () => {
  it.each(['RFC 3261 §21.4.17', 'RFC 3261 §A', 'RFC 1 §1', 'local', 'local: the RFCs are silent'])(
    'admits %j',
    (text) => {
      expect(isCitation(text)).toBe(true);
    },
  );

  it.each([
    '',
    'RFC 3261',
    'RFC3261 §1',
    'RFC 0 §1',
    'RFC 3261 § 1',
    'RFC x §1',
    'rfc 3261 §1',
    'RFC 3261 §',
    'Local',
    'local:',
    'local: ',
    'local:why',
    'see RFC 3261 §1',
    'local: one\nline',
  ])('refuses %j', (text) => {
    expect(isCitation(text)).toBe(false);
  });
});
