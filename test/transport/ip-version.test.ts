import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipVersion } from '../../src/transport/ip-version.js';

describe('ipVersion', () => {
  it.each([
    ...['192.0.2.1', '0.0.0.0', '255.255.255.255', '256.1.1.1', '1.2.3', '1.2.3.4.5', '01.2.3.4', '1.2.3.4 ', ''],
    ...['::', '::1', '2001:db8::1', '2001:DB8:0:0:0:0:0:1', 'fe80::1%eth0', '::ffff:192.0.2.1', '1::2::3', '12345::'],
    ...[':', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '[::1]', 'example.com', 'a.b.c.d', 'fe80::1%', '::g', '1:2', 'a:b'],
  ])('says of %j what Node says', (host) => {
    expect(ipVersion(host)).toBe(isIP(host));
  });

  it('says of any address and of any text what Node says', () => {
    const texts = fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain(), fc.string(), fc.stringMatching(/^[\da-f:.%]{0,20}$/));
    fc.assert(
      fc.property(texts, (text) => {
        expect(ipVersion(text)).toBe(isIP(text));
      }),
      { numRuns: 3000 },
    );
  });
});
