// What comes in over a transport of SIP.js, heard before SIP.js hears it.
import { readCSeq } from '../../sip/cseq.js';
import type { SipResponse } from '../../sip/message.js';
import { readMessage } from '../../sip/read-message.js';
import { topVia } from '../../sip/via.js';
import type { SipJsMessage, SipJsTransport } from './stack.js';

/** A transaction of SIP.js that somebody waits for. */
export interface Awaited {
  /** As sent; SIP.js has written its branch into it. */
  readonly message: SipJsMessage;
  /** The sent-by of its Via. */
  readonly sentBy: string;
  /** A response of this transaction. @param pass gives it to SIP.js, which may throw. */
  hear(response: SipResponse, pass: () => void): void;
}

/**
 * Hears the responses of one transaction until the function that comes back is called. SIP.js drops what it cannot
 * parse, keeps one challenge of several, replaces a 408 of the network by one of its own, and throws at a status code
 * that is none; here they are whole. Nothing is kept from SIP.js.
 */
export function watchResponses(transport: SipJsTransport, awaited: Awaited): () => void {
  const watch = watches.get(transport) ?? watchOf(transport);
  watch.awaited.add(awaited);
  return () => {
    watch.awaited.delete(awaited);
    if (watch.awaited.size > 0 || transport.onMessage !== watch.onMessage) return;
    transport.onMessage = watch.before;
    watches.delete(transport);
  };
}

interface Watch {
  readonly awaited: Set<Awaited>;
  readonly before: SipJsTransport['onMessage'];
  readonly onMessage: (text: string) => void;
}

const watches = new WeakMap<SipJsTransport, Watch>();

function watchOf(transport: SipJsTransport): Watch {
  const awaited = new Set<Awaited>();
  const before = transport.onMessage;
  const onMessage = (text: string): void => receive(text, awaited, () => before?.call(transport, text));
  const watch = { awaited, before, onMessage };
  transport.onMessage = onMessage;
  watches.set(transport, watch);
  return watch;
}

function receive(text: string, awaited: ReadonlySet<Awaited>, pass: () => void): void {
  const read = readMessage(text);
  const found = read.kind === 'response' ? [...awaited].find((one) => isAnsweredBy(one, read.response)) : undefined;
  if (found !== undefined && read.kind === 'response') found.hear(read.response, pass);
  else if (read.kind === 'request' || read.kind === 'response') pass();
  else passQuietly(pass);
}

/** What RFC 3261 discards, SIP.js may take for a response that it has to throw at. */
function passQuietly(pass: () => void): void {
  try {
    pass();
  } catch {
    // It is as if nothing had come.
  }
}

/** RFC 3261 §17.1.3: the branch, and the method, since a CANCEL has the branch of its INVITE; §18.1.2: the sent-by. */
function isAnsweredBy({ message, sentBy }: Awaited, { headers }: SipResponse): boolean {
  const via = topVia(headers);
  return (
    via?.branch !== undefined &&
    via.branch === message.branch &&
    via.sentBy.toLowerCase() === sentBy.toLowerCase() &&
    readCSeq(headers)?.method === message.method
  );
}
