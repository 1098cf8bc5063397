// Authentication-Info and Proxy-Authentication-Info (RFC 3261 §20.6; RFC 7616 §3.5), and the header fields of ours that they answer.
import { readChallengeRow } from '../sip/challenge-row.js';
import { allHeaders } from '../sip/header-list.js';
import type { SipRequest, SipResponse } from '../sip/message.js';
import type { WrittenParams } from '../sip/written-params.js';

/** Parameters by name in lower case; values as received inside their quotes. */
export type DigestParams = Pick<WrittenParams, 'get'>;

/** What a server said of the credentials of one kind in its 2xx, and with which of them it was about. */
export interface AnsweredAuthorization {
  readonly kind: 'user' | 'proxy';
  readonly info: DigestParams;
  /** The parameters of our header field; `undefined` when `info` names a cnonce that is not ours. */
  readonly sent: DigestParams | undefined;
}

/** Pairs each (Proxy-)Authentication-Info of a 2xx with the (Proxy-)Authorization of the request that it answers. */
export function readAuthenticationInfo(response: SipResponse, request: SipRequest): readonly AnsweredAuthorization[] {
  // Table 2 of RFC 3261 §20 has Authentication-Info in 2xx only.
  if (response.status < 200 || response.status > 299) return [];
  return (['user', 'proxy'] as const).flatMap((kind) => {
    const prefix = kind === 'user' ? '' : 'Proxy-';
    const sent = paramsOf(allHeaders(request.headers, `${prefix}Authorization`));
    const infos = paramsOf(allHeaders(response.headers, `${prefix}Authentication-Info`));
    return infos.map((info) => ({ kind, info, sent: sentFor(info, sent) }));
  });
}

function paramsOf(rows: readonly string[]): readonly DigestParams[] {
  return rows.flatMap((row) => readChallengeRow(row).map(({ params }) => params));
}

function sentFor(info: DigestParams, sent: readonly DigestParams[]): DigestParams | undefined {
  const cnonce = info.get('cnonce');
  return cnonce === undefined ? sent[0] : sent.find((params) => params.get('cnonce') === cnonce);
}
