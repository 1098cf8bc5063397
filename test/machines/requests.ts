// The requests and the challenge that the tests of the charts begin with.
import type { Header, SipRequest } from '../../src/sip/message.js';

export const register: SipRequest = {
  method: 'REGISTER',
  uri: 'sip:example.com',
  headers: [
    ['Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKone'],
    ['Max-Forwards', '70'],
    ['From', '<sip:alice@example.com>;tag=a1'],
    ['To', '<sip:alice@example.com>'],
    ['Call-ID', 'call-1@192.0.2.1'],
    ['CSeq', '1 REGISTER'],
    ['Contact', '<sip:alice@192.0.2.1>'],
    ['Expires', '600'],
    ['Content-Length', '0'],
  ],
  body: '',
};

export const invite: SipRequest = {
  method: 'INVITE',
  uri: 'sip:bob@example.com',
  headers: [
    ['Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKtwo'],
    ['Max-Forwards', '70'],
    ['From', '<sip:alice@example.com>;tag=a2'],
    ['To', '<sip:bob@example.com>'],
    ['Call-ID', 'call-2@192.0.2.1'],
    ['CSeq', '1 INVITE'],
    ['Contact', '<sip:alice@192.0.2.1>'],
    ['Content-Type', 'application/sdp'],
    ['Content-Length', '4'],
  ],
  body: 'v=0\n',
};

export const challenge: Header = ['WWW-Authenticate', 'Digest realm="example.com", nonce="n1", qop="auth"'];
