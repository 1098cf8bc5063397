// Other bodies and a wider Accept.
import { describe, expect, it } from 'vitest';
import type { ActionOf } from '../../src/policy/action.js';
import { corrections, invite, next, rows, sdp, values } from './messages.js';

const offer = invite('Content-Type: application/sdp', { body: sdp });
const text = { type: 'text/plain', content: 'hi' };

describe('shrinking the body (RFC 3261 §8.1.3.5)', () => {
  const shrink = (omit: boolean, body?: typeof text | null, from = offer) =>
    next(from, { type: 'shrinkBody', omit }, body === undefined ? {} : { body });

  it('leaves it out with what described it, or takes the smaller one', () => {
    const omitted = shrink(true);
    expect(omitted.request.body).toBe('');
    expect(values(omitted.request, 'Content-Length')).toEqual(['0']);
    expect(corrections(omitted)).toEqual(['Content-Type', 'Body']);
    expect(omitted.progressed).toBe(true);
    for (const omit of [true, false]) {
      const smaller = shrink(omit, text);
      expect(smaller.request.body).toBe('hi');
      expect(values(smaller.request, 'Content-Length')).toEqual(['2']);
      expect(smaller.progressed).toBe(true);
    }
    expect(shrink(false, null).progressed).toBe(true);
  });

  it('does not progress without a body that is smaller in octets', () => {
    expect(shrink(false).progressed).toBe(false);
    expect(shrink(false, { ...text, content: `${sdp}x` }).progressed).toBe(false);
    expect(shrink(false, { ...text, content: sdp.replace('v=0', 'v=1') }).progressed).toBe(false);
    expect(shrink(true, undefined, invite()).progressed).toBe(false);
    const ascii = invite('', { body: 'aaa' });
    expect(shrink(false, { ...text, content: 'üü' }, ascii).progressed).toBe(false);
  });
});

describe('changing the content (RFC 3261 §21.4.13)', () => {
  const change = (more: Partial<ActionOf<'changeContent'>>, answer = {}, from = offer) =>
    next(from, { type: 'changeContent', part: 'body', accept: [], encodings: [], languages: [], ...more }, answer);
  const multipart = (part: string, type = 'multipart/mixed;boundary=b') =>
    invite(`Content-Type: ${type}\nMIME-Version: 1.0`, {
      body: `--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b\r\n${part}\r\n--b--\r\n`,
    });
  const keepSecond = (part: string, answer = {}) => change({ keepPart: 1 }, answer, multipart(part));

  it('sends one part alone, as what it is (RFC 5621 §4.2)', () => {
    const result = keepSecond(
      `Content-Type: application/sdp\r\nContent-Disposition: session\r\nContent-Transfer-Encoding: binary\r\n\r\n${sdp}`,
    );
    expect(result.request.body).toBe(sdp);
    expect(values(result.request, 'Content-Type')).toEqual(['application/sdp']);
    expect(values(result.request, 'Content-Disposition')).toEqual(['session']);
    expect(values(result.request, 'Content-Transfer-Encoding')).toEqual([]);
    expect(values(result.request, 'Content-Length')).toEqual([String(sdp.length)]);
    expect(result.progressed).toBe(true);
  });

  it('prefers the part to a body of the application, because that was decided', () => {
    expect(keepSecond('Content-Type: a/b\r\n\r\nx', { body: text }).request.body).toBe('x');
  });

  it('takes a part without Content-Type for plain text (RFC 2046 §5.1)', () => {
    expect(values(keepSecond('\r\nx').request, 'Content-Type')).toEqual(['text/plain']);
  });

  it('does not send a part alone that is encoded as in mail', () => {
    for (const encoding of ['base64', 'Quoted-Printable']) {
      const part = `Content-Transfer-Encoding: ${encoding}\r\n\r\neA==`;
      expect(keepSecond(part).progressed).toBe(false);
      expect(keepSecond(part, { body: text }).request.body).toBe('hi');
    }
  });

  it('does not progress when there is no such part', () => {
    expect(change({ keepPart: 2 }, {}, multipart('\r\nx')).progressed).toBe(false);
    expect(change({ keepPart: 0 }, {}, multipart('\r\nx', 'text/plain;boundary=b')).progressed).toBe(false);
    expect(change({ keepPart: 0 }, {}, multipart('\r\nx', 'nonsense')).progressed).toBe(false);
    expect(change({ keepPart: 0 }, {}, invite('', { body: '--b' })).progressed).toBe(false);
  });

  it('takes the body of the application', () => {
    const result = change({}, { body: text });
    expect(corrections(result)).toEqual(['Content-Type', 'Body']);
    expect(result.progressed).toBe(true);
    expect(change({ part: 'encryption' }, { body: text }).request.body).toBe('hi');
    expect(change({}, { body: null }).request.body).toBe('');
  });

  it('counts another encoding, language, disposition or type of the same octets as another content', () => {
    for (const header of ['Content-Encoding: gzip', 'Content-Language: en', 'Content-Disposition: x']) {
      const body = { type: 'application/sdp', content: sdp, headers: rows(header) };
      expect(change({}, { body }).progressed).toBe(true);
    }
    expect(change({}, { body: { type: 'text/sdp', content: sdp } }).progressed).toBe(true);
    expect(change({}, { body: { type: 'application/sdp', content: sdp } }).progressed).toBe(false);
    expect(change({}).progressed).toBe(false);
  });

  it('widens Accept (RFC 3261 §21.4.7), with the default that stood for a missing one (§20.1)', () => {
    const accept = { part: 'accept', accept: ['text/plain'] } as const;
    const widened = change(accept, { body: text }, invite('Accept: application/sdp'));
    expect(values(widened.request, 'Accept')).toEqual(['application/sdp, text/plain']);
    expect(corrections(widened)).toEqual(['Accept']);
    expect(widened.progressed).toBe(true);
    expect(values(change(accept, {}, invite()).request, 'Accept')).toEqual(['application/sdp, text/plain']);
    expect(values(change(accept, {}, { ...invite(), method: 'SUBSCRIBE' }).request, 'Accept')).toEqual(['text/plain']);
    expect(change(accept, {}, invite('Accept: text/plain')).progressed).toBe(false);
  });
});

describe('changing the offer (RFC 3261 §21.4.26)', () => {
  const change = (answer = {}) => next(offer, { type: 'changeOffer', warnings: [] }, answer);

  it('makes another one, or none', () => {
    const other = { type: 'application/sdp', content: 'v=0\r\n' };
    expect(change({ body: other })).toMatchObject({ request: { body: 'v=0\r\n' }, progressed: true });
    expect(change({ body: null })).toMatchObject({ request: { body: '' }, progressed: true });
  });

  it('does not progress with the same one', () => {
    expect(change({ body: { type: 'application/sdp', content: sdp } }).progressed).toBe(false);
    expect(change({ body: { type: 'text/sdp', content: sdp } }).progressed).toBe(false);
    expect(change().progressed).toBe(false);
  });
});

describe('publishing anew (RFC 3903 §5)', () => {
  const stale = { ...invite('SIP-If-Match: dead\nExpires: 3600'), method: 'PUBLISH' };
  const republish = (answer = {}, from = stale) => next(from, { type: 'republish' }, answer);

  it('sends the whole state without the dead entity-tag', () => {
    const result = republish({ body: text });
    expect(values(result.request, 'SIP-If-Match')).toEqual([]);
    expect(result.request.body).toBe('hi');
    expect(corrections(result)).toEqual(['SIP-If-Match', 'Content-Type', 'Body']);
    expect(result.progressed).toBe(true);
  });

  it('may send the same state as before', () => {
    const full = { ...stale, body: 'hi', headers: [...stale.headers, ['Content-Type', 'text/plain'] as const] };
    expect(republish({ body: text }, full).progressed).toBe(true);
  });

  it('does not progress without a state to publish, or without an entity-tag', () => {
    for (const answer of [{}, { body: null }, { body: { ...text, content: '' } }]) {
      expect(republish(answer)).toMatchObject({ request: { body: '' }, progressed: false });
      expect(values(republish(answer).request, 'SIP-If-Match')).toEqual(['dead']);
    }
    expect(republish({ body: text }, { ...invite(), method: 'PUBLISH' }).progressed).toBe(false);
  });
});
