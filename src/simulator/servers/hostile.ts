// A server that answers whatever it likes, by chance: the traps that real servers and attackers have set.
import type { Header } from '../../sip/message.js';
import type { BehaviourOf } from '../scenario.js';
import type { Service, Serving } from './service.js';

const USUAL: readonly [number, ...number[]] = [
  401,
  ...[401, 407, 407, 413, 415, 420, 421, 422, 423, 423, 480, 484, 485, 486, 488, 491, 494],
  ...[500, 503, 503, 300, 302, 305],
];

const SECONDS: readonly [string, ...string[]] = [
  '0',
  '1',
  '60',
  '300',
  '3600',
  '86400',
  '4294967295',
  '99999999999999999999',
  '-5',
  'abc',
  '',
];

const TAGS: readonly [string, ...string[]] = ['100rel', 'timer', 'path', 'sec-agree', 'replaces, timer', 'foo', ''];

/** Draws every answer. */
export function hostileServing(behaviour: BehaviourOf<'hostile'>): Serving {
  const { silences = 0.05, accepts = 0.05, after = 0 } = behaviour;
  let nonces = 0;
  return {
    serve(request, { random }): Service {
      const pick = picker(random);
      const chance = random();
      if (chance < silences) return { kind: 'silence' };
      const provisional = random() < 0.3 ? [{ status: pick([100, 180, 183]), headers: [], afterMs: after }] : [];
      const isAccepted = chance < silences + accepts;
      const usual = random() < 0.8 ? pick(USUAL) : 300 + Math.floor(random() * 400);
      const status = isAccepted ? 200 : usual;
      if (random() < 0.02)
        return { kind: 'noise', text: `SIP/2.0 ${status} ?\r\nVia: nothing\r\n\r\n`, afterMs: after };
      nonces += 1;
      const headers = headersFor(status, request.uri, random, nonces);
      return { kind: 'answers', answers: [...provisional, { status, headers, afterMs: after }] };
    },
  };
}

function headersFor(status: number, uri: string, random: () => number, nonce: number): readonly Header[] {
  const pick = picker(random);
  const rows: Header[] = [];
  switch (status) {
    case 401:
    case 407:
      rows.push(challengeRow(status, random, nonce));
      break;
    case 423:
      rows.push(['Min-Expires', pick(SECONDS)]);
      break;
    case 422:
      rows.push(['Min-SE', pick(SECONDS)]);
      break;
    case 420:
      rows.push(['Unsupported', pick(TAGS)]);
      break;
    case 421:
      rows.push(['Require', pick(TAGS)]);
      break;
    case 415:
      rows.push(['Accept', pick(['application/sdp', 'text/plain', '*/*', 'application/sdp;q=0'])]);
      break;
    case 494:
      rows.push(['Security-Server', pick(['digest;q=0.1', 'tls;q=0.2, digest;q=0.1'])]);
      break;
    default:
      if (status < 400 && status >= 300) rows.push(['Contact', pick(contactsFor(uri, random))]);
  }
  if (random() < 0.35) rows.push(['Retry-After', pick(SECONDS)]);
  return rows;
}

function contactsFor(uri: string, random: () => number): readonly [string, ...string[]] {
  const name = `t${Math.floor(random() * 6)}`;
  return [`<sip:${name}@example.com>;q=0.5`, `<${uri}>`, '*', '<tel:+12015550123>', '<sip:x@192.0.2.99>'];
}

function challengeRow(status: number, random: () => number, nonce: number): Header {
  const pick = picker(random);
  const params = [
    `realm="${pick(['example.com', 'proxy.example.net', 'Foo, Inc', ''])}"`,
    // A nonce of the time before comes again now and then.
    `nonce="n${random() < 0.7 ? nonce : Math.max(1, nonce - 1)}"`,
    ...(random() < 0.6 ? [`qop="${pick(['auth', 'auth,auth-int', 'auth-int', 'auth-conf'])}"`] : []),
    ...(random() < 0.4 ? [`stale=${pick(['true', 'TRUE', 'false', '"true"'])}`] : []),
    ...(random() < 0.5 ? [`algorithm=${pick(['MD5', 'SHA-256', 'SHA-512-256', 'MD5-sess', 'SHA-3'])}`] : []),
  ];
  const scheme = pick(['Digest', 'Digest', 'DIGEST', 'Basic'] as const);
  return [status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate', `${scheme} ${params.join(', ')}`];
}

/** Draws one of several. */
function picker(random: () => number): <T>(items: readonly [T, ...T[]]) => T {
  return (items) => items[Math.floor(random() * items.length)] ?? items[0];
}
