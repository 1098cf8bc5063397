// Messages as they stand on the wire, written from the few rows that a test is about.

/**
 * A request outside a dialog: `sent('REGISTER', 'Expires: 600')`, `sent('INVITE tel:+4930123')`. Rows after an empty
 * one are the body.
 */
export function sent(start: string, ...rows: readonly string[]): string {
  return requestText(start, '<sip:bob@example.com>', rows);
}

/** A request inside a dialog: its To has a tag (RFC 3261 §12.2.1.1). */
export function sentInDialog(start: string, ...rows: readonly string[]): string {
  return requestText(start, '<sip:bob@example.com>;tag=8321234356', rows);
}

/** A response: `got('423 Interval Too Brief', 'Min-Expires: 3600')`. */
export function got(status: string, ...rows: readonly string[]): string {
  return withBody(
    [
      `SIP/2.0 ${status}`,
      'Via: SIP/2.0/UDP client.example.com:5060;branch=z9hG4bK776asdhds',
      'From: Alice <sip:alice@example.com>;tag=1928301774',
      'To: <sip:bob@example.com>;tag=a6c85cf',
      'Call-ID: a84b4c76e66710@client.example.com',
    ],
    rows,
  );
}

/** A description of media, with the header field that says so. */
export const sdp: readonly string[] = ['Content-Type: application/sdp', '', 'v=0', 'm=audio 49172 RTP/AVP 0'];

/** A Digest challenge as RFC 3261 §20.44 writes it. */
export function digest(realm: string, nonce: string, more = ''): string {
  return `Digest realm="${realm}", nonce="${nonce}", qop="auth", algorithm=MD5${more}`;
}

function requestText(start: string, to: string, rows: readonly string[]): string {
  const [method = '', uri = 'sip:bob@example.com'] = start.split(' ');
  const usual = [
    `${method} ${uri} SIP/2.0`,
    'Via: SIP/2.0/UDP client.example.com:5060;branch=z9hG4bK776asdhds',
    'From: Alice <sip:alice@example.com>;tag=1928301774',
    `To: ${to}`,
    'Call-ID: a84b4c76e66710@client.example.com',
    `CSeq: 314159 ${method}`,
    ...(has(rows, 'Max-Forwards') ? [] : ['Max-Forwards: 70']),
    ...(has(rows, 'Contact') || !CARRIES_CONTACT.has(method) ? [] : ['Contact: <sip:alice@client.example.com>']),
  ];
  return withBody(usual, rows);
}

const CARRIES_CONTACT: ReadonlySet<string> = new Set(['INVITE', 'REGISTER', 'SUBSCRIBE', 'UPDATE', 'REFER']);

function has(rows: readonly string[], name: string): boolean {
  return rows.some((row) => row.startsWith(`${name}:`));
}

function withBody(usual: readonly string[], rows: readonly string[]): string {
  const end = rows.indexOf('');
  const headers = end < 0 ? rows : rows.slice(0, end);
  const body = end < 0 ? '' : `${rows.slice(end + 1).join('\r\n')}\r\n`;
  return [...usual, ...headers, `Content-Length: ${new TextEncoder().encode(body).length}`, '', body].join('\r\n');
}
