// Contact without the parameters of an extension that was refused.
import { describe, expect, it } from 'vitest';
import { corrections, next, register, values } from './messages.js';

const contactsWithout = (tag: string, contact: string) =>
  values(next(register(contact), { type: 'dropExtensions', tags: [tag] }).request, 'Contact');

describe('dropping outbound (RFC 5626 §4.2.1)', () => {
  it('drops reg-id and ;ob; +sip.instance stays', () => {
    const result = next(
      register('Supported: outbound\nContact: <sip:a@h;ob;transport=tcp>;reg-id=1;+sip.instance="<urn:uuid:1>"'),
      { type: 'dropExtensions', tags: ['outbound'] },
    );
    expect(values(result.request, 'Contact')).toEqual(['<sip:a@h;transport=tcp>;+sip.instance="<urn:uuid:1>"']);
    expect(corrections(result)).toEqual(['Contact', 'Supported']);
  });

  it('treats every contact of every row, and leaves the others octet for octet', () => {
    expect(
      contactsWithout(
        'outbound',
        'Contact: <sip:a@h> ; q=1 ; REG-ID = 2 , "b;ob" <sip:b@h;lr>\nContact: sip:c@h;reg-id=3',
      ),
    ).toEqual(['<sip:a@h> ; q=1 , "b;ob" <sip:b@h;lr>', 'sip:c@h']);
  });

  it('touches neither a user part that only looks like parameters nor what is no URI', () => {
    const untouched = 'Contact: <sip:a;ob@h>, <nothing;ob>';
    const result = next(register(untouched), { type: 'dropExtensions', tags: ['outbound'] });
    expect(corrections(result)).toEqual([]);
    expect(result.progressed).toBe(false);
  });
});

describe('dropping push notification (RFC 8599 §4.1)', () => {
  it('drops the pn parameters of the contact URI', () => {
    expect(
      contactsWithout('pn', 'Contact: <sip:a@h;pn-provider=acme;PN-Prid=00fc13;transport=tls;pn-param=x>;expires=60'),
    ).toEqual(['<sip:a@h;transport=tls>;expires=60']);
  });
});
