// Messages for the tests of the command line.

/** A message with CRLF line ends, of header lines and a body. */
export function message(startLine: string, headers: readonly string[] = [], body = ''): string {
  return [startLine, ...headers, `Content-Length: ${new TextEncoder().encode(body).length}`, '', body].join('\r\n');
}

const common = (method: string, cseq = 1): readonly string[] => [
  'Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKfirst',
  'Max-Forwards: 70',
  'From: <sip:alice@example.com>;tag=a1',
  'To: <sip:bob@example.net>',
  'Call-ID: call-1@192.0.2.10',
  `CSeq: ${cseq} ${method}`,
];

export function request(method: string, uri: string, headers: readonly string[] = [], body = ''): string {
  return message(`${method} ${uri} SIP/2.0`, [...common(method), ...headers], body);
}

export const register = request('REGISTER', 'sip:registrar.example.com', [
  'Contact: <sip:alice@192.0.2.10>',
  'Expires: 300',
]);

export const sdp = 'v=0\r\no=alice 1 1 IN IP4 192.0.2.10\r\ns=-\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\n';

export const invite = request(
  'INVITE',
  'sip:+1212555@example.net',
  ['Contact: <sip:alice@192.0.2.10>', 'Content-Type: application/sdp'],
  sdp,
);

export function response(status: number, headers: readonly string[] = [], body = ''): string {
  return message(`SIP/2.0 ${status} Whatever`, headers, body);
}

export const challenge = (realm: string, nonce = 'n1', more = ''): string =>
  `WWW-Authenticate: Digest realm="${realm}", nonce="${nonce}", qop="auth"${more}`;

export const unauthorized = response(401, [challenge('example.com')]);
export const tooBrief = response(423, ['Min-Expires: 1800']);
export const ok = response(200);
export const busy = response(486, ['Retry-After: 60']);

export const password = 'open-sesame-42';
export const credentials = JSON.stringify({ credentials: [{ username: 'alice', password }] });
