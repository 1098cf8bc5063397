// Numeric addresses as octets (RFC 4291 §2.2).

/** The 4 or 16 octets of an address; undefined when the text is none. */
export function octetsOfAddress(host: string): Uint8Array | undefined {
  return host.includes(':') ? ofVersion6(host.replace(/^\[|\]$|%.*$/g, '')) : ofVersion4(host);
}

/** 16 octets: those of an IPv4 address as an IPv4-mapped one (RFC 4291 §2.5.5.2). */
export function mapped(address: Uint8Array): Uint8Array {
  if (address.length === 16) return address;
  const long = new Uint8Array(16);
  long.fill(0xff, 10, 12);
  long.set(address, 12);
  return long;
}

function ofVersion4(host: string): Uint8Array | undefined {
  const parts = host.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : NaN));
  return parts.length === 4 && parts.every((part) => part <= 255) ? Uint8Array.from(parts) : undefined;
}

function ofVersion6(host: string): Uint8Array | undefined {
  const [head = '', tail, ...more] = host.split('::');
  if (more.length > 0) return undefined;
  const [left, right] = [groups(head), groups(tail ?? '')];
  if (left === undefined || right === undefined) return undefined;
  const missing = 16 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return Uint8Array.from([...left, ...Array.from({ length: missing }, () => 0), ...right]);
}

function groups(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const octets: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const embedded = index === parts.length - 1 && part.includes('.') ? ofVersion4(part) : undefined;
    if (embedded !== undefined) octets.push(...embedded);
    else if (/^[0-9a-f]{1,4}$/i.test(part))
      octets.push(Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff);
    else return undefined;
  }
  return octets;
}
