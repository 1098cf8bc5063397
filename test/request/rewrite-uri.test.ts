// Another Request-URI: redirections, choices, other schemes, more digits.
import { describe, expect, it } from 'vitest';
import { isAnotherHost } from '../../src/request/rewrite-uri.js';
import type { Rewritten } from '../../src/request/rewrite.js';
import { corrections, invite, next, rows, values } from './messages.js';

const redirect = (uri: string, as: 'requestUri' | 'route' = 'requestUri', more = '') =>
  next(invite(more), { type: 'tryOtherTarget', uri, as });
const choices = ['sip:carol@h', 'sip:dave@h;transport=tcp'];
const choose = (target?: string, from = invite()) =>
  next(from, { type: 'chooseTarget', choices }, target === undefined ? {} : { target });
const dial = (uri: string, digits?: string, to = `<${uri}>`) => {
  const request = invite('', { uri });
  const headers = request.headers.map((row) => (row[0] === 'To' ? (['To', to] as const) : row));
  return next({ ...request, headers }, { type: 'extendDigits', dialled: '' }, digits === undefined ? {} : { digits });
};

describe('following a redirection (RFC 3261 §8.1.3.4)', () => {
  it('replaces the Request-URI, with the next CSeq, and nothing else', () => {
    const result = redirect('sip:carol@chicago.example;transport=tcp');
    expect(result.request.uri).toBe('sip:carol@chicago.example;transport=tcp');
    expect(values(result.request, 'CSeq')).toEqual(['2 INVITE']);
    expect(values(result.request, 'To')).toEqual(['<sip:bob@biloxi.example>']);
    expect(corrections(result)).toEqual(['Request-URI']);
    expect(result.progressed).toBe(true);
  });

  it('takes neither method nor headers from the address (RFC 3261 §19.1.5)', () => {
    expect(redirect('sip:c@h;method=BYE;lr?Route=%3Csip:evil%3E&Subject=x').request.uri).toBe('sip:c@h;lr');
    expect(redirect('sip:c@h; METHOD = BYE?x').request.uri).toBe('sip:c@h');
    expect(redirect('sip:h?a=b').request.uri).toBe('sip:h');
    expect(redirect('sip:day?;method=x@h').request.uri).toBe('sip:day?;method=x@h');
  });

  it('puts the proxy of a 305 first into Route, and keeps the Request-URI (RFC 3261 §21.3.4)', () => {
    const result = redirect('sip:proxy.example?x=y', 'route', 'Route: <sip:out.example;lr>');
    expect(result.request.uri).toBe('sip:bob@biloxi.example');
    expect(values(result.request, 'Route')).toEqual(['<sip:proxy.example;lr>', '<sip:out.example;lr>']);
    expect(values(redirect('sip:proxy.example;LR', 'route').request, 'Route')).toEqual(['<sip:proxy.example;LR>']);
    expect(values(redirect('not a uri', 'route').request, 'Route')).toEqual(['<not a uri;lr>']);
  });
});

describe('the Route of a 305 belongs to one target: "repeat this single request via the proxy" (RFC 3261 §21.3.4)', () => {
  const proxyRoute = '<sip:p1.example;lr>';
  const own = '<sip:out.example;lr>';
  const viaProxy = redirect('sip:p1.example', 'route', `Route: ${own}`);
  const routesOf = ({ request }: Rewritten) => values(request, 'Route');

  it('is told beside the request, and leaves it with the next redirection; a Route that the program gave stays', () => {
    expect(viaProxy.proxyRoute).toBe(proxyRoute);
    expect(routesOf(viaProxy)).toEqual([proxyRoute, own]);
    const action = { type: 'tryOtherTarget', uri: 'sip:c@c.example', as: 'requestUri' } as const;
    const direct = next(viaProxy.request, action, { proxyRoute });
    expect(routesOf(direct)).toEqual([own]);
    expect(direct).not.toHaveProperty('proxyRoute');
    expect(corrections(direct)).toEqual(['Request-URI', 'Route']);
    // Without being told, it is a Route like any other.
    expect(routesOf(next(viaProxy.request, action))).toEqual([proxyRoute, own]);
  });

  it('gives way to the proxy of another 305, and does not stay behind it', () => {
    const action = { type: 'tryOtherTarget', uri: 'sip:p2.example', as: 'route' } as const;
    const second = next(viaProxy.request, action, { proxyRoute });
    expect(routesOf(second)).toEqual(['<sip:p2.example;lr>', own]);
    expect(second.proxyRoute).toBe('<sip:p2.example;lr>');
  });

  it('goes with a choice among addresses, and stays without one', () => {
    const action = { type: 'chooseTarget', choices } as const;
    const chosen = next(viaProxy.request, action, { proxyRoute, target: 'sip:carol@h' });
    expect(routesOf(chosen)).toEqual([own]);
    expect(chosen).not.toHaveProperty('proxyRoute');
    expect(next(viaProxy.request, action, { proxyRoute })).toMatchObject({ proxyRoute, progressed: false });
  });

  it('stays with every other next request to that target, and when nothing is sent', () => {
    const waited = next(viaProxy.request, { type: 'raiseMaxForwards', value: 71 }, { proxyRoute });
    expect(waited.proxyRoute).toBe(proxyRoute);
    expect(routesOf(waited)).toEqual([proxyRoute, own]);
    expect(next(viaProxy.request, { type: 'accept' }, { proxyRoute }).proxyRoute).toBe(proxyRoute);
  });

  it('is left alone where the program has put another Route first', () => {
    const action = { type: 'tryOtherTarget', uri: 'sip:c@c.example', as: 'requestUri' } as const;
    const request = invite(`Route: ${own}\nRoute: ${proxyRoute}`);
    expect(routesOf(next(request, action, { proxyRoute }))).toEqual([own, proxyRoute]);
  });
});

describe('following a choice (RFC 3261 §21.4.23)', () => {
  it('replaces the Request-URI', () => {
    const result = choose(' sip:carol@h ');
    expect(result.request.uri).toBe('sip:carol@h');
    expect(corrections(result)).toEqual(['Request-URI']);
    expect(result.progressed).toBe(true);
  });

  it('takes the address as it was listed, however it is written (RFC 3261 §19.1.4)', () => {
    for (const target of ['<sip:dave@H;transport=TCP>', 'sip:d%61ve@h;transport=tcp?Subject=x']) {
      expect(choose(target).request.uri).toBe('sip:dave@h;transport=tcp');
    }
  });

  it('does not progress without a choice, or with an address that was not listed (RFC 3261 §8.1.3.4)', () => {
    const others = ['sip:bob@biloxi.example', 'sip:erin@h', 'sip:carol@h\r\nRoute: <sip:evil>', 'sips:carol@h'];
    for (const target of [undefined, '', 'nobody', ...others]) {
      expect(choose(target)).toMatchObject({ request: { uri: 'sip:bob@biloxi.example' }, progressed: false });
    }
  });
});

describe('changing the Request-URI (RFC 3261 §21.4.12, §21.4.14)', () => {
  it('leaves To as it was', () => {
    const result = next(invite('', { uri: 'tel:+1212' }), {
      type: 'changeUri',
      uri: 'sip:+1212@h;user=phone',
      why: 'scheme',
    });
    expect(result.request.uri).toBe('sip:+1212@h;user=phone');
    expect(corrections(result)).toEqual(['Request-URI']);
    expect(result.progressed).toBe(true);
  });

  it('does not progress with the same URI', () => {
    expect(next(invite(), { type: 'changeUri', uri: 'sip:bob@biloxi.example', why: 'length' }).progressed).toBe(false);
  });
});

describe('dialling more digits (RFC 3261 §21.4.22, RFC 3578 §3.2)', () => {
  it.each([
    ['sip:1212@h;user=phone', '34', 'sip:121234@h;user=phone'],
    ['sips:+1-212@h', '3', 'sips:+1-2123@h'],
    ['sip:+1212;phone-context=+1:pw@h', '3', 'sip:+12123;phone-context=+1:pw@h'],
    ['sip:*1%23@h', '#', 'sip:*1%23%23@h'],
    ['tel:+1-212', '34', 'tel:+1-21234'],
    ['TEL:12;phone-context=x', '3', 'TEL:123;phone-context=x'],
    ['sip:1212@h', ' 3 4\r\n-', 'sip:121234@h'],
  ])('%s and %j make %s, in To as well', (uri, digits, longer) => {
    const result = dial(uri, digits);
    expect(result.request.uri).toBe(longer);
    expect(values(result.request, 'To')).toEqual([`<${longer}>`]);
    expect(corrections(result)).toEqual(['Request-URI', 'To']);
    expect(result.progressed).toBe(true);
  });

  it('appends to the number in To whatever its form, and drops a To tag', () => {
    expect(values(dial('sip:12@h', '3', '"Bob" <tel:0012>;tag=t;x=y').request, 'To')).toEqual([
      '"Bob" <tel:00123>;x=y',
    ]);
    expect(values(dial('sip:12@h', '3', '<sip:bob@h>').request, 'To')).toEqual(['<sip:bob@h>']);
  });

  it('keeps a preloaded Route', () => {
    const { request } = next(
      invite('Route: <sip:out;lr>', { uri: 'sip:12@h' }),
      { type: 'extendDigits', dialled: '12' },
      { digits: '3' },
    );
    expect(values(request, 'Route')).toEqual(['<sip:out;lr>']);
  });

  it('needs no To', () => {
    const bare = { ...invite(), uri: 'tel:1', headers: rows('CSeq: 1 INVITE') };
    expect(next(bare, { type: 'extendDigits', dialled: '1' }, { digits: '2' }).request).toEqual({
      ...bare,
      uri: 'tel:12',
      headers: rows('CSeq: 2 INVITE'),
    });
  });

  it.each([
    ['sip:12@h', undefined],
    ['sip:12@h', ''],
    ['sip:12@h', 'x'],
    ['sip:bob@h', '1'],
    ['sip:bad@h', '1'],
    ['sip:+@h', '1'],
    ['sip:h', '1'],
    ['mailto:12', '1'],
    ['tel:', '1'],
  ])('does not progress from %s with %j', (uri, digits) => {
    const result = dial(uri, digits);
    expect(result.request.uri).toBe(uri);
    expect(corrections(result)).toEqual([]);
    expect(result.progressed).toBe(false);
  });
});

describe('isAnotherHost', () => {
  it('compares hosts without case, and takes what it cannot read for another', () => {
    expect(isAnotherHost('sip:a@Biloxi.example:5060', 'sips:b@biloxi.EXAMPLE')).toBe(false);
    expect(isAnotherHost('sip:a@biloxi.example', 'sip:a@chicago.example')).toBe(true);
    expect(isAnotherHost('sip:a@h', 'sip:')).toBe(true);
    expect(isAnotherHost('sip:', 'sip:a@h')).toBe(true);
  });
});
