// The nonces of credentials that a request carries already, with their counts (RFC 7616 §3.4).
import { readChallengeRow } from '../sip/challenge-row.js';
import { hasKey } from '../sip/header-list.js';
import type { SipRequest } from '../sip/message.js';

/** One nonce of one protection space, as often as it was used. Texts are as received inside their quotes. */
export interface SentNonce {
  readonly kind: 'user' | 'proxy';
  readonly realm: string;
  readonly nonce: string;
  readonly cnonce: string;
  readonly count: number;
}

/** Those of all rows; without a cnonce nothing was counted (RFC 2617 §3.2.2). */
export function readSentNonces({ headers }: Pick<SipRequest, 'headers'>): readonly SentNonce[] {
  return headers.flatMap((row) => {
    const isForUser = hasKey(row, 'authorization');
    if (!isForUser && !hasKey(row, 'proxy-authorization')) return [];
    const kind = isForUser ? 'user' : 'proxy';
    return readChallengeRow(row[1]).flatMap(({ scheme, params }) => {
      const { realm, nonce } = params.usual;
      const cnonce = params.get('cnonce');
      if (scheme.toLowerCase() !== 'digest' || realm === undefined || !nonce || !cnonce) return [];
      return [{ kind, realm, nonce, cnonce, count: countOf(params.get('nc')) }];
    });
  });
}

/** It was sent at least once, whatever the count says; quotes around it, which some clients write, are off already. */
function countOf(nc = ''): number {
  return /^[0-9a-f]+$/i.test(nc) ? Math.max(1, Number.parseInt(nc, 16)) : 1;
}
