import { describe, expect, it } from 'vitest';
import { createsDialog, isTargetRefresh } from '../../src/sip/method.js';

const METHODS =
  'INVITE ACK BYE CANCEL REGISTER OPTIONS PRACK SUBSCRIBE NOTIFY PUBLISH INFO REFER MESSAGE UPDATE invite'.split(' ');

describe('createsDialog', () => {
  it('holds for INVITE, SUBSCRIBE and REFER, in capitals only (RFC 3261 §7.1, §12.1)', () => {
    expect(METHODS.filter(createsDialog)).toEqual(['INVITE', 'SUBSCRIBE', 'REFER']);
  });
});

describe('isTargetRefresh', () => {
  it('holds for the five of RFC 5057 §5.4', () => {
    expect(METHODS.filter(isTargetRefresh)).toEqual(['INVITE', 'SUBSCRIBE', 'NOTIFY', 'REFER', 'UPDATE']);
  });
});
