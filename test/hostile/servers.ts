// Servers that answer whatever they like: by seed, or with one trap for ever.
import { allHeaders, firstHeader } from '../../src/sip/header-list.js';
import type { Header, SipRequest, SipResponse } from '../../src/sip/message.js';
import { phraseOf } from '../../src/sip/status-code.js';
import type { LocalOutcome } from '../../src/policy/facts-of.js';

/** What comes back for one attempt: provisional responses first, then an outcome. */
export interface Answered {
  readonly provisional: readonly number[];
  readonly outcome: SipResponse | LocalOutcome;
}

/** A server: what it answers to the n-th request (from 1). */
export type Server = (request: SipRequest, attempt: number) => Answered;

/** A response to this request. */
export function respond(request: SipRequest, status: number, headers: readonly Header[] = [], body = ''): SipResponse {
  const copied = request.headers.filter(([name]) => ['via', 'from', 'call-id', 'cseq'].includes(name.toLowerCase()));
  const to = firstHeader(request.headers, 'To') ?? '<sip:nobody@example.com>';
  const tagged = /;tag=/.test(to) ? to : `${to};tag=uas${status}`;
  return { status, reason: phraseOf(status), headers: [...copied, ['To', tagged], ...headers], body };
}

/** The same answer for ever. */
export function always(status: number, headers: readonly Header[] = [], provisional: readonly number[] = []): Server {
  return (request) => ({ provisional, outcome: respond(request, status, headers) });
}

/** A server that draws every answer by chance, from the traps that real servers and attackers have set. */
export function hostileServer(random: () => number): Server {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const realms = ['example.com', 'proxy.example.net', 'Foo, Inc', ''];
  let nonce = 0;

  const challenge = (kind: string): Header => {
    const fresh = random() < 0.7 ? (nonce += 1) : nonce;
    const parts = [`realm="${pick(realms)}"`, `nonce="n${fresh}"`];
    if (random() < 0.6) parts.push(`qop="${pick(['auth', 'auth,auth-int', 'auth-int', 'auth-conf'])}"`);
    if (random() < 0.4) parts.push(`stale=${pick(['true', 'TRUE', 'false', '"true"'])}`);
    if (random() < 0.5) parts.push(`algorithm=${pick(['MD5', 'SHA-256', 'SHA-512-256', 'MD5-sess', 'SHA-3'])}`);
    return [kind, `${pick(['Digest', 'DIGEST', 'Digest', 'Basic'])} ${parts.join(', ')}`];
  };
  const challenges = (): readonly Header[] =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
      challenge(pick(['WWW-Authenticate', 'Proxy-Authenticate'])),
    );
  const seconds = (): string =>
    pick([
      '0',
      '1',
      '60',
      '300',
      '3600',
      '7200',
      '86400',
      '4294967295',
      '99999999999999999999999999',
      '-5',
      'abc',
      '',
      '120 (x);duration=60',
    ]);

  const headersFor = (status: number, request: SipRequest): readonly Header[] => {
    const rows: Header[] = [];
    if (status === 401 || status === 407 || (status === 494 && random() < 0.7))
      rows.push(...(random() < 0.9 ? challenges() : []));
    if (status === 423) rows.push(['Min-Expires', seconds()]);
    if (status === 422) rows.push(['Min-SE', seconds()]);
    if (status === 420) rows.push(['Unsupported', pick(['100rel', 'timer', 'path', 'replaces, timer', 'foo', ''])]);
    if (status === 421) rows.push(['Require', pick(['timer', '100rel', 'path', 'sec-agree', 'foo'])]);
    if (status === 415)
      rows.push(['Accept', pick(['application/sdp', 'text/plain', '*/*', '', 'application/sdp;q=0'])]);
    if (status === 494 || status === 421)
      rows.push(['Security-Server', pick(['digest;q=0.1', 'tls;q=0.2, digest;q=0.1', 'ipsec-3gpp'])]);
    if (status === 417) rows.push(['Accept-Resource-Priority', pick(['wps.1', 'q735.0', ''])]);
    if (status === 493) rows.push(['Content-Type', 'application/pkcs7-mime']);
    if (status === 485 || (status >= 300 && status < 400)) {
      const uris = Array.from({ length: Math.floor(random() * 4) }, () =>
        pick([
          `<sip:t${Math.floor(random() * 6)}@example.com>;q=0.${Math.floor(random() * 9)}`,
          `<${request.uri}>`,
          '*',
          '<tel:+12015550123>',
          '<sip:x@example.com?Route=%3Csip:evil%3E>',
        ]),
      );
      if (uris.length > 0) rows.push(['Contact', uris.join(', ')]);
    }
    if (random() < 0.35) rows.push(['Retry-After', seconds()]);
    return rows;
  };

  const usual = [
    401, 401, 407, 407, 413, 415, 420, 421, 422, 423, 423, 480, 484, 485, 486, 488, 491, 494, 500, 503, 503, 300, 302,
    305,
  ];
  return (request) => {
    const provisional = random() < 0.3 ? [pick([100, 180, 183])] : [];
    const chance = random();
    if (chance < 0.06) return { provisional, outcome: pick<LocalOutcome>(['timeout', 'transportError', 'restart']) };
    const status = chance < 0.75 ? pick(usual) : chance < 0.78 ? 200 : 300 + Math.floor(random() * 400);
    return { provisional, outcome: respond(request, status, headersFor(status, request)) };
  };
}

/** What a request carries credentials for: header type and realm, and the nonce that they answer. */
export function credentialsSent(request: SipRequest): readonly { readonly realm: string; readonly nonce: string }[] {
  const rows = (name: string, kind: string) =>
    allHeaders(request.headers, name).map((value) => ({
      realm: `${kind} ${quoted('realm', value)}`,
      nonce: quoted('nonce', value),
    }));
  return [...rows('Authorization', 'user'), ...rows('Proxy-Authorization', 'proxy')];
}

function quoted(name: string, value: string): string {
  return new RegExp(`\\b${name}="((?:[^"\\\\]|\\\\.)*)"`).exec(value)?.[1] ?? '';
}
