// JsSIP 3.13.8: its parser, its digest, its request, in the order of its RequestSender.
import { createRequire } from 'node:module';
import { credentials } from '../messages.mjs';

const require = createRequire(import.meta.url);
const { parseMessage } = require('jssip/lib/Parser.js');
const DigestAuthentication = require('jssip/lib/DigestAuthentication.js');
const { OutgoingRequest } = require('jssip/lib/SIPMessage.js');
const URI = require('jssip/lib/URI.js');
const Utils = require('jssip/lib/Utils.js');

const alice = new URI('sip', credentials.username, 'example.com');
const ua = { configuration: { uri: alice, jssip_id: 'abcde', display_name: 'Alice' }, contact: {} };

export const jssip = {
  parse: (text) => parseMessage(text, ua),

  /** @param key a password, or an HA1 with its realm: what its configuration takes. */
  authenticator(key) {
    const sent = new OutgoingRequest(
      'REGISTER',
      new URI('sip', null, 'example.com'),
      ua,
      { to_uri: alice, call_id: '843817637684230@998sdasdh09', cseq: 1826, from_tag: '456248' },
      ['Contact: <sip:alice@192.0.2.10:5060;transport=udp>;expires=3600', 'Expires: 3600'],
    );
    sent.setHeader('via', 'SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK776asdhds');
    return (text) => {
      const response = parseMessage(text, ua);
      const challenge = response.parseHeader('www-authenticate');
      const digest = new DigestAuthentication({ username: credentials.username, realm: credentials.realm, ...key });
      if (!digest.authenticate(sent, challenge)) throw new Error('JsSIP refused the challenge');
      const request = sent.clone();
      request.cseq += 1;
      request.setHeader('cseq', `${request.cseq} REGISTER`);
      request.setHeader('authorization', digest.toString());
      request.setHeader(
        'via',
        `SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK${Math.floor(Math.random() * 10000000)}${Utils.newTag()}`,
      );
      return request.toString();
    };
  },
};
