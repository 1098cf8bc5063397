// The q parameter, a preference from 0 to 1 (qvalue, RFC 3261 §25.1).

/** A qvalue, read generously (`.5` and more than three digits pass); undefined when it is none. */
export function readQValue(text: string): number | undefined {
  if (!/^(?:\d+\.?\d*|\.\d+)$/.test(text)) return undefined;
  const q = Number(text);
  return q <= 1 ? q : undefined;
}
