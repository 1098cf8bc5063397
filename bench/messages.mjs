// The inputs of all benchmarks: the same texts for everyone, in as many variants as a cache must not be able to learn.

export const credentials = { username: 'alice', password: 'correct horse battery staple', realm: 'example.com' };

/** How many variants of a message there are: each has nonces, tags and branches of its own, as it has in real life. */
export const VARIANTS = 256;

const lines = (...rows) => rows.join('\r\n');

/** A REGISTER as a softphone sends it for the first time. */
export const registerText = lines(
  'REGISTER sip:example.com SIP/2.0',
  'Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds;rport',
  'Max-Forwards: 70',
  'To: Alice <sip:alice@example.com>',
  'From: Alice <sip:alice@example.com>;tag=456248',
  'Call-ID: 843817637684230@998sdasdh09',
  'CSeq: 1826 REGISTER',
  'Contact: <sip:alice@192.0.2.10:5060;transport=udp>;expires=3600',
  'Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY, MESSAGE, SUBSCRIBE, INFO, UPDATE',
  'Supported: path, gruu, outbound',
  'User-Agent: softphone/1.0',
  'Expires: 3600',
  'Content-Length: 0',
  '',
  '',
);

/** The 401 to it, of about 600 octets; the nonce is as long as those of the usual registrars. */
export function unauthorizedText(variant) {
  const tag = hex(variant, 8);
  return lines(
    'SIP/2.0 401 Unauthorized',
    'Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds;rport=5060;received=192.0.2.10',
    `To: Alice <sip:alice@example.com>;tag=${tag}`,
    'From: Alice <sip:alice@example.com>;tag=456248',
    'Call-ID: 843817637684230@998sdasdh09',
    'CSeq: 1826 REGISTER',
    `WWW-Authenticate: Digest realm="${credentials.realm}", nonce="${nonceOf(variant)}", opaque="5ccc069c403ebaf9f0171e9517f40e41", algorithm=MD5, qop="auth"`,
    'Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY, MESSAGE',
    'Date: Thu, 21 Feb 2002 13:02:03 GMT',
    'Server: registrar (4.2.1 (x86_64/linux))',
    'Content-Length: 0',
    '',
    '',
  );
}

/** The nonce of a variant. */
export function nonceOf(variant) {
  return `${hex(variant * 2654435761, 8)}b7102dd2f0e8b11d0f600bfb0c09${hex(variant, 4)}`;
}

const sdp = lines(
  'v=0',
  'o=alice 2890844526 2890844526 IN IP4 192.0.2.10',
  's=-',
  'c=IN IP4 192.0.2.10',
  't=0 0',
  'm=audio 49172 RTP/AVP 96 97 98 0 8 18 101',
  'a=rtpmap:96 opus/48000/2',
  'a=fmtp:96 useinbandfec=1;maxaveragebitrate=30000',
  'a=rtpmap:97 speex/16000',
  'a=rtpmap:98 speex/8000',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:18 G729/8000',
  'a=fmtp:18 annexb=no',
  'a=rtpmap:101 telephone-event/8000',
  'a=fmtp:101 0-16',
  'a=rtcp:49173 IN IP4 192.0.2.10',
  'a=ptime:20',
  'a=sendrecv',
  'm=video 51372 RTP/AVP 99 100',
  'a=rtpmap:99 H264/90000',
  'a=fmtp:99 profile-level-id=42e01f;packetization-mode=1',
  'a=rtpmap:100 VP8/90000',
  'a=sendrecv',
  '',
);

/** An INVITE of about 2 kB: three Vias, two Record-Routes and an offer of sound and picture. */
export function inviteText(variant) {
  const branch = hex(variant, 8);
  return lines(
    'INVITE sip:bob@biloxi.example.com SIP/2.0',
    `Via: SIP/2.0/UDP bigbox3.site3.atlanta.example.com:5060;branch=z9hG4bK77ef4c23${branch}`,
    `Via: SIP/2.0/TCP pc33.atlanta.example.com;branch=z9hG4bKnashds8${branch};received=192.0.2.1`,
    `Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK2d4790${branch};rport=5060`,
    'Record-Route: <sip:p2.atlanta.example.com;lr>',
    'Record-Route: <sip:p1.atlanta.example.com;lr;ftag=1928301774>',
    'Max-Forwards: 67',
    'To: "Bob Baxter" <sip:bob@biloxi.example.com>',
    'From: "Alice Atlanta" <sip:alice@atlanta.example.com>;tag=1928301774',
    `Call-ID: a84b4c76e66710${branch}@pc33.atlanta.example.com`,
    'CSeq: 314159 INVITE',
    'Contact: <sip:alice@pc33.atlanta.example.com:5060;transport=tcp>;+sip.instance="<urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF>"',
    'Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY, MESSAGE, SUBSCRIBE, INFO, UPDATE, PRACK',
    'Supported: timer, replaces, outbound, 100rel',
    'Session-Expires: 1800;refresher=uac',
    'Min-SE: 90',
    'Accept: application/sdp, application/dtmf-relay, text/plain',
    'User-Agent: softphone/1.0',
    'P-Asserted-Identity: "Alice Atlanta" <sip:alice@atlanta.example.com>',
    'Subject: quarterly figures',
    'Organization: Atlanta Widgets',
    'Privacy: none',
    'Accept-Contact: *;audio;require',
    'History-Info: <sip:bob@biloxi.example.com>;index=1, <sip:bob@192.0.2.4>;index=1.1',
    'Alert-Info: <http://www.example.com/sounds/moo.wav>',
    'Date: Thu, 21 Feb 2002 13:02:03 GMT',
    'Content-Type: application/sdp',
    `Content-Length: ${sdp.length}`,
    '',
    sdp,
  );
}

function hex(number, digits) {
  return (number >>> 0).toString(16).padStart(digits, '0').slice(-digits);
}
