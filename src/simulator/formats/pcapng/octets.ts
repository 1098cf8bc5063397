// Octets in sequence, in the order of the network or of a capture file.

/** All of them behind each other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A 16-bit number, the high octet first, as networks write it. */
export function net16(value: number): Uint8Array {
  return Uint8Array.of((value >>> 8) & 0xff, value & 0xff);
}

export function net32(value: number): Uint8Array {
  return joined([net16(value >>> 16), net16(value)]);
}

/** A 16-bit number, the low octet first, as this capture file writes it. */
export function file16(value: number): Uint8Array {
  return net16(value).reverse();
}

export function file32(value: number): Uint8Array {
  return net32(value).reverse();
}
