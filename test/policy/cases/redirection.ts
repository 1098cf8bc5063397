// 3xx: the called party is somewhere else.
import { type Case, type Cases, giveUp } from './case.js';
import { got, sent, sentInDialog } from './message-text.js';

const HERE = 'sip:bob@example.com';
const THERE = 'sip:bob@there.example';
const ELSEWHERE = 'sip:bob@elsewhere.example';
const follow = (uri: string) => ({ type: 'tryOtherTarget', uri, as: 'requestUri' }) as const;
const nowhere = giveUp('noTargetLeft');

const choosing = (status: string, key: string): readonly Case[] => [
  {
    says: 'lets the person choose, best q first (§21.3.1)',
    sent: sent('INVITE'),
    got: got(status, `Contact: <${THERE}>;q=0.5, <${ELSEWHERE}>;q=0.9`),
    rule: `${key}#1`,
    then: { type: 'chooseTarget', choices: [ELSEWHERE, THERE] },
  },
  {
    says: 'gives up where no address is named (§8.1.3.4)',
    sent: sent('INVITE'),
    got: got(status),
    rule: `${key}#3`,
    then: nowhere,
  },
  {
    says: 'never offers an address that was tried, nor one that leaves SIPS (§8.1.3.4)',
    sent: sent('INVITE sips:bob@example.com'),
    got: got(status, `Contact: <sips:bob@there.example>, <${ELSEWHERE}>, <sips:bob@EXAMPLE.com>`),
    history: { targetsTried: ['sips:bob@example.com', 'sips:bob@there.example'] },
    rule: `${key}#3`,
    then: nowhere,
  },
];

const following = (status: string, learns: boolean): readonly Case[] => [
  {
    says: 'follows the best address without its headers part (§8.1.3.4, §19.1.5)',
    sent: sent('INVITE'),
    got: got(status, `Contact: <${ELSEWHERE}>;q=0.1, "B" <${THERE}?Route=%3Csip:evil.example%3E>`),
    rule: `${status.slice(0, 3)}#1`,
    then: follow(THERE),
    ...(learns ? { learned: { movedTo: THERE } } : {}),
  },
  {
    says: 'leaves out addresses of another scheme, method or extension (§19.1.5)',
    sent: sent('INVITE'),
    got: got(
      status,
      `Contact: <mailto:bob@example.com>, *, <${ELSEWHERE};method=BYE>, <${ELSEWHERE}?Require=foo>, <${THERE}>;q=0.1`,
    ),
    rule: `${status.slice(0, 3)}#1`,
    then: follow(THERE),
    ...(learns ? { learned: { movedTo: THERE } } : {}),
  },
  {
    says: 'is not sent back to where it came from, however that is written (§8.1.3.4, §19.1.4)',
    sent: sent('INVITE'),
    got: got(status, 'Contact: <sip:bob@EXAMPLE.com>'),
    rule: `${status.slice(0, 3)}#2`,
    then: nowhere,
    ...(learns ? { learned: { movedTo: 'sip:bob@EXAMPLE.com' } } : {}),
  },
  {
    says: 'goes on with the targets of an earlier redirection (§8.1.3.4)',
    sent: sent(`INVITE ${THERE}`),
    got: got(status),
    history: { targetsTried: [HERE, THERE], targetsLeft: [THERE, ELSEWHERE], taken: { tryOtherTarget: 1 } },
    rule: `${status.slice(0, 3)}#1`,
    then: follow(ELSEWHERE),
  },
  {
    says: 'ends in a circle of two addresses (§8.1.3.4)',
    sent: sent(`INVITE ${THERE}`),
    got: got(status, `Contact: <${HERE}>`),
    history: { targetsTried: [HERE, THERE], taken: { tryOtherTarget: 1 } },
    rule: `${status.slice(0, 3)}#2`,
    then: nowhere,
    ...(learns ? { learned: { movedTo: HERE } } : {}),
  },
  {
    says: 'follows no more than the limit on redirections',
    sent: sent('INVITE'),
    got: got(status, `Contact: <${THERE}>`),
    history: { taken: { tryOtherTarget: 10 } },
    limits: { maxAttempts: 20 },
    rule: `${status.slice(0, 3)}#1`,
    then: giveUp('attemptsExhausted', { wanted: 'tryOtherTarget', limit: 'maxRedirects', value: 10 }),
    ...(learns ? { learned: { movedTo: THERE } } : {}),
  },
];

export const redirection: Cases = {
  300: choosing('300 Multiple Choices', '300'),
  301: following('301 Moved Permanently', true),
  302: [
    ...following('302 Moved Temporarily', false),
    {
      says: 'leaves a call as it was where the redirection leads nowhere (§14.1)',
      sent: sentInDialog('INVITE'),
      got: got('302 Moved Temporarily'),
      rule: '302#2',
      then: nowhere,
    },
    {
      says: 'makes nothing of a redirected BYE: the call is over (§15.1.1)',
      sent: sentInDialog('BYE'),
      got: got('302 Moved Temporarily', `Contact: <${THERE}>`),
      rule: '302#1',
      then: giveUp('usageEnded', { wanted: 'tryOtherTarget' }),
      impact: 'usage',
    },
  ],
  305: [
    {
      says: 'goes through the proxy that Contact names, the Request-URI unchanged (§21.3.4)',
      sent: sent('INVITE'),
      got: got('305 Use Proxy', 'Contact: <sip:proxy.example.com;lr>'),
      rule: '305#1',
      then: { type: 'tryOtherTarget', uri: 'sip:proxy.example.com;lr', as: 'route' },
    },
    {
      says: 'takes a target of an earlier redirection as Request-URI (§8.1.3.4)',
      sent: sent('INVITE'),
      got: got('305 Use Proxy'),
      history: { targetsLeft: [THERE] },
      rule: '305#1',
      then: follow(THERE),
    },
    {
      says: 'gives up where no proxy is named (§21.3.4)',
      sent: sent('INVITE'),
      got: got('305 Use Proxy'),
      rule: '305#2',
      then: nowhere,
    },
  ],
  380: [
    {
      says: 'cannot use alternative services, whose format nobody has defined (§21.3.5)',
      sent: sent('INVITE'),
      got: got('380 Alternative Service', `Contact: <${THERE}>`),
      rule: '380#2',
      then: giveUp('cannotCorrect'),
    },
    {
      says: 'goes on with the targets of an earlier redirection, not with its own (§8.1.3.4)',
      sent: sent(`INVITE ${HERE}`),
      got: got('380 Alternative Service', `Contact: <${THERE}>`),
      history: { targetsTried: [HERE], targetsLeft: [ELSEWHERE] },
      rule: '380#1',
      then: follow(ELSEWHERE),
    },
  ],
  '3xx': choosing('399 Odd', '3xx'),
};
