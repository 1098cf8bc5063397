import { describe, expect, it } from 'vitest';
import { readContactExpires, readContacts, withContactExpires, writeContact } from '../../src/sip/contact.js';

describe('readContacts', () => {
  it('reads name-addr and addr-spec, rows and commas (RFC 3261 §20.10)', () => {
    const contacts = readContacts([
      '"Watson, \\"M\\"; x" <sip:w@example.com;lr>;q=0.7; expires=3600, mailto:w@example.com;q=0.1',
      'W<sip:x@h>;+sip.instance="<urn:x>"',
    ]);
    expect(contacts).toEqual([
      {
        display: 'Watson, "M"; x',
        uri: 'sip:w@example.com;lr',
        q: 0.7,
        expires: 3600,
        params: [
          ['q', '0.7'],
          ['expires', '3600'],
        ],
      },
      { uri: 'mailto:w@example.com', q: 0.1, params: [['q', '0.1']] },
      { display: 'W', uri: 'sip:x@h', params: [['+sip.instance', '"<urn:x>"']] },
    ]);
  });

  it('reads the star (RFC 3261 §10.2.2)', () => {
    expect(readContacts([' * '])).toEqual([{ uri: '*', params: [] }]);
  });

  it.each(['abc', '', '-1'])('reads a malformed expires=%s as 3600 (RFC 3261 §10.2)', (expires) => {
    expect(readContacts([`<sip:a@h>;expires=${expires}`])[0]?.expires).toBe(3600);
  });

  it('reads an expires beyond 32 bits as 2**32-1 (RFC 3261 §10.2)', () => {
    expect(readContacts(['<sip:a@h>;expires=100000000000'])[0]?.expires).toBe(4_294_967_295);
  });

  it('reads a quoted expires, and leaves out a malformed q', () => {
    const [contact] = readContacts(['<sip:a@h>;expires="60";q=high']);
    expect(contact?.expires).toBe(60);
    expect(contact).not.toHaveProperty('q');
  });

  it('reads nothing from nothing', () => {
    expect(readContacts([' , ', ''])).toEqual([]);
  });
});

describe('readContactExpires', () => {
  it('reads what readContacts reads, of every address in order (RFC 3261 §10.2.1.1)', () => {
    const rows = [
      '"a;expires=1" <sip:a@h;expires=2>;q=1;Expires="60", <sip:b@h>',
      '*;expires=abc',
      'sip:d@h;expires=0',
    ];
    expect(readContactExpires(rows)).toEqual([60, undefined, 3600, 0]);
    expect(readContactExpires(rows)).toEqual(readContacts(rows).map(({ expires }) => expires));
  });
});

describe('writeContact', () => {
  it.each(['"Watson, \\"M\\"" <sip:w@example.com;lr>;q=0.7;expires=3600;lr;x="y;z"', '<sip:a@h>', '*'])(
    'writes %s as it was read',
    (value) => {
      expect(readContacts([value]).map(writeContact)).toEqual([value]);
    },
  );
});

describe('withContactExpires', () => {
  it('sets every expires but 0, and leaves everything else as it was (RFC 3261 §10.2.8)', () => {
    const value =
      '"a,b;expires=5" <sip:a@h;expires=6> ; Expires = 60 ;q=1,<sip:b@h>;expires=0 , <sip:c@h>;q=0.5,sip:d@h;expires=abc';
    expect(withContactExpires(value, 3600)).toBe(
      '"a,b;expires=5" <sip:a@h;expires=6> ; Expires = 3600 ;q=1,<sip:b@h>;expires=0 , <sip:c@h>;q=0.5,sip:d@h;expires=3600',
    );
  });

  it('leaves a quoted 0, a valueless expires and the star alone', () => {
    const value = '<sip:a@h>;expires="0", <sip:b@h>;expires, *';
    expect(withContactExpires(value, 60)).toBe(value);
  });
});
