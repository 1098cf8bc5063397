// What the answered request says: every header field that a rule of the table looks at.
import type { SipRequest } from '../sip/message.js';
import type { Client, RequestFacts } from './facts.js';
import { collectRequestRows, RequestReader } from './request-reader.js';

/** All that the rules look at, read. */
export function readRequestFacts(request: SipRequest, client: Client): RequestFacts {
  const facts = new RequestReader(request, client, collectRequestRows(request.headers));
  return {
    method: facts.method,
    uri: facts.uri,
    scheme: facts.scheme,
    inDialog: facts.inDialog,
    cseq: facts.cseq,
    expires: facts.expires,
    removal: facts.removal,
    query: facts.query,
    sessionExpires: facts.sessionExpires,
    minSe: facts.minSe,
    require: facts.require,
    proxyRequire: facts.proxyRequire,
    supported: facts.supported,
    accept: facts.accept,
    bodyLength: facts.bodyLength,
    contentType: facts.contentType,
    contentEncoding: facts.contentEncoding,
    parts: facts.parts,
    maxForwards: facts.maxForwards,
    dialled: facts.dialled,
    conditional: facts.conditional,
    located: facts.located,
    signed: facts.signed,
    anonymous: facts.anonymous,
    resourcePriority: facts.resourcePriority,
    regId: facts.regId,
    push: facts.push,
    sipUri: facts.sipUri,
  };
}
