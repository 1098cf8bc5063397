// Whether a certificate is for the host of the URI (RFC 5922 §7): what Node's check for the Web does differently.
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { parseUri } from '../sip/uri.js';
import { numericHost } from './server-address.js';

/**
 * The error that Node shall end the connection with, or undefined. A subjectAltName `URI:sip:example.com` names the
 * domain, else `DNS:example.com` does, letter for letter: "Implementations MUST NOT match any form of wildcard"
 * (RFC 5922 §7.2). For a numeric host Node's own check applies.
 *
 * @param allowWildcards accept `*.example.com` as browsers do
 */
export function checkSipIdentity(
  host: string,
  certificate: PeerCertificate,
  allowWildcards = false,
): Error | undefined {
  if (numericHost(host) !== undefined) return checkServerIdentity(host, certificate);
  const names = identitiesOf(certificate);
  if (names.some((name) => name.toLowerCase() === host.toLowerCase())) return undefined;
  if (allowWildcards) return checkServerIdentity(host, certificate);
  const shown = names.length === 0 ? 'no domain' : names.slice(0, 5).join(', ');
  return Object.assign(new Error(`its certificate is for ${shown}, and the URI says ${host}`), {
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
}

/** The domains that the certificate is for: SIP URIs before DNS names, and the common name where there is neither. */
function identitiesOf(certificate: PeerCertificate): readonly string[] {
  // Node puts a name with unusual characters into quotes; such a name is none of a SIP domain.
  const names = (certificate.subjectaltname ?? '').split(', ');
  const uris = names.filter((name) => name.startsWith('URI:')).flatMap((name) => domainOf(name.slice('URI:'.length)));
  if (uris.length > 0) return uris;
  const domains = names.filter((name) => name.startsWith('DNS:')).map((name) => name.slice('DNS:'.length));
  if (domains.length > 0) return domains;
  const common: unknown = certificate.subject.CN;
  return typeof common === 'string' && certificate.subjectaltname === undefined ? [common] : [];
}

/** RFC 5922 §7.1: only a "sip" URI without a user part names a domain. */
function domainOf(text: string): readonly string[] {
  const uri = parseUri(text);
  return uri?.scheme === 'sip' && uri.user === undefined ? [uri.host] : [];
}
