// The Internet checksum (RFC 1071).

/** The one's complement of the one's complement sum of all 16-bit words; an odd octet is padded with zero. */
export function checksumOf(octets: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < octets.length; at += 2) sum += ((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0);
  while (sum > 0xffff) sum = Math.floor(sum / 0x10000) + (sum % 0x10000);
  return ~sum & 0xffff;
}
