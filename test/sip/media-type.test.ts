import { describe, expect, it } from 'vitest';
import { boundaryOf, readMediaType } from '../../src/sip/media-type.js';

describe('readMediaType', () => {
  it('reads type and parameters (RFC 3261 §20.15)', () => {
    expect(readMediaType(' Application / SDP ; charset="utf-8"')).toEqual({
      type: 'application/sdp',
      params: [['charset', '"utf-8"']],
    });
  });

  it.each(['', 'sdp', '/sdp', 'a/b/c', ';x=y'])('gives undefined for %j', (value) => {
    expect(readMediaType(value)).toBeUndefined();
  });
});

describe('boundaryOf', () => {
  const boundary = (value: string): string | undefined => {
    const mediaType = readMediaType(value);
    return mediaType && boundaryOf(mediaType);
  };

  it('gives the boundary of a multipart type (RFC 2046 §5.1.1)', () => {
    expect(boundary('multipart/mixed;Boundary="a;b c"')).toBe('a;b c');
    expect(boundary('multipart/mixed')).toBeUndefined();
    expect(boundary('application/sdp;boundary=x')).toBeUndefined();
  });
});
