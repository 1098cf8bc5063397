// drachtio-srf 5.0.29: its message class and digest client. Via and Max-Forwards are written by its server, not timed here.
import { createRequire } from 'node:module';
import { credentials, registerText } from '../messages.mjs';

const require = createRequire(import.meta.url);
const DigestClient = require('drachtio-srf/lib/digest-client.js');
const SipMessage = require('drachtio-srf/lib/sip-parser/message.js');
const parser = require('drachtio-srf/lib/sip-parser/parser.js');

const headers = {
  To: 'Alice <sip:alice@example.com>',
  From: 'Alice <sip:alice@example.com>;tag=456248',
  CSeq: '1826 REGISTER',
  Contact: '<sip:alice@192.0.2.10:5060;transport=udp>;expires=3600',
  Allow: 'INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY, MESSAGE, SUBSCRIBE, INFO, UPDATE',
  Supported: 'path, gruu, outbound',
  'User-Agent': 'softphone/1.0',
  Expires: '3600',
};

export const drachtio = {
  parse: (text) => new SipMessage(text),
  /** With every header field taken apart, which its own code never does at once. */
  parseWhole: (text) => parser.parseSipMessage(text, false),

  /** A password only: it takes no HA1. */
  authenticator({ password }) {
    const sent = new SipMessage(registerText);
    const auth = { username: credentials.username, password };
    let written;
    const agent = {
      request(options) {
        written = new SipMessage(options).toString();
      },
    };
    return (text) => {
      // The caller's headers are written into, so each request needs its own.
      sent._originalParams = {
        options: { method: 'REGISTER', uri: 'sip:example.com', headers: { ...headers }, auth },
      };
      const response = new SipMessage(text);
      response.statusCode = response.status;
      response.req = sent;
      response.agent = agent;
      response.source_address = '192.0.2.1';
      response.source_port = 5060;
      new DigestClient(response).authenticate((failure) => {
        throw failure;
      });
      return written;
    };
  },
};
