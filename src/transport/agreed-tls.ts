// TLS by a security agreement (RFC 3329 §2.4): which requests must go over TLS, and where that leads.
import type { Decision } from '../policy/decide.js';
import { allHeaders } from '../sip/header-list.js';
import type { SipRequest } from '../sip/message.js';
import { paramOf } from '../sip/params.js';
import { readSecurityMechanisms } from '../sip/security.js';
import { isKnownDigest, verifiedEntry } from '../sip/security-agreement.js';
import { parseUri, writeUri } from '../sip/uri.js';

/** What one request, or one registration, has agreed on with its first hop. */
export class AgreedSecurity {
  readonly #known: readonly string[];
  #chosen: string | undefined;

  /** @param known the mechanisms that the client implements. */
  constructor(known: readonly string[] = ['tls', 'digest']) {
    this.#known = known;
  }

  note({ action }: Pick<Decision, 'action'>): void {
    if (action.type === 'agreeSecurity') this.#chosen = action.chosen;
  }

  /** "All the subsequent SIP requests … SHOULD make use of the security mechanism initiated" (RFC 3329 §2.3.1). */
  wantsTls({ headers }: SipRequest): boolean {
    const list = allHeaders(headers, 'Security-Verify');
    if (list.length === 0) return false;
    return (this.#chosen ?? this.#chosenFrom(headers, list)) === 'tls';
  }

  /** After a restart, only the list that is mirrored tells what was chosen: the best of it that is known. */
  #chosenFrom(headers: SipRequest['headers'], list: readonly string[]): string | undefined {
    if (verifiedEntry(headers) !== undefined) return 'digest';
    const known = readSecurityMechanisms(list).filter(
      ({ mechanism, raw }) => this.#known.includes(mechanism) && (mechanism !== 'digest' || isKnownDigest(raw)),
    );
    return known.toSorted((one, other) => other.q - one.q)[0]?.mechanism;
  }
}

/**
 * The URI as it is resolved for TLS: "if the URI is a SIP URI, it MUST treat the scheme as if it were sips, not sip"
 * (RFC 3329 §2.4). A transport in it was named for the way without TLS. So was port 5060, the default of sip written out: it
 * becomes that of sips (RFC 3261 §19.1.2); any other port stays.
 */
export function asSips(text: string): string {
  const uri = parseUri(text);
  if (uri?.scheme !== 'sip') return text;
  const isPlain = paramOf(uri.params, 'transport')?.toLowerCase() !== 'tls';
  return writeUri({
    ...uri,
    scheme: 'sips',
    ...(uri.port === 5060 && isPlain && { port: 5061 }),
    params: uri.params.filter(([name]) => name.toLowerCase() !== 'transport'),
  });
}
