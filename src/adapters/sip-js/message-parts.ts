// What a message of SIP.js is made of, and the same parts after a change: what is not changed stays SIP.js's own.
import type { Change } from '../../request/change.js';
import { tagOf, uriOf } from '../../sip/address.js';
import { parseCSeq } from '../../sip/cseq.js';
import { allHeaders, firstHeader, headerKey } from '../../sip/header-list.js';
import type { SipRequest } from '../../sip/message.js';
import { readTokenList } from '../../sip/token-list.js';
import { kindOfPart, type Inability } from './limitation.js';
import { uriLike } from './rewritten-uri.js';
import type { SipJsCore, SipJsMessage, SipJsMessageOptions, SipJsUri } from './stack.js';

export interface MessageParts {
  readonly method: string;
  readonly requestUri: SipJsUri;
  readonly from: SipJsUri;
  readonly to: SipJsUri;
  readonly options: SipJsMessageOptions;
  /** Rows that SIP.js would compose itself; here as they were decided, display names and parameters included. */
  readonly composed: { readonly [name: string]: string };
  readonly extraHeaders: readonly string[];
  readonly contentType: string;
  readonly body: string;
}

/** The parts of a message. @param request the same message as it is written, for what SIP.js keeps private. */
export function partsOf(message: SipJsMessage, { headers }: SipRequest): MessageParts {
  return {
    method: message.method,
    requestUri: message.ruri,
    from: message.fromURI,
    to: message.toURI,
    options: {
      callId: message.callId,
      cseq: message.cseq,
      fromTag: message.fromTag,
      routeSet: [...allHeaders(headers, 'Route')],
      // SIP.js writes its own row behind those of the application.
      optionTags: [...readTokenList(allHeaders(headers, 'Supported').slice(-1))],
      userAgentString: allHeaders(headers, 'User-Agent').at(-1) ?? '',
    },
    composed: Object.fromEntries(
      ['from', 'to', 'max-forwards'].map((name) => [name, firstHeader(headers, name) ?? '']),
    ),
    extraHeaders: message.extraHeaders,
    contentType: message.body?.contentType ?? '',
    body: message.body?.body ?? '',
  };
}

/** A message of these parts. Throws where SIP.js cannot write one. */
export function messageOf(core: SipJsCore, parts: MessageParts): SipJsMessage {
  const { method, requestUri, from, to, options, composed, extraHeaders, contentType, body } = parts;
  const content = body === '' ? undefined : { contentDisposition: 'session', contentType, content: body };
  const message = core.makeOutgoingRequestMessage(method, requestUri, from, to, options, [...extraHeaders], content);
  for (const [name, row] of Object.entries(composed)) message.setHeader(name, row);
  return message;
}

/** The parts after a change, or what SIP.js has no means for. */
export function withChange(parts: MessageParts, { what, after }: Change): MessageParts | Inability {
  const [value = ''] = after;
  const { options } = parts;
  switch (headerKey(what)) {
    // Each transaction of SIP.js makes its own Via, and its message counts its own body.
    case 'via':
    case 'content-length':
      return parts;
    case 'request-uri': {
      const requestUri = uriLike(parts.requestUri, value);
      return requestUri === undefined ? noSuchUri(what) : { ...parts, requestUri };
    }
    case 'body':
      return { ...parts, body: value };
    case 'content-type':
      return { ...parts, contentType: value };
    case 'cseq':
      return { ...parts, options: { ...options, cseq: parseCSeq(value)?.number ?? 0 } };
    case 'call-id':
      return { ...parts, options: { ...options, callId: value } };
    case 'from': {
      const from = uriLike(parts.from, uriOf(value));
      if (from === undefined) return noSuchUri(what);
      return { ...parts, from, options: { ...options, fromTag: tagOf(value) ?? '' }, composed: composedWith('from') };
    }
    case 'to': {
      const to = uriLike(parts.to, uriOf(value));
      return to === undefined ? noSuchUri(what) : { ...parts, to, composed: composedWith('to') };
    }
    case 'max-forwards':
      return { ...parts, composed: composedWith('max-forwards') };
    case 'route':
      return { ...parts, options: { ...options, routeSet: [...after] } };
    case 'supported':
      return { ...parts, options: { ...options, optionTags: [...readTokenList(after)] }, extraHeaders: rowsWith([]) };
    case 'user-agent':
      return { ...parts, options: { ...options, userAgentString: value }, extraHeaders: rowsWith([]) };
    default:
      return { ...parts, extraHeaders: rowsWith(after) };
  }

  function composedWith(name: string): MessageParts['composed'] {
    return { ...parts.composed, [name]: value };
  }

  function rowsWith(rows: readonly string[]): readonly string[] {
    const others = parts.extraHeaders.filter(
      (row) => headerKey(row.slice(0, row.indexOf(':')).trim()) !== headerKey(what),
    );
    return [...others, ...rows.map((row) => `${what}: ${row}`)];
  }
}

function noSuchUri(what: string): Inability {
  const because = 'SIP.js has SIP and SIPS URIs only, without passwords and without header fields.';
  return { kind: kindOfPart(what), what, because };
}
