import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/sip/message.js';
import { countVias, topVia, withBranch } from '../../src/sip/via.js';

const via = (...values: string[]): readonly Header[] => values.map((value): Header => ['Via', value]);

describe('topVia', () => {
  it('reads transport, sent-by and branch of the first row (RFC 3261 §20.42)', () => {
    const top = topVia(
      via('SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa;rport', 'SIP/2.0/TCP b.example;branch=z9hG4bKb'),
    );
    expect(top).toEqual({
      transport: 'UDP',
      sentBy: '192.0.2.1:5060',
      branch: 'z9hG4bKa',
      params: [
        ['branch', 'z9hG4bKa'],
        ['rport', undefined],
      ],
    });
  });

  it('reads the first of several joined by commas, with LWS wherever it may be (RFC 4475 §3.1.1.1)', () => {
    const headers: Header[] = [
      ['v', 'SIP  / 2.0  / tcp     a.example : 5070  ; branch  =   z9hG4bK9 , SIP/2.0/UDP b.example'],
    ];
    expect(topVia(headers)).toMatchObject({ transport: 'TCP', sentBy: 'a.example:5070', branch: 'z9hG4bK9' });
  });

  it('leaves the branch out where there is none (RFC 2543)', () => {
    expect(topVia(via('SIP/2.0/UDP a.example'))).toEqual({ transport: 'UDP', sentBy: 'a.example', params: [] });
  });

  it.each([[[]], [['']], [['SIP/2.0/UDP']], [['UDP a.example']]])('gives undefined for %j', (values) => {
    expect(topVia(via(...values))).toBeUndefined();
  });
});

describe('countVias', () => {
  it('counts rows and elements of rows alike (RFC 3261 §7.3.1)', () => {
    expect(countVias([])).toBe(0);
    expect(countVias([...via('SIP/2.0/UDP a, SIP/2.0/UDP b'), ['v', 'SIP/2.0/UDP c']])).toBe(3);
  });
});

describe('withBranch', () => {
  it('changes nothing but the branch: received, rport and odd spacing stay', () => {
    expect(withBranch('SIP/2.0/UDP a;received=192.0.2.1; Branch = old ;rport=5', 'z9hG4bKnew')).toBe(
      'SIP/2.0/UDP a;received=192.0.2.1; branch=z9hG4bKnew ;rport=5',
    );
  });

  it.each([
    ['SIP/2.0/UDP a;branch=old', 'SIP/2.0/UDP a;branch=x'],
    ['SIP/2.0/UDP a;branch=old;rport', 'SIP/2.0/UDP a;branch=x;rport'],
    ['SIP/2.0/UDP a;branch=old ;rport', 'SIP/2.0/UDP a;branch=x ;rport'],
    ['SIP/2.0/UDP a;BRANCH=old;branch=other', 'SIP/2.0/UDP a;branch=x;branch=other'],
    ['SIP/2.0/UDP a;b=";branch=in quotes";branch=old', 'SIP/2.0/UDP a;b=";branch=in quotes";branch=x'],
    ['SIP/2.0/UDP a;branch=";"', 'SIP/2.0/UDP a;branch=x'],
  ])('of %j makes %j', (value, changed) => {
    expect(withBranch(value, 'x')).toBe(changed);
  });

  it('adds a branch where there is none', () => {
    expect(withBranch('SIP/2.0/UDP a ', 'z9hG4bKnew')).toBe('SIP/2.0/UDP a;branch=z9hG4bKnew ');
  });

  it('changes the first Via of a list only', () => {
    expect(withBranch('SIP/2.0/UDP a;branch=1, SIP/2.0/UDP b;branch=2', 'x')).toBe(
      'SIP/2.0/UDP a;branch=x, SIP/2.0/UDP b;branch=2',
    );
  });

  it('takes no host for a parameter, and no comma in a quoted string for the end of the Via', () => {
    expect(withBranch('SIP/2.0/UDP branch', 'x')).toBe('SIP/2.0/UDP branch;branch=x');
    expect(withBranch('SIP/2.0/UDP a;y="1,2;branch=3";branch=4', 'x')).toBe('SIP/2.0/UDP a;y="1,2;branch=3";branch=x');
  });
});
