// sip 0.0.6: its parser, its digest module, its serialiser, in the order its documentation shows.
import { createRequire } from 'node:module';
import { credentials, registerText } from '../messages.mjs';

const require = createRequire(import.meta.url);
const sipModule = require('sip/sip.js');
const digest = require('sip/digest.js');

export const sip = {
  parse: (text) => sipModule.parse(text),

  /** @param key a password, or an HA1 under the name `hash`. */
  authenticator({ password, ha1 }) {
    const key = { user: credentials.username, realm: credentials.realm, password, hash: ha1 };
    const sent = sipModule.parse(registerText);
    return (text) => {
      const response = sipModule.parse(text);
      const request = sipModule.copyMessage(sent);
      request.headers.cseq = { method: 'REGISTER', seq: sent.headers.cseq.seq + 1 };
      request.headers.via = [
        { ...sent.headers.via[0], params: { branch: `z9hG4bK${Math.floor(Math.random() * 1e6)}`, rport: null } },
      ];
      digest.signRequest({}, request, response, key);
      return sipModule.stringify(request);
    };
  },
};
