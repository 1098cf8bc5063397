// What the page may do: show itself. Its one script and its one style sheet are allowed by their hashes, nothing else is.
import { nobleHashes } from '../../../digest/hash.js';

/** The policy for a `<meta http-equiv="Content-Security-Policy">` (CSP Level 3 §8.4). */
export function contentSecurityPolicy({ script, style }: { readonly script: string; readonly style: string }): string {
  return [
    "default-src 'none'",
    `script-src '${sourceHash(script)}'`,
    `style-src '${sourceHash(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function sourceHash(text: string): string {
  const octets = nobleHashes.sha256(text).match(/../g) ?? [];
  return `sha256-${btoa(octets.map((octet) => String.fromCharCode(Number.parseInt(octet, 16))).join(''))}`;
}
