import { describe, expect, it } from 'vitest';
import { isExemptFromQuarantine, urgencyOf } from '../../src/budget/request-urgency.js';
import { requestWith } from './requests.js';

describe('urgencyOf', () => {
  it.each(['ACK', 'CANCEL', 'BYE'])('knows that %s settles work that has begun', (method) => {
    expect(urgencyOf(requestWith({ method }))).toBe('settling');
    expect(isExemptFromQuarantine(requestWith({ method }))).toBe(true);
  });

  it.each(['urn:service:sos', 'URN:SERVICE:SOS.fire'])('knows an emergency call to %s (RFC 5031 §4.2)', (uri) => {
    expect(urgencyOf(requestWith({ uri }))).toBe('emergency');
    expect(urgencyOf(requestWith({ to: `<${uri}>;tag=1` }))).toBe('emergency');
    expect(isExemptFromQuarantine(requestWith({ uri }))).toBe(true);
  });

  it.each(['urn:service:sossage', 'sip:sos@example.com', 'urn:service:counseling'])('is not alarmed by %s', (uri) => {
    expect(urgencyOf(requestWith({ uri }))).toBe('ordinary');
  });

  it('knows a request within a dialog by its To tag (RFC 3261 §12.2)', () => {
    expect(urgencyOf(requestWith({ to: '<sip:bob@example.com>;tag=7' }))).toBe('inDialog');
    expect(isExemptFromQuarantine(requestWith({ to: '<sip:bob@example.com>;tag=7' }))).toBe(true);
  });

  it.each(['wps.3', 'ets.0', 'esnet.1', 'dsn.flash', 'DRSN.immediate', 'q735.0', 'dsn.routine, wps.4', 'dsn.routines'])(
    'heeds Resource-Priority: %s (RFC 4412 §10)',
    (value) => {
      expect(urgencyOf(requestWith({ priority: value }))).toBe('marked');
      expect(isExemptFromQuarantine(requestWith({ priority: value }))).toBe(false);
    },
  );

  it.each(['dsn.routine', 'DRSN.Routine', 'q735.4', 'foo.1', 'wps', ''])(
    'sees nothing in Resource-Priority: %s',
    (value) => {
      expect(urgencyOf(requestWith({ priority: value }))).toBe('ordinary');
    },
  );

  it('needs no To to tell', () => {
    expect(urgencyOf({ method: 'OPTIONS', uri: 'sip:a', headers: [], body: '' })).toBe('ordinary');
    expect(isExemptFromQuarantine({ method: 'OPTIONS', uri: 'sip:a', headers: [], body: '' })).toBe(false);
  });
});
