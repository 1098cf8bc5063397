// 422, 423: the interval is raised, never shortened.
import { type Case, type Cases, giveUp } from './case.js';
import { got, sent, sentInDialog } from './message-text.js';

const session = (seconds: number, minSe: number) =>
  ({ type: 'raiseInterval', header: 'Session-Expires', seconds, minSe }) as const;
const expires = (seconds: number) => ({ type: 'raiseInterval', header: 'Expires', seconds }) as const;
const tooSmall = (...rows: readonly string[]) => got('422 Session Interval Too Small', ...rows);
const tooBrief = (...rows: readonly string[]) => got('423 Interval Too Brief', ...rows);
const raised = { attempts: 2, taken: { raiseInterval: 1 } };
const refused = giveUp('intervalRefused');

/** What 423 does for every method that has an interval. */
const forEach = (method: string): readonly Case[] => [
  {
    says: `raises the interval of a ${method} to Min-Expires (§10.2.8)`,
    sent: sent(method, 'Expires: 600'),
    got: tooBrief('Min-Expires: 1800'),
    rule: '423#1',
    then: expires(1_800),
    learned: { minExpires: 1_800 },
  },
  {
    says: `raises that of a ${method} once more where Min-Expires has grown (§10.2.8)`,
    sent: sent(method, 'Expires: 1800'),
    got: tooBrief('Min-Expires: 7200'),
    history: raised,
    rule: '423#1',
    then: expires(7_200),
    learned: { minExpires: 7_200 },
  },
  {
    says: `does not raise that of a ${method} for ever`,
    sent: sent(method, 'Expires: 7200'),
    got: tooBrief('Min-Expires: 7201'),
    history: { attempts: 3, taken: { raiseInterval: 2 } },
    rule: '423#1',
    then: giveUp('attemptsExhausted', { wanted: 'raiseInterval', limit: 'maxRaises', value: 2 }),
    learned: { minExpires: 7_201 },
  },
  {
    says: `guesses an hour for a ${method} when Min-Expires is missing`,
    sent: sent(method, 'Expires: 600'),
    got: tooBrief(),
    rule: '423#2',
    then: expires(3_600),
  },
  {
    says: `guesses an hour for a ${method} once`,
    sent: sent(method, 'Expires: 600'),
    got: tooBrief(),
    history: raised,
    rule: '423#4',
    then: refused,
  },
  {
    says: `guesses nothing for a ${method} that asked for an hour or more (§10.3 step 7)`,
    sent: sent(method, 'Expires: 7200'),
    got: tooBrief('Min-Expires: 3600'),
    rule: '423#4',
    then: refused,
    learned: { minExpires: 3_600 },
  },
  {
    says: `takes a 423 to the end of a ${method} as a 400: 0 is never too brief (§10.3 step 7)`,
    sent: sent(method, 'Expires: 0'),
    got: tooBrief('Min-Expires: 3600'),
    rule: '423#5',
    then: giveUp('refused'),
  },
  {
    says: `takes a 423 without Min-Expires to the end of a ${method} as a 400, too`,
    sent: sent(method, 'Expires: 0'),
    got: tooBrief(),
    rule: '423#5',
    then: giveUp('refused'),
  },
];

export const interval: Cases = {
  422: [
    {
      says: 'copies Min-SE and raises Session-Expires to it (RFC 4028 §7.3)',
      sent: sent('INVITE', 'Session-Expires: 1800'),
      got: tooSmall('Min-SE: 3600'),
      rule: '422#1',
      then: session(3_600, 3_600),
      learned: { minSe: 3_600 },
    },
    {
      says: 'raises for an UPDATE inside a dialog (RFC 4028 §10)',
      sent: sentInDialog('UPDATE', 'Session-Expires: 90;refresher=uac', 'Min-SE: 90'),
      got: tooSmall('Min-SE: 300'),
      rule: '422#1',
      then: session(300, 300),
      learned: { minSe: 300 },
    },
    {
      says: 'uses the largest Min-SE of the call, not the latest (RFC 4028 §7.4)',
      sent: sent('INVITE', 'Session-Expires: 3600', 'Min-SE: 1800'),
      got: tooSmall('Min-SE: 2400'),
      history: { ...raised, largestMinSe: 4_000 },
      rule: '422#1',
      then: session(4_000, 4_000),
      learned: { minSe: 4_000 },
    },
    {
      says: 'adds Min-SE where no interval was asked for: a proxy may have put one in (RFC 4028 §8.1)',
      sent: sent('INVITE'),
      got: tooSmall('Min-SE: 1800'),
      rule: '422#1',
      then: session(1_800, 1_800),
      learned: { minSe: 1_800 },
    },
    {
      says: 'stops when the Min-SE is in the request already (RFC 4028 §7.3)',
      sent: sent('INVITE', 'Session-Expires: 1800', 'Min-SE: 1800'),
      got: tooSmall('Min-SE: 1800'),
      rule: '422#5',
      then: refused,
      learned: { minSe: 1_800 },
    },
    {
      says: 'refuses a minimum beyond the limit, and remembers none',
      sent: sent('INVITE', 'Session-Expires: 1800'),
      got: tooSmall('Min-SE: 4294967295'),
      rule: '422#5',
      then: giveUp('intervalRefused', { limit: 'maxIntervalSeconds', value: 86_400, found: 4_294_967_295 }),
    },
    {
      says: 'guesses 90 where less was asked for and Min-SE is missing (RFC 4028 §5)',
      sent: sent('INVITE', 'Session-Expires: 60'),
      got: tooSmall('Min-SE: soon'),
      rule: '422#2',
      then: session(90, 90),
    },
    {
      says: 'guesses 1800 where 90 or more was asked for (RFC 4028 §4)',
      sent: sent('INVITE', 'Session-Expires: 90'),
      got: tooSmall(),
      rule: '422#2',
      then: session(1_800, 1_800),
    },
    {
      says: 'goes without a session timer when the guess was refused',
      sent: sent('INVITE', 'Session-Expires: 1800', 'Min-SE: 1800'),
      got: tooSmall(),
      history: raised,
      rule: '422#3',
      then: { type: 'dropExtensions', tags: ['timer'] },
    },
    {
      says: 'stops when there is no session timer left to go without',
      sent: sent('INVITE'),
      got: tooSmall(),
      history: raised,
      rule: '422#5',
      then: refused,
    },
    {
      says: 'is a 400 to a method that has no session interval (RFC 4028 §3)',
      sent: sent('REGISTER', 'Expires: 600'),
      got: tooSmall('Min-SE: 3600'),
      rule: '422#6',
      then: giveUp('refused'),
    },
    {
      says: 'is a 400 to it without Min-SE, too',
      sent: sent('OPTIONS', 'Session-Expires: 600'),
      got: tooSmall(),
      history: raised,
      rule: '422#6',
      then: giveUp('refused'),
    },
    {
      says: 'guesses nothing for it',
      sent: sent('OPTIONS'),
      got: tooSmall(),
      rule: '422#6',
      then: giveUp('refused'),
    },
  ],
  423: [
    ...forEach('REGISTER'),
    ...forEach('SUBSCRIBE'),
    ...forEach('PUBLISH'),
    {
      says: 'looks at the briefest of all contacts, and not at those that are removed (§10.2.8)',
      sent: sent('REGISTER', 'Contact: <sip:a@h>;expires=0, <sip:b@h>;expires=60, <sip:c@h>', 'Expires: 7200'),
      got: tooBrief('Min-Expires: 3600'),
      rule: '423#1',
      then: expires(3_600),
      learned: { minExpires: 3_600 },
    },
    {
      says: 'raises where nothing was asked for (§10.2.8)',
      sent: sent('REGISTER'),
      got: tooBrief('Min-Expires: 3600'),
      rule: '423#1',
      then: expires(3_600),
      learned: { minExpires: 3_600 },
    },
    {
      says: 'understands a minimum of 136 years, refuses and forgets it',
      sent: sent('REGISTER', 'Expires: 600'),
      got: tooBrief('Min-Expires: 4294967295'),
      rule: '423#4',
      then: giveUp('intervalRefused', { limit: 'maxIntervalSeconds', value: 86_400, found: 4_294_967_295 }),
    },
    {
      says: 'is a 400 to a method without interval (§10.3 step 7)',
      sent: sent('INVITE'),
      got: tooBrief('Min-Expires: 3600'),
      rule: '423#5',
      then: giveUp('refused'),
    },
    {
      says: 'is a 400 to the removal of all bindings (§10.2.2)',
      sent: sent('REGISTER', 'Contact: *', 'Expires: 0'),
      got: tooBrief('Min-Expires: 3600'),
      rule: '423#5',
      then: giveUp('refused'),
    },
    {
      says: 'keeps the subscription that is being refreshed (RFC 6665 §4.1.2.2)',
      sent: sentInDialog('SUBSCRIBE', 'Expires: 600'),
      got: tooBrief('Min-Expires: 4000'),
      rule: '423#1',
      then: expires(4_000),
      learned: { minExpires: 4_000 },
    },
  ],
};
