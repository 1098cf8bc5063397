// What arbitrary requests and responses say, as far as rules look at it.
import fc from 'fast-check';
import type { ChallengeFact, RequestFacts, ResponseFacts } from '../../src/policy/facts.js';
import type { AcceptRange } from '../../src/sip/accept.js';
import type { Challenge } from '../../src/sip/challenge.js';

// Small pools, so that what the response names often is what the request carried.
export const URIS = [
  'sip:bob@example.com',
  'sips:bob@example.com',
  'tel:+4930123',
  'sip:1234@example.com',
  'sip:c@h.example',
];
export const SERVERS = ['sip:a.example.com', 'sip:b.example.com;transport=tcp', 'sip:c.example.com'];
export const REALMS = ['a.example', 'b.example', 'c \\"quoted\\"'];
export const TAGS = ['100rel', 'path', 'timer', 'outbound', 'sec-agree', 'replaces', 'explicitsub', 'nosub', 'X-Own'];
export const TYPES = ['application/sdp', 'multipart/mixed', 'text/plain', 'application/pidf+xml'];
const METHODS = ['INVITE', 'REGISTER', 'SUBSCRIBE', 'PUBLISH', 'OPTIONS', 'MESSAGE', 'REFER', 'INFO', 'UPDATE'];
const RARE_METHODS = ['PRACK', 'BYE', 'NOTIFY', 'ACK', 'CANCEL', 'FOO'];
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
/** Often nothing, often one, at most three: messages that say everything at once are rare. */
export const someOf = <T>(pool: readonly T[]) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant<T[]>([]) },
    { weight: 2, arbitrary: fc.constantFrom(...pool).map((one) => [one]) },
    { weight: 1, arbitrary: fc.subarray([...pool], { maxLength: Math.min(3, pool.length) }) },
  );
const rarely = fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
const seconds = fc.oneof(
  fc.constantFrom(0, 1, 60, 90, 600, 1_800, 3_600, 86_400, 4_294_967_295, 9_007_199_254_740),
  fc.nat({ max: 7_200 }),
);
const challenge: fc.Arbitrary<Challenge> = fc.record(
  {
    kind: fc.constantFrom('user', 'proxy'),
    scheme: fc.constantFrom('Digest', 'digest'),
    realm: fc.constantFrom(...REALMS),
    nonce: fc.constantFrom('n1', 'n2', 'n3'),
    stale: rarely,
    userhash: fc.boolean(),
    algorithm: fc.constantFrom('MD5', 'SHA-256', 'SHA-512-256'),
    qop: fc.constantFrom(['auth'], ['auth', 'auth-int']),
  },
  { requiredKeys: ['kind', 'scheme', 'realm', 'nonce', 'stale', 'userhash'] },
);

const challengeFact: fc.Arbitrary<ChallengeFact> = fc.record({
  challenge,
  verdict: fc.constantFrom('new', 'new', 'stale', 'staleTooOften', 'renewed', 'rejected'),
  credentials: fc.constantFrom('known', 'unknown', 'none'),
});

const ranges: fc.Arbitrary<readonly AcceptRange[]> = fc.array(
  fc.record({
    value: fc.constantFrom(...TYPES, '*/*', 'text/*', 'gzip', 'en'),
    q: fc.constantFrom(0, 0.5, 1),
    params: fc.constant([]),
  }),
  { maxLength: 3 },
);

/** What any response may say. */
export const arbitraryResponse: fc.Arbitrary<ResponseFacts> = fc
  .record({
    retryAfter: maybe(
      fc.record(
        { seconds, durationSeconds: seconds, comment: fc.constant('back soon') },
        { requiredKeys: ['seconds'] },
      ),
    ),
    notUnderstood: fc.nat({ max: 2 }),
    challenges: fc.array(challengeFact, { maxLength: 3 }),
    minExpires: maybe(seconds),
    minSe: maybe(seconds.map((value) => Math.max(90, value))),
    unsupported: someOf(TAGS),
    require: someOf(TAGS),
    accept: maybe(ranges),
    acceptEncoding: maybe(ranges),
    acceptLanguage: maybe(ranges),
    allow: maybe(someOf(METHODS)),
    allowEvents: maybe(someOf(['presence', 'dialog'])),
    acceptResourcePriority: maybe(someOf(['dsn.flash', 'q735.0'])),
    warnings: fc.array(fc.constantFrom(305, 370, 380, 399), { maxLength: 2 }),
    contacts: someOf(URIS.filter((uri) => uri.startsWith('sip'))),
    securityServer: fc.subarray([
      { mechanism: 'tls', q: 0.2, raw: 'tls;q=0.2' },
      { mechanism: 'digest', q: 0.1, raw: 'digest;q=0.1' },
      { mechanism: 'ipsec-ike', q: 0.9, raw: 'ipsec-ike;q=0.9' },
    ]),
    certificate: fc.boolean(),
    geolocationError: maybe(fc.constantFrom(100, 200, 201, 300)),
  })
  .map(({ notUnderstood, ...facts }) => ({
    ...facts,
    choices: facts.contacts,
    challengesOffered: facts.challenges.length + notUnderstood,
  }));

/** What any request may say. */
export const arbitraryRequest: fc.Arbitrary<RequestFacts> = fc
  .record({
    method: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...METHODS) },
      { weight: 1, arbitrary: fc.constantFrom(...RARE_METHODS) },
    ),
    uri: fc.constantFrom(...URIS, 'sip:bob@example.com?Subject=long'),
    inDialog: rarely,
    cseq: fc.oneof(fc.nat({ max: 100 }), fc.constant(2 ** 31 - 2)),
    expires: maybe(seconds.filter((value) => value > 0)),
    removal: rarely,
    query: rarely,
    sessionExpires: maybe(seconds),
    minSe: maybe(seconds),
    require: someOf(TAGS),
    proxyRequire: someOf(TAGS),
    supported: someOf(TAGS),
    accept: maybe(someOf(TYPES)),
    bodyLength: fc.oneof(fc.constant(0), fc.constantFrom(10, 1_000)),
    contentType: maybe(fc.constantFrom(...TYPES)),
    contentEncoding: maybe(fc.constantFrom('gzip')),
    parts: fc.subarray(TYPES, { maxLength: 2 }),
    maxForwards: maybe(fc.constantFrom(0, 10, 70, 255)),
    dialled: maybe(fc.constantFrom('1234', '+4930123')),
    conditional: fc.boolean(),
    located: fc.boolean(),
    signed: fc.boolean(),
    anonymous: fc.boolean(),
    resourcePriority: someOf(['dsn.flash', 'q735.0']),
    regId: fc.boolean(),
    push: fc.boolean(),
    hasDomain: fc.boolean(),
  })
  // The host of From is a domain, or there is none.
  .map(({ hasDomain, ...facts }) => {
    const scheme = facts.uri.slice(0, facts.uri.indexOf(':'));
    return { ...facts, scheme, sipUri: hasDomain && scheme === 'tel' ? 'sip:911@example.com;user=phone' : undefined };
  });
