import { describe, expect, it } from 'vitest';
import { visible } from '../../src/sip/visible.js';
import { cut, hang, wrap } from '../../src/cli/wrapped.js';

describe('visible', () => {
  it('leaves text in any language as it is', () => {
    expect(visible('Besetzt, занято, 通話中 🙂')).toBe('Besetzt, занято, 通話中 🙂');
  });

  it('writes control characters out, line ends included', () => {
    expect(visible('\u001b[31m\r\n\0\u007f\u009b')).toBe('\\x1b[31m\\x0d\\x0a\\x00\\x7f\\x9b');
  });

  it('writes octets out that are no UTF-8', () => {
    expect(visible('\udc80\udcff')).toBe('\\x80\\xff');
  });

  it('writes marks out that turn the direction of what follows', () => {
    expect(visible('a\u202eb\u2028')).toBe('a\\u202eb\\u2028');
  });
});

describe('wrap', () => {
  it('breaks at spaces, and leaves a long word whole', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('incomprehensible', 5)).toEqual(['incomprehensible']);
    expect(wrap('', 5)).toEqual(['']);
  });
});

describe('hang', () => {
  it('indents further lines under the first', () => {
    expect(hang('- ', 'one two three four five six', 22)).toEqual(['- one two three four', '  five six']);
  });
});

describe('cut', () => {
  it('marks what is cut off', () => {
    expect(cut('abcdef', 6)).toBe('abcdef');
    expect(cut('abcdefg', 6)).toBe('abcde…');
  });
});
