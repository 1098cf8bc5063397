// Twelve outcomes as a phone meets them: pairs of request and response, read once into the facts of a decision.
import { factsOf } from '../src/policy/facts-of.ts';
import { emptyHistory } from '../src/policy/history.ts';
import { readMessage } from '../src/sip/read-message.ts';
import { inviteText, nonceOf, registerText, unauthorizedText } from './messages.mjs';
import { requestOf } from './ours.mjs';

const register = requestOf(registerText);
const invite = requestOf(inviteText(1));
const reinvite = withRow(withoutRow(invite, 'To'), 'To', 'Bob <sip:bob@biloxi.example.com>;tag=8321234356');
const dialled = { ...invite, uri: 'sip:+4930123@biloxi.example.com' };
const brief = withRow(withoutRow(withoutRow(register, 'Expires'), 'Contact'), 'Expires', '60');

const client = {
  credentials: [{ realm: 'example.com' }],
  servers: ['sip:192.0.2.20', 'sip:192.0.2.21'],
  supported: ['timer', 'replaces', '100rel', 'path', 'outbound'],
};
const homeless = { credentials: [{ realm: 'example.com' }] };

const refused = {
  ...emptyHistory,
  attempts: 2,
  taken: { authenticate: 1 },
  answered: [{ kind: 'user', realm: 'example.com', nonces: [nonceOf(1)], rounds: 1, stale: 0, accepted: false }],
};

/** The facts of the twelve outcomes. */
export const outcomes = [
  outcome(register, unauthorizedText(2), client),
  outcome(register, unauthorizedText(2), client, refused),
  outcome(
    invite,
    answer(407, 'Proxy-Authenticate: Digest realm="example.com", nonce="f84f1cec41e6", algorithm=MD5, qop="auth"'),
    client,
  ),
  outcome(brief, answer(423, 'Min-Expires: 1800'), client),
  outcome(invite, answer(486, 'Retry-After: 120'), client),
  outcome(invite, answer(480), client),
  outcome(invite, answer(404), client),
  outcome(dialled, answer(484), client),
  outcome(invite, answer(503), client),
  outcome(invite, answer(302, 'Contact: <sip:bob@192.0.2.4>;q=0.5, <sip:bob@192.0.2.5>'), client),
  outcome(reinvite, answer(491), { ...client, ownsCallId: true }),
  outcome(register, answer(500), homeless),
];

function outcome(request, text, forClient, history = emptyHistory) {
  const read = readMessage(text);
  if (read.kind !== 'response') throw new Error(`The text is no response: ${text}`);
  return factsOf(request, read.response, { ...history, targetsTried: [request.uri] }, { client: forClient });
}

function answer(status, ...rows) {
  return [
    `SIP/2.0 ${status} Whatever`,
    'Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK2d4790;rport=5060',
    'To: Bob <sip:bob@biloxi.example.com>;tag=8321234356',
    'From: Alice <sip:alice@atlanta.example.com>;tag=1928301774',
    'Call-ID: a84b4c76e66710@pc33.atlanta.example.com',
    'CSeq: 314159 INVITE',
    ...rows,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

function withRow(request, name, value) {
  return { ...request, headers: [...request.headers, [name, value]] };
}

function withoutRow(request, name) {
  return { ...request, headers: request.headers.filter(([written]) => written !== name) };
}
