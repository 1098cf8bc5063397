// What a 2xx grants for our own contacts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/sip/message.js';
import { asksForBinding, grantedTo } from '../../src/uac/granted.js';
import { register } from '../machines/requests.js';
import { respond } from './registrar.js';

const INSTANCE = '+sip.instance="<urn:uuid:00000000-0000-1000-8000-000A95A0E128>"';

function registerWith(...contacts: readonly string[]) {
  const headers = register.headers.filter(([name]) => name !== 'Contact');
  return { ...register, headers: [...headers, ...contacts.map((value): Header => ['Contact', value])] };
}

function grant(headers: readonly Header[], request = register) {
  return grantedTo(request, respond(200, headers));
}

describe('grantedTo', () => {
  it('takes the expires of our contact, found by the rules of RFC 3261 §19.1.4 among all bindings (§10.2.4)', () => {
    const headers: Header[] = [
      ['Contact', '<sip:alice@198.51.100.1>;expires=20, <sip:%61lice@192.0.2.1;x=y>;expires=300'],
      ['Expires', '900'],
    ];
    expect(grant(headers)).toEqual({
      type: 'granted',
      seconds: 300,
      contact: 'sip:%61lice@192.0.2.1;x=y',
      missing: [],
    });
  });

  it('takes the Expires header field where our contact has no expires, and the sooner of an hour and what was asked where there is none', () => {
    expect(
      grant([
        ['Contact', '<sip:alice@192.0.2.1>'],
        ['Expires', '900'],
      ]),
    ).toMatchObject({ seconds: 900 });
    expect(grant([['Contact', '<sip:alice@192.0.2.1>']])).toMatchObject({ seconds: 600 });
    const asking = registerWith('<sip:alice@192.0.2.1>;expires=86400');
    expect(grant([['Contact', '<sip:alice@192.0.2.1>;expires=abc']], asking)).toMatchObject({ seconds: 3600 });
  });

  it('is no registration when our contact is not listed, or listed with nothing left', () => {
    const missing = ['sip:alice@192.0.2.1'];
    expect(grant([])).toEqual({ type: 'notGranted', missing });
    expect(grant([['Contact', '<sip:bob@192.0.2.1>;expires=60']])).toEqual({ type: 'notGranted', missing });
    expect(grant([['Contact', '<sip:alice@192.0.2.1>;expires=0']])).toEqual({ type: 'notGranted', missing });
    expect(
      grant([
        ['Contact', '<sip:alice@192.0.2.1>'],
        ['Expires', '0'],
      ]),
    ).toEqual({ type: 'notGranted', missing });
  });

  it('takes the briefest of several contacts and names those that are missing', () => {
    const request = registerWith(
      '<sip:a@192.0.2.1>, <sip:b@192.0.2.1>',
      '<sip:c@192.0.2.1>',
      '<sip:d@192.0.2.1>;expires=0',
    );
    const headers: Header[] = [['Contact', '<sip:a@192.0.2.1>;expires=90, <sip:b@192.0.2.1>;expires=60']];
    expect(grant(headers, request)).toEqual({
      type: 'granted',
      seconds: 60,
      contact: 'sip:a@192.0.2.1',
      missing: ['sip:c@192.0.2.1'],
    });
  });

  it('knows a binding by its instance-id and reg-id, whatever a NAT made of its URI (RFC 5626 §6)', () => {
    const request = registerWith(`<sip:alice@192.0.2.1>;reg-id=1;${INSTANCE}`);
    const listed = (regId: number): Header => ['Contact', `<sip:x@203.0.113.1>;reg-id=${regId};${INSTANCE};expires=60`];
    expect(grant([listed(2), listed(1)], request)).toMatchObject({ seconds: 60, contact: 'sip:x@203.0.113.1' });
    expect(grant([listed(2)], request)).toMatchObject({ type: 'notGranted' });
  });

  it('lets the application say which contact is its own', () => {
    const response = respond(200, [['Contact', '<sip:alice@203.0.113.1:4711>;expires=60']]);
    expect(grantedTo(register, response)).toMatchObject({ type: 'notGranted' });
    expect(grantedTo(register, response, { isOurs: (uri) => uri.includes('alice@') })).toMatchObject({ seconds: 60 });
  });

  it('gives from 1 to 2³² − 1 whole seconds, or none, whatever the registrar writes', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.bigInt().map(String), fc.double().map(String)),
        fc.string(),
        (expires, header) => {
          const result = grant([
            ['Contact', `<sip:alice@192.0.2.1>;expires=${expires}`],
            ['Expires', header],
          ]);
          if (result.type === 'notGranted') return;
          expect(Number.isInteger(result.seconds)).toBe(true);
          expect(result.seconds).toBeGreaterThanOrEqual(1);
          expect(result.seconds).toBeLessThanOrEqual(4_294_967_295);
        },
      ),
    );
  });
});

describe('asksForBinding', () => {
  it('tells a binding from a removal and from a query', () => {
    expect(asksForBinding(register)).toBe(true);
    expect(asksForBinding(registerWith())).toBe(false);
    expect(asksForBinding(registerWith('*'))).toBe(false);
    expect(asksForBinding(registerWith('<sip:alice@192.0.2.1>;expires=0'))).toBe(false);
  });
});
