// token (RFC 3261 §25.1): what methods, header names and option-tags are made of.

/** Whether a text is one token. */
export function isToken(text: string): boolean {
  return /^[A-Za-z0-9\-.!%*_+`'~]+$/.test(text);
}
