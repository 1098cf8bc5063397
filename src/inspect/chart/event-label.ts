// Events as a chart names them: codes in short, and many codes as their classes.

/** More codes than these are told as classes with a number. */
const MOST_CODES = 8;

/** `413, 480, 486`; `4xx, 5xx (37 codes), timeout`; other events by their names. */
export function eventsInShort(events: readonly string[]): string {
  const names = events.map(eventInShort);
  // Single codes first, then what stands for the rest of a class.
  const codes = [...new Set(names.filter((name) => /^\d/.test(name)))].sort(
    (one, other) => Number(one.endsWith('xx')) - Number(other.endsWith('xx')) || one.localeCompare(other),
  );
  const others = [...new Set(names.filter((name) => !/^\d/.test(name)))];
  if (codes.length <= MOST_CODES) return [...codes, ...others].join(', ');
  const single = codes.filter((code) => !code.endsWith('xx'));
  const classes = [...new Set(codes.map((code) => `${code.slice(0, 1)}xx`))].sort();
  return [`${classes.join(', ')} (${single.length} codes)`, ...others].join(', ');
}

/** `423` for `response.4xx.423`, `4xx` for `response.4xx.*`, `timeout` for `transaction.timeout`. */
export function eventInShort(event: string): string {
  const code = /^response\.(\dxx)\.(\d{3}|\*)$/.exec(event);
  if (code !== null) return code[2] === '*' ? (code[1] ?? '') : (code[2] ?? '');
  return SHORT.get(event) ?? event;
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ['transaction.timeout', 'timeout'],
  ['transport.error', 'transport error'],
]);
