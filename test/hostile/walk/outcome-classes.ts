// The classes of outcomes that an attempt can have under a policy: each code with those header fields that its rows look at.
import type { LocalOutcome } from '../../../src/policy/facts-of.js';
import { lookUp } from '../../../src/policy/look-up.js';
import type { RetryPolicy } from '../../../src/policy/rule.js';
import type { Header, SipResponse } from '../../../src/sip/message.js';
import { statusCodes } from '../../../src/sip/status-code.js';

/** One class, by an outcome that stands for it. */
export interface OutcomeClass {
  readonly provisional: readonly number[];
  readonly outcome: SipResponse | LocalOutcome;
}

/** Every registered code from 300 on, and one of each class that nobody has registered (RFC 3261 §8.1.3.2). */
const STATUSES = [...[...statusCodes.keys()].filter((status) => status >= 300), 399, 499, 599, 699];

/** All classes for requests of this method that go to these targets. */
export function outcomeClasses(policy: RetryPolicy, method: string, uri: string): readonly OutcomeClass[] {
  const local = (['timeout', 'transportError', 'restart'] as const).flatMap((outcome) =>
    PROVISIONALS.map((provisional) => ({ provisional, outcome })),
  );
  const accepted = { provisional: [], outcome: { status: 200, reason: '', headers: [], body: '' } };
  return [accepted, ...local, ...STATUSES.flatMap((status) => classesOf(policy, method, uri, status))];
}

const PROVISIONALS: readonly (readonly number[])[] = [[], [100], [180]];

function classesOf(policy: RetryPolicy, method: string, uri: string, status: number): readonly OutcomeClass[] {
  const { rules } = lookUp(policy, method, status).entry;
  const words = new Set<string>(rules.flatMap((rule) => [rule.do, ...(rule.when ?? [])]));
  const any = (...names: readonly string[]): boolean => names.some((name) => words.has(name));
  // What a 100 is good for, only the silence after it asks (RFC 3263 §4.3).
  const provisionals = any('nobodyRinging') ? [[], [180]] : [[]];
  const times = any('wait') ? TIMES : [[]];
  return provisionals.flatMap((provisional) =>
    times.flatMap((time) =>
      headersOf(status, uri, any).map((rows) => ({
        provisional,
        outcome: { status, reason: '', headers: [...time, ...rows], body: '' },
      })),
    ),
  );
}

/** None, one that is shorter than our shortest wait, one that is obeyed, one that is too long for any limit. */
const TIMES: readonly (readonly Header[])[] = [
  [],
  [['Retry-After', '0']],
  [['Retry-After', '60']],
  [['Retry-After', '4294967295']],
];

function headersOf(
  status: number,
  uri: string,
  any: (...names: readonly string[]) => boolean,
): readonly (readonly Header[])[] {
  const each = (name: string, ...values: readonly string[]): readonly (readonly Header[])[] => [
    [],
    ...values.map((value) => [[name, value] as const]),
  ];
  if (any('hasChallenge', 'authenticate')) {
    return each(status === 407 ? 'Proxy-Authenticate' : 'WWW-Authenticate', ...CHALLENGES);
  }
  if (any('agreeSecurity')) {
    return [[], ...SECURITY.map((rows) => rows)];
  }
  if (any('minimumAcceptable', 'noUsableMinExpires')) return each('Min-Expires', '300', '1200', '2400', '4294967295');
  if (any('sessionIntervalBelowMinimum')) return each('Min-SE', '60', '1800', '3600', '4294967295');
  if (any('dropExtensions')) return each('Unsupported', 'timer', '100rel', 'timer, outbound', 'foo');
  if (any('addExtensions')) return each('Require', 'timer', 'path', 'foo', 'sec-agree');
  if (any('changeContent')) return each('Accept', 'text/plain', 'application/sdp', '*/*;q=0');
  if (any('tryOtherTarget', 'chooseTarget')) {
    return each('Contact', '<sip:t1@example.com>', '<sip:t1@example.com>, <sip:t2@example.com>', `<${uri}>`, '*');
  }
  if (any('changePriority')) return each('Accept-Resource-Priority', 'wps.1');
  if (any('changeOffer')) return each('Warning', '304 example.com "no"');
  return [[]];
}

const CHALLENGES = [
  'Digest realm="a", nonce="n1"',
  'Digest realm="a", nonce="n2"',
  'Digest realm="a", nonce="n1", stale=true',
  'Digest realm="a", nonce="n2", stale=true',
  'Digest realm="b", nonce="n1"',
  'Basic realm="a"',
];

const SECURITY: readonly (readonly Header[])[] = [
  [['Security-Server', 'digest;q=0.1']],
  [['Security-Server', 'tls;q=0.2, digest;q=0.1']],
  [
    ['Security-Server', 'digest;q=0.1'],
    ['WWW-Authenticate', 'Digest realm="a", nonce="n1"'],
  ],
];
