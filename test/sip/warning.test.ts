import { describe, expect, it } from 'vitest';
import { readWarnings } from '../../src/sip/warning.js';

describe('readWarnings', () => {
  it('reads code, agent and text of a list (RFC 3261 §20.43)', () => {
    const list =
      '307 isi.edu "Session parameter \\"foo\\", not understood", 301 isi.edu:5060 "Incompatible type \'E.164\'"';
    expect(readWarnings([list, '399 x'])).toEqual([
      { code: 307, agent: 'isi.edu', text: 'Session parameter "foo", not understood' },
      { code: 301, agent: 'isi.edu:5060', text: "Incompatible type 'E.164'" },
      { code: 399, agent: 'x', text: '' },
    ]);
  });

  it('leaves out what is no warning', () => {
    expect(readWarnings(['1812 overture "In Progress"', '380', 'abc def "x"', ''])).toEqual([]);
  });
});
