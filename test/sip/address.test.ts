import { describe, expect, it } from 'vitest';
import { tagOf, uriOf, withTag, withoutTag, withUri } from '../../src/sip/address.js';

describe('tagOf', () => {
  it.each([
    ['<sip:a@example.com>;tag=88', '88'],
    ['sip:a@example.com;tag=88', '88'],
    ['"x;tag=1" <sip:a@example.com;tag=2>; TAG = 3 ;x=y', '3'],
    ['<sip:a@example.com;tag=2>', undefined],
    ['<sip:a@example.com>;tagged=2', undefined],
    ['', undefined],
  ])('of %j is %j (RFC 3261 §20.20, §20.39)', (value, tag) => {
    expect(tagOf(value)).toBe(tag);
  });
});

describe('withoutTag', () => {
  it('takes the tag off and leaves all else as it was', () => {
    expect(withoutTag('"A;tag=1"  <sip:a@h;tag=2> ; tag=3; x = "y;z"')).toBe('"A;tag=1"  <sip:a@h;tag=2> ; x = "y;z"');
    expect(withoutTag('sip:a@h;TAG')).toBe('sip:a@h');
    expect(withoutTag('<sip:a@h>;tag=1;x;tag=2;tag=3')).toBe('<sip:a@h>;x');
    expect(withoutTag('<sip:a@h>')).toBe('<sip:a@h>');
  });
});

describe('withTag', () => {
  it('replaces the tag in its place, a second one too', () => {
    expect(withTag('<sip:a@h>;x=1; tag=old;y=2;tag=older', 'new')).toBe('<sip:a@h>;x=1;tag=new;y=2');
  });

  it('takes neither a display name nor a URI parameter for a tag', () => {
    expect(withTag('"A;tag=1" <sip:a@h;tag=2>', 'new')).toBe('"A;tag=1" <sip:a@h;tag=2>;tag=new');
  });

  it('adds a tag at the end', () => {
    expect(withTag('"A" <sip:a@h>;x=1 ', 'new')).toBe('"A" <sip:a@h>;x=1;tag=new');
  });
});

describe('uriOf', () => {
  it.each([
    ['"A <sip:no@h>" <sip:a@h;lr>;tag=1', 'sip:a@h;lr'],
    ['A<sip:a@h>', 'sip:a@h'],
    ['sip:a@h;tag=1', 'sip:a@h'],
    [' sip:a@h ', 'sip:a@h'],
    ['"open <sip:a@h>', 'sip:a@h'],
    ['<sip:a@h', '<sip:a@h'],
    ['<sip:a@h> "<" ', 'sip:a@h'],
    ['', ''],
  ])('of %j is %j (RFC 3261 §20.10)', (value, uri) => {
    expect(uriOf(value)).toBe(uri);
  });
});

describe('withUri', () => {
  it('changes what is between the angle brackets only', () => {
    expect(withUri('"A <x>"  <sip:a@h;lr> ;tag=1', 'sips:b@i')).toBe('"A <x>"  <sips:b@i> ;tag=1');
  });

  it('changes an addr-spec, with angle brackets where the new URI needs them (RFC 3261 §20)', () => {
    expect(withUri('sip:a@h;tag=1', 'sip:b@i')).toBe('sip:b@i;tag=1');
    expect(withUri('sip:a@h;tag=1', 'sip:b@i;lr')).toBe('<sip:b@i;lr>;tag=1');
  });
});
