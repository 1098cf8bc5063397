// The addresses that a response lists, and which of them may be tried (RFC 3261 §8.1.3.4).
import { readContacts } from '../sip/contact.js';
import { isSips, parseUri, uriTest } from '../sip/uri.js';
import type { History } from './history.js';

/**
 * RFC 3261 §8.1.3.4: the UAC may order the targets by q. Of a Contact URI only what belongs into a Request-URI is
 * taken: `headers` could smuggle Route or From in. An address that demands another method, or an extension, is left out:
 * "SHOULD refuse to send these requests rather than modifying them to match their capabilities" (§19.1.5).
 */
export function addressesOf(values: readonly string[]): readonly string[] {
  return readContacts(values)
    .filter(({ uri }) => uri !== '*' && isRequestUri(uri) && !/;method=|[?&]require=/i.test(uri))
    .toSorted((one, other) => (other.q ?? 1) - (one.q ?? 1))
    .map(({ uri }) => uri.replace(/\?.*$/s, ''));
}

/** Those that were not tried, in their order: "MUST NOT add any given URI to the target set more than once", nor leave SIPS. */
export function untriedOf(
  contacts: readonly string[],
  requestUri: string,
  { targetsTried }: History,
): readonly string[] {
  const staysSecure = isSips(requestUri);
  return contacts.filter((uri) => {
    if (staysSecure && !isSips(uri)) return false;
    const isSame = uriTest(uri);
    // The Request-URI is nearly always the last one that was tried.
    return !targetsTried.some(isSame) && (targetsTried.includes(requestUri) || !isSame(requestUri));
  });
}

/** "The Request-URI MUST NOT contain unescaped spaces or control characters and MUST NOT be enclosed in <>" (§7.1). */
function isRequestUri(uri: string): boolean {
  if (/[\u0000-\u0020\u007f<>"]/.test(uri)) return false;
  const { scheme, port = 0 } = parseUri(uri) ?? {};
  return (scheme === 'sip' || scheme === 'sips') && port <= 65_535;
}
