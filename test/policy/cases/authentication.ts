// 401, 407, 494: credentials and security agreements.
import type { AnsweredRealm, History } from '../../../src/policy/history.js';
import type { Challenge } from '../../../src/sip/challenge.js';
import { type Case, type Cases, giveUp } from './case.js';
import { digest, got, sent, sentInDialog } from './message-text.js';

type Kind = Challenge['kind'];
const field = (kind: Kind) => (kind === 'user' ? 'WWW-Authenticate' : 'Proxy-Authenticate');

const challenge = (kind: Kind, realm: string, nonce: string, stale = false): Challenge => ({
  kind,
  scheme: 'Digest',
  realm,
  nonce,
  algorithm: 'MD5',
  qop: ['auth'],
  stale,
  userhash: false,
});

const answered = (kind: Kind, realm: string, more: Partial<AnsweredRealm> = {}): Partial<History> => ({
  attempts: 2,
  answered: [{ kind, realm, nonces: ['n0'], rounds: 1, stale: 0, accepted: false, ...more }],
});

const challenged = (status: string, kind: Kind, other: Kind): readonly Case[] => {
  const code = status.slice(0, 3);
  const proxyRealms = (...realms: readonly string[]) => ({ learned: { proxyRealms: realms } });
  const learned = kind === 'proxy' ? proxyRealms('a.example') : {};
  const reply = (...rows: readonly string[]) => got(status, ...rows);
  return [
    {
      says: 'answers the challenge (§22.2, §22.3)',
      sent: sent('REGISTER'),
      got: reply(`${field(kind)}: ${digest('a.example', 'n1')}`),
      rule: `${code}#2`,
      then: { type: 'authenticate', challenges: [challenge(kind, 'a.example', 'n1')] },
      ...learned,
    },
    {
      says: 'answers by the header field, whatever the code (RFC 3261 Table 3)',
      sent: sent('INVITE'),
      got: reply(`${field(other)}: ${digest('a.example', 'n1')}`),
      rule: `${code}#2`,
      then: { type: 'authenticate', challenges: [challenge(other, 'a.example', 'n1')] },
      ...(other === 'proxy' ? proxyRealms('a.example') : {}),
    },
    {
      says: 'answers every realm that credentials exist for, and leaves the others (§22.3)',
      sent: sent('INVITE'),
      got: reply(
        `${field(kind)}: ${digest('a.example', 'n1')}`,
        `${field(kind)}: ${digest('b.example', 'n2')}`,
        `${field(kind)}: ${digest('c.example', 'n3')}`,
      ),
      client: { credentials: [{ realm: 'a.example' }, { realm: 'c.example' }] },
      rule: `${code}#2`,
      then: {
        type: 'authenticate',
        challenges: [challenge(kind, 'a.example', 'n1'), challenge(kind, 'c.example', 'n3')],
      },
      ...(kind === 'proxy' ? proxyRealms('a.example', 'b.example', 'c.example') : {}),
    },
    {
      says: 'adds the credentials of another realm (RFC 3665 §3.3)',
      sent: sent('INVITE'),
      got: reply(`${field(kind)}: ${digest('a.example', 'n1')}`),
      history: answered(kind, 'b.example'),
      rule: `${code}#2`,
      then: { type: 'authenticate', challenges: [challenge(kind, 'a.example', 'n1')] },
      ...learned,
    },
    {
      says: 'stops when the credentials just sent are refused (§22.1)',
      sent: sent('INVITE'),
      got: reply(`${field(kind)}: ${digest('a.example', 'n1')}`, `${field(kind)}: ${digest('b.example', 'n2')}`),
      history: answered(kind, 'a.example'),
      rule: `${code}#1`,
      then: giveUp('credentialsRejected', { named: ['a.example'] }),
      ...(kind === 'proxy' ? proxyRealms('a.example', 'b.example') : {}),
    },
    {
      says: 'stops where an earlier request had these credentials refused (§22.1)',
      sent: sent('REGISTER'),
      got: reply(`${field(kind)}: ${digest('a.example', 'n1')}`),
      client: { rejectedRealms: [{ kind, realm: 'a.example' }] },
      rule: `${code}#1`,
      then: giveUp('credentialsRejected', { named: ['a.example'] }),
      ...learned,
    },
    {
      says: 'answers a nonce that went stale (RFC 7616 §3.3)',
      sent: sent('INVITE'),
      got: reply(`${field(kind)}: ${digest('a.example', 'n1', ', stale=TRUE')}`),
      history: answered(kind, 'a.example'),
      rule: `${code}#2`,
      then: { type: 'authenticate', challenges: [challenge(kind, 'a.example', 'n1', true)] },
      ...learned,
    },
    {
      says: 'takes stale=true for the nonce that was just used as a refusal (RFC 7616 §3.3)',
      sent: sent('INVITE'),
      got: reply(`${field(kind)}: ${digest('a.example', 'n0', ', stale=true')}`),
      history: answered(kind, 'a.example'),
      rule: `${code}#1`,
      then: giveUp('credentialsRejected', { named: ['a.example'] }),
      ...learned,
    },
    {
      says: 'answers stale nonces no more often than the limit allows',
      sent: sent('INVITE'),
      got: reply(`${field(kind)}: ${digest('a.example', 'n1', ', stale=true')}`),
      history: answered(kind, 'a.example', { stale: 3 }),
      rule: `${code}#2`,
      then: giveUp('attemptsExhausted', { wanted: 'authenticate', limit: 'maxStale', value: 3 }),
      ...learned,
    },
    {
      says: 'gives up where no credentials exist, and names the realm (§22.1)',
      sent: sent('INVITE'),
      got: reply(`${field(kind)}: ${digest('a.example', 'n1')}`),
      client: { credentials: [{ realm: 'b.example' }] },
      rule: `${code}#4`,
      then: giveUp('noCredentials', { named: ['a.example'] }),
      ...learned,
    },
    {
      says: 'never answers Basic (RFC 8760 §2.6)',
      sent: sent('INVITE'),
      got: reply(`${field(kind)}: Basic realm="a.example"`),
      rule: `${code}#5`,
      then: giveUp('noUsableChallenge'),
    },
    {
      says: 'has nothing to answer without a challenge (§22.2, §22.3)',
      sent: sent('INVITE'),
      got: reply(),
      rule: `${code}#6`,
      then: giveUp('malformedResponse'),
    },
    {
      says: 'answers for a BYE, so that the peer hangs up (§15.1.1)',
      sent: sentInDialog('BYE'),
      got: reply(`${field(kind)}: ${digest('a.example', 'n1')}`),
      rule: `${code}#2`,
      then: { type: 'authenticate', challenges: [challenge(kind, 'a.example', 'n1')] },
      ...learned,
    },
    {
      says: 'knows that the call is over when a BYE cannot be answered for (§15.1.1)',
      sent: sentInDialog('BYE'),
      got: reply(`${field(kind)}: ${digest('a.example', 'n1')}`),
      client: { credentials: [] },
      rule: `${code}#4`,
      then: giveUp('noCredentials', { named: ['a.example'] }),
      impact: 'usage',
      ...learned,
    },
    {
      says: 'keeps the call and the subscription that it comes in (RFC 5057 §5.1, RFC 6665 §4.1.2.2)',
      sent: sentInDialog('SUBSCRIBE'),
      got: reply(),
      rule: `${code}#6`,
      then: giveUp('malformedResponse'),
    },
    {
      says: 'ignores it for a CANCEL, which nobody may challenge (§22.1)',
      sent: sentInDialog('CANCEL'),
      got: reply(`${field(kind)}: ${digest('a.example', 'n1')}`),
      rule: `${code}#2`,
      then: giveUp('notRetriable', { wanted: 'authenticate' }),
      ...learned,
    },
  ];
};

const list = 'Security-Server: tls;q=0.2, digest;d-alg=MD5;q=0.1';

export const authentication: Cases = {
  401: challenged('401 Unauthorized', 'user', 'proxy'),
  407: challenged('407 Proxy Authentication Required', 'proxy', 'user'),
  494: [
    {
      says: 'chooses the mechanism that the server prefers and mirrors the list (RFC 3329 §2.3.1)',
      sent: sent('REGISTER'),
      got: got(
        '494 Security Agreement Required',
        'Security-Server: digest;d-alg=MD5;q=0.1',
        'Security-Server: tls;q=0.2',
      ),
      rule: '494#2',
      then: {
        type: 'agreeSecurity',
        mechanisms: ['digest;d-alg=MD5;q=0.1', 'tls;q=0.2'],
        chosen: 'tls',
        challenges: [],
      },
    },
    {
      says: 'answers the challenge along with digest (RFC 3329 §2.3.1)',
      sent: sent('INVITE'),
      got: got(
        '494 Security Agreement Required',
        'Security-Server: ipsec-ike;q=0.9, digest;d-alg=MD5;q=0.1',
        `Proxy-Authenticate: ${digest('a.example', 'n1')}`,
      ),
      rule: '494#2',
      then: {
        type: 'agreeSecurity',
        mechanisms: ['ipsec-ike;q=0.9', 'digest;d-alg=MD5;q=0.1'],
        chosen: 'digest',
        challenges: [{ ...challenge('proxy', 'a.example', 'n1'), agreed: 'digest;d-alg=MD5;q=0.1' }],
      },
    },
    {
      says: 'agrees on nothing with credentials that were refused: the next request would carry them (§22.1)',
      sent: sent('INVITE'),
      got: got('494 Security Agreement Required', list, `Proxy-Authenticate: ${digest('a.example', 'n1')}`),
      history: answered('proxy', 'a.example'),
      rule: '494#2',
      then: giveUp('credentialsRejected', { wanted: 'agreeSecurity', named: ['a.example'] }),
    },
    {
      says: 'takes no agreement on digest without a challenge for one (RFC 3329 §2.3.1)',
      sent: sent('INVITE'),
      got: got('494 Security Agreement Required', 'Security-Server: digest;q=0.1'),
      rule: '494#7',
      then: giveUp('cannotCorrect'),
    },
    {
      says: 'stops when the credentials of the agreement are refused (§22.1)',
      sent: sent('INVITE'),
      got: got(
        '494 Security Agreement Required',
        'Security-Server: digest;q=0.1',
        `Proxy-Authenticate: ${digest('a.example', 'n1')}`,
      ),
      history: { ...answered('proxy', 'a.example'), securityServer: ['digest;q=0.1'] },
      rule: '494#3',
      then: giveUp('credentialsRejected', { named: ['a.example'] }),
    },
    {
      says: 'stops when the mirrored list is refused again (RFC 3329 §2.3.1)',
      sent: sent('INVITE'),
      got: got('494 Security Agreement Required', list),
      history: { attempts: 2, securityServer: ['tls;q=0.2', 'digest;d-alg=MD5;q=0.1'] },
      rule: '494#7',
      then: giveUp('cannotCorrect'),
    },
    {
      says: 'stops when the list has changed: somebody may be bidding down (RFC 3329 §3)',
      sent: sent('INVITE'),
      got: got(
        '494 Security Agreement Required',
        'Security-Server: digest;q=0.1',
        `Proxy-Authenticate: ${digest('a.example', 'n1')}`,
      ),
      history: { ...answered('proxy', 'a.example'), securityServer: ['tls;q=0.2', 'digest;q=0.1'] },
      rule: '494#1',
      then: giveUp('downgradeRefused'),
    },
    {
      says: 'agrees with stale nonces no more often than the limit allows',
      sent: sent('INVITE'),
      got: got(
        '494 Security Agreement Required',
        'Security-Server: digest;q=0.1',
        `Proxy-Authenticate: ${digest('a.example', 'n1', ', stale=true')}`,
      ),
      history: answered('proxy', 'a.example', { stale: 3 }),
      rule: '494#2',
      then: giveUp('attemptsExhausted', { wanted: 'agreeSecurity', limit: 'maxStale', value: 3 }),
    },
    {
      says: 'cannot agree on what it does not implement (RFC 3329 §2.3.1)',
      sent: sent('INVITE'),
      got: got('494 Security Agreement Required', list),
      client: { securityMechanisms: ['ipsec-ike'] },
      rule: '494#7',
      then: giveUp('cannotCorrect'),
    },
    {
      says: 'cannot agree on what it does not implement, whatever challenge is there (RFC 3329 §2.3.1)',
      sent: sent('INVITE'),
      got: got(
        '494 Security Agreement Required',
        'Security-Server: ipsec-ike;q=0.1',
        `Proxy-Authenticate: ${digest('a.example', 'n1')}`,
      ),
      rule: '494#5',
      then: giveUp('cannotCorrect'),
    },
    {
      says: 'says that it is the challenge, where the only one is refused (RFC 8760 §2.4)',
      sent: sent('INVITE'),
      got: got(
        '494 Security Agreement Required',
        'Security-Server: digest;d-alg=SHA-256;q=0.1',
        `Proxy-Authenticate: ${digest('a.example', 'n1')}`,
      ),
      client: { refuseMd5: true },
      rule: '494#6',
      then: giveUp('noUsableChallenge'),
    },
  ],
};
