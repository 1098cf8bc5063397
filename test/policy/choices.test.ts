import { describe, expect, it } from 'vitest';
import { addressesOf, untriedOf } from '../../src/policy/choices.js';
import { emptyHistory } from '../../src/policy/history.js';

describe('addressesOf', () => {
  it('passes over what cannot stand in a Request-Line (RFC 3261 §7.1)', () => {
    const broken = [
      '<sip:a b@h>',
      '<sip:a@h\u0000>',
      '<sip:a@h:99999>',
      '<sip:a@h\t;lr>',
      '<mailto:a@h>',
      '<sip:>',
      '*',
    ];
    expect(addressesOf([...broken, '<sip:a@h:65535>', '<sips:b@h?Subject=x>'])).toEqual(['sip:a@h:65535', 'sips:b@h']);
  });
});

describe('untriedOf', () => {
  it('knows an address again, however it is written (RFC 3261 §19.1.4)', () => {
    const contacts = ['sip:%62ob@EXAMPLE.com', 'sip:alice@h;transport=UDP', 'SIPS:bob@example.com', 'sip:c@h'];
    const history = { ...emptyHistory, targetsTried: ['sip:alice@H;transport=udp'] };
    expect(untriedOf(contacts, 'sip:bob@example.com', history)).toEqual(['SIPS:bob@example.com', 'sip:c@h']);
  });

  it('stays with SIPS, in any case of letters (RFC 3261 §8.1.3.4)', () => {
    expect(untriedOf(['sip:a@h', 'SIPS:b@h'], 'Sips:bob@example.com', emptyHistory)).toEqual(['SIPS:b@h']);
    expect(untriedOf(['sip:a@h', 'sips:b@h'], 'sip:bob@example.com', emptyHistory)).toEqual(['sip:a@h', 'sips:b@h']);
  });

  it('compares with the Request-URI once, where it is among those that were tried', () => {
    const history = { ...emptyHistory, targetsTried: ['sip:bob@example.com'] };
    expect(untriedOf(['sip:bob@EXAMPLE.com', 'sip:a@h'], 'sip:bob@example.com', history)).toEqual(['sip:a@h']);
  });
});
