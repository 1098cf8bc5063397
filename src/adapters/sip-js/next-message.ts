// The message of the next attempt: the last one with what has changed, checked against what was decided.
import type { Change } from '../../request/change.js';
import type { SipRequest } from '../../sip/message.js';
import { parseUri, sameUri } from '../../sip/uri.js';
import { kindOfPart, type Inability } from './limitation.js';
import { messageOf, withChange, type MessageParts } from './message-parts.js';
import type { SipJsCore, SipJsMessage } from './stack.js';
import { differencesOf } from './written-request.js';

export interface NextMessage {
  /** Absent: SIP.js cannot write what was decided. */
  readonly message?: SipJsMessage;
  readonly parts: MessageParts;
  readonly inabilities: readonly Inability[];
}

/**
 * The last message with these changes. It is read back as SIP.js would write it, so that nothing else is ever sent than
 * was decided: what differs is told, and only another spelling of the same Request-URI is sent all the same.
 */
export function nextMessage(
  core: SipJsCore,
  last: MessageParts,
  changes: readonly Change[],
  decided: SipRequest,
): NextMessage {
  let parts = last;
  for (const change of changes) {
    const changed = withChange(parts, change);
    if ('because' in changed) return { parts: last, inabilities: [changed] };
    parts = changed;
  }
  try {
    const message = messageOf(core, parts);
    const differences = differencesOf(message, decided);
    const because = 'SIP.js would write something else.';
    const inabilities = differences.map(({ what }) => ({ kind: kindOfPart(what), what, because }));
    if (!differences.every(isRespelled)) return { parts: last, inabilities };
    return { message, parts, inabilities: [...inabilities, ...changes.flatMap(wayNotTaken)] };
  } catch {
    // For example an escape in the Request-URI, or octets in the body, that are no UTF-8.
    const suspect = changes.map(({ what }) => what).find((what) => what === 'Body' || what === 'Request-URI');
    const what = suspect ?? 'Request-URI';
    return { parts: last, inabilities: [{ kind: kindOfPart(what), what, because: 'SIP.js cannot write it.' }] };
  }
}

function isRespelled({ what, before: [wanted = ''], after: [written = ''] }: Change): boolean {
  return what === 'Request-URI' && sameUri(wanted, written);
}

/** SIP.js resolves no host: whatever the Request-URI says, the request goes over the same WebSocket (RFC 7118 §5). */
function wayNotTaken({ what, before: [was = ''], after: [is = ''] }: Change): readonly Inability[] {
  if (what !== 'Request-URI' || placeOf(was) === placeOf(is)) return [];
  const because = 'SIP.js sends all requests over its WebSocket; the server there has to route it.';
  return [{ kind: 'nextHop', what: 'Request-URI', because }];
}

function placeOf(uri: string): string {
  const { host, port } = parseUri(uri) ?? {};
  return `${host?.toLowerCase()}:${port}`;
}
