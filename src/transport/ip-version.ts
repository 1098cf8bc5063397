// Whether a host is a numeric address, and of which family; without Node, so that a browser knows it, too.

/** 4 or 6; 0 for a name. IPv6 without brackets, perhaps with a zone. */
export function ipVersion(host: string): 0 | 4 | 6 {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return host.split('.').every(isOctet) ? 4 : 0;
  const [, address = ''] = /^([\da-fA-F:.]*:[\da-fA-F:.]*)(?:%[^%\s]+)?$/.exec(host) ?? [];
  return address !== '' && URL.canParse(`http://[${address}]`) ? 6 : 0;
}

/** Without a leading zero: some read those as octal. */
function isOctet(digits: string): boolean {
  return Number(digits) <= 255 && String(Number(digits)) === digits;
}
