// Arbitrary facts: every status, origin and method, in and out of dialogs, so weighted that every rule is reached often.
import fc from 'fast-check';
import type { ActionType } from '../../src/policy/action.js';
import type { Client, Facts, KnownCredentials } from '../../src/policy/facts.js';
import { type AnsweredRealm, emptyHistory, type History } from '../../src/policy/history.js';
import { defaultLimits, type Limits } from '../../src/policy/limits.js';
import { statusCodes } from '../../src/sip/status-code.js';
import {
  arbitraryRequest,
  arbitraryResponse,
  REALMS,
  SERVERS,
  someOf,
  TAGS,
  TYPES,
  URIS,
} from './arbitrary-messages.js';
import { silentResponse } from './facts-with.js';

export { type FactsOverrides, factsWith } from './facts-with.js';

const ACTION_TYPES = [
  'authenticate',
  'raiseInterval',
  'changeContent',
  'changeOffer',
  'dropExtensions',
  'addIdentity',
  'addReferredBy',
  'changeLocation',
  'changePriority',
  'raiseMaxForwards',
  'revealIdentity',
  'tryOtherTarget',
  'wait',
] as const satisfies readonly ActionType[];

const count = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 12 }) },
);

const answeredRealm: fc.Arbitrary<AnsweredRealm> = fc.record(
  {
    kind: fc.constantFrom('user', 'proxy'),
    realm: fc.constantFrom(...REALMS),
    nonces: someOf(['n1', 'n2', 'n3']),
    rounds: fc.nat({ max: 2 }),
    stale: fc.nat({ max: 4 }),
    accepted: fc.boolean(),
    server: fc.constantFrom(...SERVERS),
  },
  { requiredKeys: ['kind', 'realm', 'nonces', 'rounds', 'stale', 'accepted'] },
);

const taken: fc.Arbitrary<History['taken']> = fc
  .array(fc.tuple(fc.constantFrom(...ACTION_TYPES), fc.integer({ min: 1, max: 4 })), { maxLength: 2 })
  .map((pairs) => Object.fromEntries(pairs));

const history: fc.Arbitrary<History> = fc.record(
  {
    attempts: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.integer({ min: 5, max: 40 })),
    provisional: fc.constantFrom('none', 'none', 'trying', 'alerting'),
    taken,
    waits: fc.record({ retryAfter: count, glare: count, backoff: count }),
    answered: fc.array(answeredRealm, { maxLength: 2 }),
    renewed: fc.boolean(),
    largestMinSe: fc.constantFrom(90, 1_800, 3_600, 7_200),
    droppedTags: someOf(TAGS),
    addedTags: someOf(TAGS),
    targetsLeft: fc.oneof(
      { weight: 5, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray(URIS, { minLength: 1, maxLength: 2 }) },
    ),
    targetsTried: someOf(URIS),
    server: fc.constantFrom(...SERVERS),
    serversTried: someOf(SERVERS),
    securityServer: fc.constantFrom(['tls;q=0.2'], ['tls;q=0.2', 'digest;q=0.1']),
  },
  {
    requiredKeys: [
      ...(['attempts', 'provisional', 'taken', 'waits', 'answered', 'renewed', 'droppedTags'] as const),
      ...(['addedTags', 'targetsLeft', 'targetsTried', 'serversTried'] as const),
    ],
  },
);

const realmsOf = fc.array(
  fc.record({ kind: fc.constantFrom('user' as const, 'proxy' as const), realm: fc.constantFrom(...REALMS) }),
  { maxLength: 1 },
);

const client: fc.Arbitrary<Client> = fc.record(
  {
    ownsCallId: fc.boolean(),
    supported: fc.subarray(TAGS),
    servers: fc.subarray(SERVERS, { minLength: 1 }),
    credentials: fc.array(
      fc.constantFrom<KnownCredentials>(...REALMS.map((realm) => ({ realm })), {}, { hash: 'MD5' }),
      { maxLength: 2 },
    ),
    rejectedRealms: realmsOf,
    acceptedRealms: realmsOf,
    refuseMd5: fc.boolean(),
    redial: fc.constantFrom<boolean | 'sameCallId'>(true, false, 'sameCallId'),
    bodies: fc.array(fc.record({ type: fc.constantFrom(...TYPES), length: fc.constantFrom(0, 5, 500) }), {
      maxLength: 2,
    }),
    digitsLeft: fc.nat({ max: 2 }),
    shorterUri: fc.constantFrom('sip:b@h', 'sip:a-much-longer-name@subdomain.example.com'),
    acceptable: someOf(TYPES),
    canSign: fc.boolean(),
    securityMechanisms: someOf(['tls', 'digest', 'ipsec-ike']),
  },
  { requiredKeys: [] },
);

const limits: fc.Arbitrary<Limits> = fc
  .record(
    {
      maxAttempts: fc.integer({ min: 1, max: 40 }),
      maxRoundsPerRealm: fc.nat({ max: 2 }),
      maxStale: fc.nat({ max: 4 }),
      maxElapsedMs: fc.constantFrom(0, 32_000, 600_000),
      maxWaitMs: fc.constantFrom<Limits['maxWaitMs']>(0, 60_000, { default: 1_000_000, INVITE: 5_000 }),
      minWaitMs: fc.constantFrom(0, 1_000),
      spread: fc.constantFrom(0, 0.1, 1),
      maxSpreadMs: fc.constantFrom(0, 30_000),
      maxIntervalSeconds: fc.constantFrom(3_600, 4_294_967_295),
      maxRaises: fc.nat({ max: 3 }),
      maxGlareRounds: fc.nat({ max: 5 }),
      maxRedirects: fc.nat({ max: 10 }),
    },
    { requiredKeys: [] },
  )
  .map((changes) => ({ ...defaultLimits, ...changes }));

const registered = [...statusCodes.keys()].filter((status) => status >= 300);

/** The method that a code is made for, so that its rules are reached often. */
const typicalMethods: { readonly [status: number]: string } = {
  408: 'MESSAGE',
  412: 'PUBLISH',
  421: 'REFER',
  422: 'UPDATE',
  423: 'REGISTER',
  429: 'REFER',
  480: 'OPTIONS',
  481: 'PRACK',
  486: 'OPTIONS',
  488: 'INVITE',
  489: 'SUBSCRIBE',
  491: 'INVITE',
  504: 'UPDATE',
  555: 'REGISTER',
};

/** Where an outcome came from, with the status that RFC 3261 §8.1.3.1 gives it. */
const outcome: fc.Arbitrary<Pick<Facts, 'status' | 'origin'>> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ origin: fc.constant('wire'), status: fc.constantFrom(...registered) }),
  },
  { weight: 3, arbitrary: fc.record({ origin: fc.constant('wire'), status: fc.integer({ min: 200, max: 699 }) }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      { origin: 'timer', status: 408 },
      { origin: 'restart', status: 408 },
      { origin: 'transport', status: 503 },
    ),
  },
);

/** Arbitrary facts: every status from 200 to 699, every origin, every method, in and out of dialogs. */
export const arbitraryFacts: fc.Arbitrary<Facts> = fc
  .record(
    {
      outcome,
      response: arbitraryResponse,
      request: arbitraryRequest,
      typical: fc.boolean(),
      history: fc.oneof({ weight: 1, arbitrary: fc.constant(emptyHistory) }, { weight: 3, arbitrary: history }),
      client: fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: client }),
      limits: fc.oneof({ weight: 2, arbitrary: fc.constant(defaultLimits) }, { weight: 1, arbitrary: limits }),
      elapsedMs: fc.oneof(fc.constant(0), fc.nat({ max: 1_000_000 })),
      random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      budgetBalance: fc.constantFrom(0, 0.5, 1, 10, 10, 10),
      ceilingLeft: fc.constantFrom(0, 1, 30, 30, 30, 30),
    },
    {
      requiredKeys: ['outcome', 'response', 'request', 'typical', 'history', 'client', 'limits', 'elapsedMs', 'random'],
    },
  )
  // What did not come over the wire says nothing, and choices are what was not tried.
  .map(({ outcome: { status, origin }, typical, request, response, ...others }) => {
    const tried = [request.uri, ...others.history.targetsTried];
    const isChoice = (uri: string): boolean =>
      !tried.includes(uri) && (request.scheme !== 'sips' || uri.startsWith('sips:'));
    return {
      status,
      origin,
      ...others,
      request: typical ? { ...request, method: typicalMethods[status] ?? request.method } : request,
      response: origin === 'wire' ? { ...response, choices: response.contacts.filter(isChoice) } : silentResponse,
    };
  });
