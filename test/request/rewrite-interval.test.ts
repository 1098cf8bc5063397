// Longer intervals after 423 and 422.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readContacts } from '../../src/sip/contact.js';
import { corrections, invite, next, register, values } from './messages.js';

const raise = (more: string, seconds = 1800) =>
  next(register(more), { type: 'raiseInterval', header: 'Expires', seconds });
const raiseSession = (more: string, seconds: number, minSe?: number) =>
  next(invite(more), {
    type: 'raiseInterval',
    header: 'Session-Expires',
    seconds,
    ...(minSe === undefined ? {} : { minSe }),
  });
const session = (more: string, seconds: number, minSe?: number) => {
  const { request } = raiseSession(more, seconds, minSe);
  return [values(request, 'Session-Expires'), values(request, 'Min-SE')];
};

describe('raising Expires (RFC 3261 §10.2.8)', () => {
  it('raises the Expires header field and the expires of every contact', () => {
    const { request, progressed } = raise(`
      Contact: <sip:a@h;transport=tcp>;expires=60;q=0.5, "x, y" <sip:b@h> ; expires="600"
      Contact: <sip:c@h>;reg-id=1;expires=30
      Expires: 300`);
    expect(values(request, 'Expires')).toEqual(['1800']);
    expect(values(request, 'Contact')).toEqual([
      '<sip:a@h;transport=tcp>;expires=1800;q=0.5, "x, y" <sip:b@h> ; expires=1800',
      '<sip:c@h>;reg-id=1;expires=1800',
    ]);
    expect(progressed).toBe(true);
  });

  it('never lowers what is long enough', () => {
    const result = raise('Contact: <sip:a@h>;expires=3600, <sip:b@h>;expires=60\nExpires: 7200');
    expect(values(result.request, 'Contact')).toEqual(['<sip:a@h>;expires=3600, <sip:b@h>;expires=1800']);
    expect(values(result.request, 'Expires')).toEqual(['7200']);
    expect(corrections(result)).toEqual(['Contact']);
  });

  it('leaves a removal a removal', () => {
    const { request } = raise('Contact: <sip:old@h>;expires=0, <sip:new@h>;expires=60\nExpires: 0');
    expect(values(request, 'Contact')).toEqual(['<sip:old@h>;expires=0, <sip:new@h>;expires=1800']);
    expect(values(request, 'Expires')).toEqual(['0']);
  });

  it('adds Expires where neither it nor a contact says how long', () => {
    expect(values(raise('').request, 'Expires')).toEqual(['1800']);
    expect(values(raise('Contact: <sip:a@h>').request, 'Expires')).toEqual(['1800']);
    expect(values(raise('Contact: <sip:a@h>;expires=60, <sip:b@h>').request, 'Expires')).toEqual(['1800']);
    expect(values(raise('Contact: <sip:a@h>;expires=60').request, 'Expires')).toEqual([]);
  });

  it('replaces an Expires that nobody can read', () => {
    expect(values(raise('Expires: soon').request, 'Expires')).toEqual(['1800']);
  });

  it('reads a malformed expires as 3600 (RFC 3261 §10.2.1.1)', () => {
    expect(values(raise('Contact: <sip:a@h>;expires=soon').request, 'Contact')).toEqual(['<sip:a@h>;expires=soon']);
    expect(values(raise('Contact: <sip:a@h>;expires=soon', 7200).request, 'Contact')).toEqual([
      '<sip:a@h>;expires=7200',
    ]);
  });

  it('does not progress when everything is long enough, or only removes', () => {
    expect(raise('Contact: <sip:a@h>;expires=1800\nExpires: 1800').progressed).toBe(false);
    expect(raise('Contact: <sip:a@h>;expires=0').progressed).toBe(false);
    expect(raise('Contact: *\nExpires: 0').progressed).toBe(false);
  });

  it('leaves no interval below the minimum, lowers none and revives none', () => {
    const interval = fc.option(fc.integer({ min: 0, max: 5000 }), { nil: undefined });
    fc.assert(
      fc.property(
        fc.array(interval, { maxLength: 4 }),
        interval,
        fc.integer({ min: 1, max: 5000 }),
        (asked, header, least) => {
          const contacts = asked.map(
            (seconds, index) => `<sip:c${index}@h>${seconds === undefined ? '' : `;expires=${seconds}`}`,
          );
          const more =
            contacts.map((contact) => `Contact: ${contact}`).join('\n') +
            (header === undefined ? '' : `\nExpires: ${header}`);
          const { request, progressed } = raise(more, least);
          const granted = readContacts(values(request, 'Contact')).map(({ expires }) => expires);
          const raised = (seconds: number): number => (seconds === 0 ? 0 : Math.max(seconds, least));
          expect(granted).toEqual(asked.map((seconds) => (seconds === undefined ? undefined : raised(seconds))));
          if (header !== undefined) expect(values(request, 'Expires')).toEqual([String(raised(header))]);
          const brief = [...asked, header].some((seconds) => seconds !== undefined && seconds > 0 && seconds < least);
          const silent = header === undefined && (asked.length === 0 || asked.includes(undefined));
          expect(progressed).toBe(brief || silent);
        },
      ),
    );
  });
});

describe('raising Session-Expires (RFC 4028 §7.4)', () => {
  it('sets Min-SE and raises a Session-Expires that is there, its parameters kept', () => {
    expect(session('Session-Expires: 90;refresher=uac;x=1', 3600, 3600)).toEqual([
      ['3600;refresher=uac;x=1'],
      ['3600'],
    ]);
    expect(session('x: 1800', 4000, 4000)).toEqual([['4000'], ['4000']]);
  });

  it('adds none: a 422 may be about what a proxy inserted (RFC 4028 §8.1)', () => {
    expect(session('', 3600, 3600)).toEqual([[], ['3600']]);
  });

  it('lowers neither', () => {
    expect(session('Session-Expires: 7200\nMin-SE: 5000', 3600, 3600)).toEqual([['7200'], ['5000']]);
    expect(session('Session-Expires: 7200\nMin-SE: 100', 3600, 3600)).toEqual([['7200'], ['3600']]);
    expect(session('Session-Expires: 3600\nMin-SE: 100', 3600, 3600)).toEqual([['3600'], ['3600']]);
  });

  it('keeps Session-Expires at or above Min-SE (RFC 4028 §7.1)', () => {
    expect(session('Session-Expires: 100', 1800, 4000)).toEqual([['4000'], ['4000']]);
    expect(session('Session-Expires: soon', 1800)).toEqual([['1800'], ['1800']]);
  });

  it('does not progress when both are long enough', () => {
    expect(raiseSession('Session-Expires: 7200\nMin-SE: 5000', 3600, 3600).progressed).toBe(false);
    expect(raiseSession('Min-SE: 3600', 3600, 3600).progressed).toBe(false);
    expect(raiseSession('Min-SE: 90', 3600, 3600).progressed).toBe(true);
  });
});
