// A URI of SIP.js with the parts of another one: the adapter has no constructor of SIP.js's to call.
import { parseUri } from '../../sip/uri.js';
import type { SipJsUri } from './stack.js';

/** A copy of the URI that says `text`; undefined where SIP.js has no room for it: another scheme, a password. */
export function uriLike(uri: SipJsUri, text: string): SipJsUri | undefined {
  const wanted = parseUri(text);
  if (wanted === undefined || !/^sips?$/.test(wanted.scheme) || wanted.password !== undefined) return undefined;
  if (wanted.headers !== undefined) return undefined;
  const copy = uri.clone();
  copy.scheme = wanted.scheme;
  copy.user = wanted.user;
  copy.host = wanted.host;
  copy.port = wanted.port;
  copy.clearHeaders();
  copy.clearParams();
  for (const [name, value] of wanted.params) copy.setParam(name, value);
  return copy;
}
