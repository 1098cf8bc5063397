// What a request offers its server in the topmost Via: to heed its overload control (RFC 7339 §4.1, §4.2).
import { allHeaders, replaceHeaders } from '../sip/header-list.js';
import type { SipRequest } from '../sip/message.js';
import { splitOutside } from '../sip/split-outside.js';

/** The request with these parameters, such as `;oc;oc-algo="loss,rate"`, behind those of its topmost Via. */
export function withOverloadOffer(request: SipRequest, parameters: string): SipRequest {
  const [first = '', ...others] = allHeaders(request.headers, 'Via');
  if (parameters === '' || first === '') return request;
  const [top = ''] = splitOutside(first, ',');
  // What a response brought, or another attempt offered, is not said again.
  const kept = splitOutside(top, ';').filter((param) => !/^\s*oc(?:-[a-z]+)?\s*(?:=|$)/i.test(param));
  const offering = kept.join(';').trimEnd() + parameters + first.slice(top.length);
  return { ...request, headers: replaceHeaders(request.headers, 'Via', [offering, ...others]) };
}
