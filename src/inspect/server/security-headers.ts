// What every answer says to the browser: nothing from elsewhere, nothing to elsewhere, in no frame.

const BASE = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;

const OWN =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const securityHeaders = { ...BASE, 'Content-Security-Policy': OWN } as const;

/** For the one page that shows another site's in a frame, and only where that was asked for. */
export function framingHeaders(site: string) {
  return { ...BASE, 'Content-Security-Policy': `${OWN}; frame-src ${site}` } as const;
}
