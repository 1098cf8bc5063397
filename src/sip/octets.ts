// Octets as text and back without loss: UTF-8 (RFC 3261 §7), and whatever a peer sends that is not.

// ignoreBOM keeps a leading U+FEFF: it is part of the octets.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * The text of UTF-8 octets. An octet that is part of no valid UTF-8 sequence becomes the lone surrogate U+DC00 + octet
 * (U+DC80..U+DCFF), so that binary bodies survive as text and as JSON, and `octetsOf` gives them back exactly.
 */
export function textOf(octets: Uint8Array): string {
  const text = decoder.decode(octets);
  return text.includes('\uFFFD') ? decodeKeepingOctets(octets) : text;
}

/** The octets of a text: the exact inverse of `textOf`. Any other lone surrogate is written as U+FFFD. */
export function octetsOf(text: string): Uint8Array {
  return hasOctetSurrogate(text) ? encodeRestoringOctets(text) : encoder.encode(text);
}

/** How many octets `octetsOf(text)` has, without making them. */
export function octetLength(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    if (unit < 0x800) length += 1;
    else if (isPairAt(text, at)) {
      length += 2;
      at += 1;
    } else if (!isOctetSurrogate(unit)) length += 2;
  }
  return length;
}

/** With the `u` flag the class matches lone surrogates only, never half of a pair. */
function hasOctetSurrogate(text: string): boolean {
  return /[\uDC80-\uDCFF]/u.test(text);
}

function isOctetSurrogate(unit: number): boolean {
  return unit >= 0xdc80 && unit <= 0xdcff;
}

function isPairAt(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}

function decodeKeepingOctets(octets: Uint8Array): string {
  const units = new Uint16Array(octets.length);
  let end = 0;
  for (let at = 0; at < octets.length;) {
    const length = sequenceLengthAt(octets, at);
    const first = octetAt(octets, at);
    if (length <= 1) {
      units[end++] = length === 1 ? first : 0xdc00 + first;
      at += 1;
      continue;
    }
    let point = first & (0x7f >> length);
    for (let more = 1; more < length; more++) point = (point << 6) | (octetAt(octets, at + more) & 0x3f);
    if (point > 0xffff) {
      units[end++] = 0xd800 + ((point - 0x10000) >> 10);
      units[end++] = 0xdc00 + (point & 0x3ff);
    } else units[end++] = point;
    at += length;
  }
  return textOfUnits(units.subarray(0, end));
}

/** In slices: a call takes only so many arguments. */
function textOfUnits(units: Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += 4096) text += String.fromCharCode(...units.subarray(at, at + 4096));
  return text;
}

/** The length of the valid UTF-8 sequence that starts here (RFC 3629 §4), or 0. */
function sequenceLengthAt(octets: Uint8Array, at: number): number {
  const first = octetAt(octets, at);
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0) return 0;
  const second = octetAt(octets, at + 1);
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  // 0xED 0xA0.. would be a surrogate, 0xF4 0x90.. beyond U+10FFFF.
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  for (let more = 2; more < length; more++) {
    if ((octetAt(octets, at + more) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

/** Beyond the end there is an octet that continues nothing. */
function octetAt(octets: Uint8Array, at: number): number {
  return octets[at] ?? 0;
}

function encodeRestoringOctets(text: string): Uint8Array {
  const octets = new Uint8Array(octetLength(text));
  let end = 0;
  let plainFrom = 0;
  const encodePlain = (to: number): void => {
    end += encoder.encodeInto(text.slice(plainFrom, to), octets.subarray(end)).written;
    plainFrom = to + 1;
  };
  for (let at = 0; at < text.length; at++) {
    if (isPairAt(text, at)) at += 1;
    else if (isOctetSurrogate(text.charCodeAt(at))) {
      encodePlain(at);
      octets[end++] = text.charCodeAt(at) - 0xdc00;
    }
  }
  encodePlain(text.length);
  return octets;
}
