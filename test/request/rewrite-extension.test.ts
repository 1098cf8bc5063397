// Option-tags dropped and added, and what hangs on them.
import { describe, expect, it } from 'vitest';
import { corrections, invite, next, values } from './messages.js';

const drop = (more: string, ...tags: string[]) => next(invite(more), { type: 'dropExtensions', tags });
const tagRows = (more: string, ...tags: string[]) => {
  const { request } = drop(more, ...tags);
  return ['Require', 'Proxy-Require', 'Supported'].map((name) => values(request, name).join(' | '));
};

describe('dropping extensions (RFC 3261 §8.1.3.5)', () => {
  it('takes the tags out of Require and Proxy-Require, and the rows that are left empty', () => {
    expect(tagRows('Require: 100rel, foo\nRequire: BAR\nProxy-Require: bar', 'foo', 'bar')).toEqual(['100rel', '', '']);
  });

  it('keeps offering in Supported what is no longer required', () => {
    expect(tagRows('Require: 100rel\nSupported: 100rel, path', '100rel')).toEqual(['', '', '100rel, path']);
    expect(tagRows('Proxy-Require: foo\nSupported: foo', 'foo')).toEqual(['', '', 'foo']);
  });

  it('takes out of Supported what stands nowhere else', () => {
    expect(tagRows('Require: foo\nSupported: 100rel, path', '100rel')).toEqual(['foo', '', 'path']);
  });

  it('does not progress for tags that stand nowhere', () => {
    expect(drop('Require: foo', 'bar').progressed).toBe(false);
    expect(drop('Require: foo', 'foo').progressed).toBe(true);
  });

  it('asks for no session interval without timer (RFC 4028 §4)', () => {
    const result = drop('Supported: timer\nSession-Expires: 1800\nMin-SE: 90\nRequire: 100rel', 'Timer');
    expect(corrections(result)).toEqual(['Supported', 'Session-Expires', 'Min-SE']);
    expect(values(result.request, 'Session-Expires')).toEqual([]);
    expect(values(result.request, 'Min-SE')).toEqual([]);
    expect(corrections(drop('Require: 100rel\nSession-Expires: 1800', '100rel'))).toEqual(['Require']);
  });
});

describe('adding extensions (RFC 3261 §21.4.16)', () => {
  it('merges the tags into Supported, or into Require where they must be required (RFC 7614 §6)', () => {
    const added = next(invite('k: timer'), { type: 'addExtensions', tags: ['100rel', 'TIMER'], header: 'Supported' });
    expect(values(added.request, 'Supported')).toEqual(['timer, 100rel']);
    expect(added.progressed).toBe(true);
    const required = next(invite('Supported: nosub'), { type: 'addExtensions', tags: ['nosub'], header: 'Require' });
    expect(values(required.request, 'Require')).toEqual(['nosub']);
    expect(required.progressed).toBe(true);
  });

  it('does not progress when all of them were named before', () => {
    expect(
      next(invite('Supported: timer'), { type: 'addExtensions', tags: ['timer'], header: 'Supported' }).progressed,
    ).toBe(false);
  });
});

describe('agreeing on security (RFC 3329 §2.3.1)', () => {
  const mechanisms = ['ipsec-ike;q=0.1', 'tls;q=0.2'];
  const agree = (more: string) =>
    next(invite(more), { type: 'agreeSecurity', mechanisms, chosen: 'tls', challenges: [] });

  it('mirrors the list of the server and requires sec-agree of both', () => {
    const result = agree('Security-Client: tls\nRequire: 100rel\nSecurity-Verify: digest');
    expect(values(result.request, 'Security-Verify')).toEqual(mechanisms);
    expect(values(result.request, 'Require')).toEqual(['100rel, sec-agree']);
    expect(values(result.request, 'Proxy-Require')).toEqual(['sec-agree']);
    expect(values(result.request, 'Security-Client')).toEqual(['tls']);
    expect(result.progressed).toBe(true);
  });

  it('does not progress with the list that was mirrored already', () => {
    expect(agree('Security-Verify: ipsec-ike;q=0.1\nSecurity-Verify: tls;q=0.2').progressed).toBe(false);
  });
});
