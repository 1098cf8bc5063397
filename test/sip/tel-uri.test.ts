import { describe, expect, it } from 'vitest';
import { telToSip } from '../../src/sip/tel-uri.js';

describe('telToSip', () => {
  it('puts the whole telephone-subscriber into the user part (RFC 3261 §19.1.6)', () => {
    expect(telToSip('tel:+358-555-1234567;postd=pp22', 'foo.com')).toBe(
      'sip:+358-555-1234567;postd=pp22@foo.com;user=phone',
    );
  });

  it('makes the three spellings of RFC 3261 §19.1.6 one', () => {
    const uri = 'sip:+358-555-1234567;isub=1411;postd=pp22;phone-context=5@foo.com;user=phone';
    expect(telToSip('tel:+358-555-1234567;isub=1411;postd=pp22;phone-context=5', 'foo.com')).toBe(uri);
    expect(telToSip('tel:+358-555-1234567;phone-context=5;postd=PP22;isub=1411', 'foo.com')).toBe(uri);
    expect(telToSip(' TEL:+358-555-1234567; PostD=pp22;;isub=1411;phone-context=5', 'foo.com')).toBe(uri);
  });

  it('orders the other parameters by name', () => {
    expect(telToSip('tel:1;b=1;c;a=2;b=0', 'h')).toBe('sip:1;a=2;b=1;b=0;c@h;user=phone');
  });

  it('escapes the number sign', () => {
    expect(telToSip('tel:*69#', 'h')).toBe('sip:*69%23@h;user=phone');
  });

  it('gives undefined for any other URI', () => {
    expect(telToSip('sip:a@h', 'h')).toBeUndefined();
    expect(telToSip('tel:', 'h')).toBeUndefined();
  });
});
