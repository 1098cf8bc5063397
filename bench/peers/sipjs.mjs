// SIP.js 0.21.2: its parser, its digest, its request, in the order of its UserAgentClient.
import { LoggerFactory } from 'sip.js/lib/core/log/logger-factory.js';
import { DigestAuthentication } from 'sip.js/lib/core/messages/digest-authentication.js';
import { OutgoingRequestMessage } from 'sip.js/lib/core/messages/outgoing-request-message.js';
import { Parser } from 'sip.js/lib/core/messages/parser.js';
import { createRandomToken } from 'sip.js/lib/core/messages/utils.js';
import { URI } from 'sip.js/lib/grammar/uri.js';
import { credentials } from '../messages.mjs';

const loggers = new LoggerFactory();
loggers.builtinEnabled = false;
const logger = loggers.getLogger('sip.parser');

export const sipjs = {
  parse: (text) => Parser.parseMessage(text, logger),

  /** @param key a password, or an HA1. */
  authenticator({ password, ha1 }) {
    const alice = new URI('sip', credentials.username, 'example.com');
    const request = new OutgoingRequestMessage(
      'REGISTER',
      new URI('sip', '', 'example.com'),
      alice,
      alice,
      {
        callId: '843817637684230@998sdasdh09',
        cseq: 1826,
        fromTag: '456248',
        fromDisplayName: 'Alice',
        toDisplayName: 'Alice',
        viaHost: '192.0.2.10:5060',
        optionTags: ['path', 'gruu', 'outbound'],
      },
      [
        'Contact: <sip:alice@192.0.2.10:5060;transport=udp>;expires=3600',
        'Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY, MESSAGE, SUBSCRIBE, INFO, UPDATE',
        'Expires: 3600',
      ],
    );
    return (text) => {
      const response = Parser.parseMessage(text, logger);
      const challenge = response.parseHeader('www-authenticate');
      const digest = new DigestAuthentication(loggers, ha1, credentials.username, password);
      if (!digest.authenticate(request, challenge)) throw new Error('SIP.js refused the challenge');
      request.cseq += 1;
      request.setHeader('cseq', `${request.cseq} ${request.method}`);
      request.setHeader('authorization', digest.toString());
      request.setViaHeader(`z9hG4bK${createRandomToken(7)}`, 'UDP');
      return request.toString();
    };
  },
};
