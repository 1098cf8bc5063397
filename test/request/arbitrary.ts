// Any request, any action, any answer of an application and any response of a server.
import fc from 'fast-check';
import type { Action } from '../../src/policy/action.js';
import type { Answer } from '../../src/request/materials.js';
import type { Challenge } from '../../src/sip/challenge.js';
import type { Header, SipRequest, SipResponse } from '../../src/sip/message.js';
import { octetLength } from '../../src/sip/octets.js';

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const row = (name: string, ...values: readonly string[]): fc.Arbitrary<readonly Header[]> =>
  fc.constantFrom(...values).map((value) => [[name, value] as const]);
const maybe = (name: string, ...values: readonly string[]): fc.Arbitrary<readonly Header[]> =>
  fc.option(row(name, ...values), { nil: [] });

const uris = fc.constantFrom(
  'sip:bob@biloxi.example',
  'sip:1212@biloxi.example',
  'tel:+1212',
  'sips:carol@chicago.example',
  '',
);
const methods = fc.constantFrom('INVITE', 'REGISTER', 'SUBSCRIBE', 'PUBLISH', 'MESSAGE', 'OPTIONS', 'BYE');
const bodies = fc.constantFrom(
  '',
  'v=0\r\n',
  '--b\r\n\r\ngrüße\r\n--b\r\nContent-Type: a/b\r\n\r\nx\r\n--b--',
  'x'.repeat(300),
);
const tags = fc.subarray(['timer', '100rel', 'outbound', 'pn', 'path']);
const headerFields: fc.Arbitrary<readonly Header[]> = fc
  .tuple(
    maybe('To', '<sip:bob@biloxi.example>', '<sip:1212@h>;tag=uas'),
    maybe('From', '"A" <sip:alice@atlanta.example>;tag=f', '<sip:anonymous@anonymous.invalid>;tag=f'),
    maybe('Call-ID', 'call1@h', 'call2'),
    maybe('Contact', '<sip:a@h;ob;pn-prid=1>;reg-id=1;expires=60', '*', 'sip:a@h'),
    maybe('Expires', '0', '60', '3600', 'soon'),
    maybe('x', '90;refresher=uac', '7200'),
    maybe('Min-SE', '90', '4000'),
    maybe('Supported', 'timer, 100rel', 'outbound', ''),
    maybe('Require', '100rel, foo', 'pn'),
    maybe('Proxy-Require', 'foo, privacy'),
    maybe('Content-Type', 'multipart/mixed;boundary=b', 'application/sdp'),
    maybe('Content-Encoding', 'gzip'),
    maybe('Authorization', 'Digest realm="a", nonce="1"', 'Bearer x'),
    maybe('Proxy-Authorization', 'Digest realm="p", nonce="1"'),
    maybe('Accept', 'application/sdp'),
    maybe('Privacy', 'id'),
    maybe('P-Preferred-Identity', '<sip:alice@h>'),
    maybe('Max-Forwards', '5', '70'),
    maybe('SIP-If-Match', 'tag'),
    maybe('Resource-Priority', 'wps.1'),
    maybe('Route', '<sip:p;lr>'),
  )
  .map((rows) => rows.flat());

/** A request with a right CSeq, Via and Content-Length. */
export const requests: fc.Arbitrary<SipRequest> = fc
  .tuple(methods, uris, headerFields, bodies, fc.integer({ min: 0, max: 1e6 }))
  .map(([method, uri, headers, body, cseq]) => ({
    method,
    uri,
    headers: [
      ['Via', 'SIP/2.0/UDP h;branch=z9hG4bKold'],
      ['CSeq', `${cseq} ${method}`],
      ...headers,
      ['l', String(octetLength(body))],
    ],
    body,
  }));

export const challenges: fc.Arbitrary<readonly Challenge[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('user' as const, 'proxy' as const),
    realm: fc.constantFrom('a', 'p'),
    nonce: fc.constantFrom('1', '2'),
    scheme: fc.constant('Digest'),
    stale: fc.boolean(),
    userhash: fc.constant(false),
  }),
  { minLength: 1, maxLength: 3 },
);

const seconds = fc.constantFrom(60, 90, 1800, 5000);
const texts = fc.subarray(['text/plain', 'application/sdp', 'wps.1', 'wps.0']);

/** Every type of action. */
export const actions: fc.Arbitrary<Action> = fc.oneof(
  challenges.map((all): Action => ({ type: 'authenticate', challenges: all })),
  fc
    .tuple(fc.constantFrom(['tls;q=1'], ['tls;q=1', 'digest']), fc.oneof(fc.constant([]), challenges))
    .map(([mechanisms, all]): Action => ({ type: 'agreeSecurity', mechanisms, chosen: 'tls', challenges: all })),
  fc
    .tuple(fc.constantFrom('Expires' as const, 'Session-Expires' as const), seconds, optional(seconds))
    .map(([header, least, minSe]): Action => ({
      type: 'raiseInterval',
      header,
      seconds: least,
      ...(minSe === undefined ? {} : { minSe }),
    })),
  fc.boolean().map((omit): Action => ({ type: 'shrinkBody', omit })),
  fc
    .tuple(fc.constantFrom('body' as const, 'accept' as const, 'encryption' as const), texts, optional(fc.nat(2)))
    .map(([part, accept, keepPart]): Action => ({
      type: 'changeContent',
      part,
      accept,
      encodings: [],
      languages: [],
      ...(keepPart === undefined ? {} : { keepPart }),
    })),
  fc.constant<Action>({ type: 'changeOffer', warnings: [] }),
  uris.map((uri): Action => ({ type: 'changeUri', uri, why: 'scheme' })),
  tags.map((all): Action => ({ type: 'dropExtensions', tags: all })),
  fc
    .tuple(tags, fc.constantFrom('Supported' as const, 'Require' as const))
    .map(([all, header]): Action => ({ type: 'addExtensions', tags: all, header })),
  {
    weight: 11,
    arbitrary: fc.constantFrom<Action>(
      { type: 'addIdentity' },
      { type: 'addReferredBy' },
      { type: 'changeLocation' },
      { type: 'raiseMaxForwards', value: 70 },
      { type: 'revealIdentity' },
      { type: 'republish' },
      { type: 'extendDigits', dialled: '12' },
      { type: 'chooseTarget', choices: [] },
      { type: 'accept' },
      { type: 'giveUp', reason: 'refused' },
      { type: 'custom', name: 'mine' },
    ),
  },
  texts.map((accept): Action => ({ type: 'changePriority', accept })),
  fc
    .tuple(fc.constantFrom('retry' as const, 'fresh' as const), optional(fc.integer({ min: 0, max: 2e6 })))
    .map(([reorigination, nextCSeq]): Action => ({
      type: 'wait',
      delayMs: 1,
      basis: 'backoff',
      reorigination,
      ...(nextCSeq === undefined ? {} : { nextCSeq }),
    })),
  fc
    .constantFrom('failover' as const, 'retry' as const)
    .map((reorigination): Action => ({ type: 'tryOtherServer', server: 'sip:s2', reorigination })),
  fc
    .tuple(uris, fc.constantFrom('requestUri' as const, 'route' as const))
    .map(([uri, as]): Action => ({ type: 'tryOtherTarget', uri, as })),
);

/** Whatever an application may answer. */
export const answers: fc.Arbitrary<Answer> = fc
  .record({
    digits: optional(fc.constantFrom('', '3', '34x')),
    target: optional(uris),
    body: optional(
      fc.option(
        fc.record({
          type: fc.constantFrom('text/plain', 'application/sdp'),
          content: fc.constantFrom('', 'hi', 'v=0\r\n', 'ü'.repeat(200)),
        }),
      ),
    ),
    headers: optional(
      fc
        .tuple(
          maybe('Identity', 'i1'),
          maybe('Referred-By', '<sip:r@h>'),
          maybe('Geolocation', '<cid:1>'),
          maybe('CSeq', '1 X'),
        )
        .map((rows) => rows.flat()),
    ),
  })
  .map(({ digits, target, body, headers }) => ({
    ...(digits === undefined ? {} : { digits }),
    ...(target === undefined ? {} : { target }),
    ...(body === undefined ? {} : { body }),
    ...(headers === undefined ? {} : { headers }),
  }));

const nonce = fc.constantFrom('1', '2', '3');
const challengeRows = fc
  .tuple(fc.constantFrom('WWW-Authenticate', 'Proxy-Authenticate'), fc.constantFrom('a', 'p'), nonce, fc.boolean())
  .map(([name, realm, value, stale]): Header => [name, `Digest realm="${realm}", nonce="${value}", stale=${stale}`]);

/** A final response with whatever may decide. */
export const responses: fc.Arbitrary<SipResponse> = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(
        200,
        301,
        302,
        305,
        401,
        407,
        413,
        420,
        421,
        422,
        423,
        480,
        484,
        485,
        486,
        491,
        494,
        500,
        503,
        600,
      ),
      fc.integer({ min: 200, max: 699 }),
    ),
    fc.array(challengeRows, { maxLength: 3 }),
    fc.tuple(
      maybe('Retry-After', '0', '5', '60'),
      maybe('Min-Expires', '1800', '7200'),
      maybe('Min-SE', '100', '4000'),
      maybe('Unsupported', '100rel', 'path, foo', 'foo, foo, foo'),
      maybe('Require', 'path, path', 'timer'),
      maybe('Contact', '<sip:x@h>, <sip:y@h2>;q=0.5', '<sips:z@h>'),
      maybe('Security-Server', 'tls;q=0.1'),
      maybe('Accept', 'text/plain'),
    ),
  )
  .map(([status, asked, rows]) => ({ status, reason: '', headers: [...asked, ...rows.flat()], body: '' }));
