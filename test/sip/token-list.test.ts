import { describe, expect, it } from 'vitest';
import { readTokenList } from '../../src/sip/token-list.js';

describe('readTokenList', () => {
  it('reads rows and commas alike, and drops empty elements (RFC 3261 §7.3.1)', () => {
    expect(readTokenList(['100rel, timer ,,', '', ' path'])).toEqual(['100rel', 'timer', 'path']);
    expect(readTokenList([])).toEqual([]);
  });
});
