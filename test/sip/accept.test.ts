import { describe, expect, it } from 'vitest';
import { accepts, readAcceptList } from '../../src/sip/accept.js';

const accepted = (values: string[], type: string): boolean => accepts(readAcceptList(values), type);

describe('readAcceptList', () => {
  it('reads ranges with preference and parameters (RFC 3261 §20.1)', () => {
    expect(readAcceptList(['application/SDP;level=1, application / x-private;q=0.2', 'text/html; q=abc'])).toEqual([
      { value: 'application/sdp', q: 1, params: [['level', '1']] },
      { value: 'application/x-private', q: 0.2, params: [] },
      { value: 'text/html', q: 1, params: [] },
    ]);
    expect(readAcceptList([''])).toEqual([]);
  });
});

describe('accepts', () => {
  it('compares types without regard to case', () => {
    expect(accepted(['application/sdp'], ' Application/SDP')).toBe(true);
    expect(accepted(['application/sdp'], 'application/sdpx')).toBe(false);
  });

  it('knows */* and type/*', () => {
    expect(accepted(['*/*'], 'application/sdp')).toBe(true);
    expect(accepted(['application/*'], 'application/sdp')).toBe(true);
    expect(accepted(['text/*'], 'application/sdp')).toBe(false);
  });

  it('takes q=0 for a refusal, and the most specific range decides (#58)', () => {
    expect(accepted(['application/sdp;q=0, */*'], 'application/sdp')).toBe(false);
    expect(accepted(['application/*;q=0, application/sdp;q=0.1'], 'application/sdp')).toBe(true);
    expect(accepted(['application/*, */*;q=0'], 'application/sdp')).toBe(true);
    expect(accepted(['*/*;q=0'], 'application/sdp')).toBe(false);
  });

  it('accepts nothing with an empty list (RFC 3261 §20.1) (#59)', () => {
    expect(accepted([''], 'application/sdp')).toBe(false);
  });

  it('serves for encodings', () => {
    expect(accepted(['gzip, *;q=0'], 'gzip')).toBe(true);
    expect(accepted(['gzip, *;q=0'], 'identity')).toBe(false);
  });

  it('serves for languages: a range takes in the tags it is a prefix of (RFC 4647 §3.3.1)', () => {
    expect(accepted(['da, en;q=0.7'], 'en-GB')).toBe(true);
    expect(accepted(['en, en-gb;q=0'], 'en-GB')).toBe(false);
    expect(accepted(['en-gb;q=0, en'], 'en-GB')).toBe(false);
    expect(accepted(['en-GB'], 'en')).toBe(false);
    expect(accepted(['en'], 'eng')).toBe(false);
  });
});
