// Events as a chart names them: codes in short, and many codes as their classes.

/** More codes than these are told as classes with a number. */
const MOST_CODES = 8;
const MOST_CODES_OF_AN_OVERVIEW = 4;

/** `413, 480, 486`; `4xx, 5xx (37 codes), timeout`; other events by their names. */
export function eventsInShort(events: readonly string[]): string {
  const { codes, others } = sorted(events);
  if (codes.length <= MOST_CODES) return [...codes, ...others].join(', ');
  const single = codes.filter((code) => !code.endsWith('xx'));
  return [`${classesOf(codes).join(', ')} (${single.length} codes)`, ...others].join(', ');
}

/** `401, 407`; `4xx (12), 5xx (3), timeout`; `answer.*` for events that begin alike. */
export function familiesInShort(events: readonly string[]): string {
  const { codes, others } = sorted(events);
  const told = namesInShort(others.map((name) => (name === '' ? 'at once' : name)));
  if (codes.length <= MOST_CODES_OF_AN_OVERVIEW) return [...codes, ...told].join(', ');
  const families = classesOf(codes).map((family) => {
    const count = codes.filter((code) => code.startsWith(family.slice(0, 1)) && code !== family).length;
    return count === 0 ? family : `${family} (${count})`;
  });
  return [...families, ...told].join(', ');
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

/** Single codes first, then what stands for the rest of a class. */
function sorted(events: readonly string[]): { readonly codes: readonly string[]; readonly others: readonly string[] } {
  const names = events.map(eventInShort);
  const codes = [...new Set(names.filter((name) => /^\d/.test(name)))].sort(
    (one, other) => Number(one.endsWith('xx')) - Number(other.endsWith('xx')) || one.localeCompare(other),
  );
  return { codes, others: [...new Set(names.filter((name) => !/^\d/.test(name)))] };
}

function classesOf(codes: readonly string[]): readonly string[] {
  return [...new Set(codes.map((code) => `${code.slice(0, 1)}xx`))].sort();
}

/** `answer.given, answer.refused` is `answer.*`. */
function namesInShort(named: readonly string[]): readonly string[] {
  const nounOf = (name: string): string => /^([^.]+)\.[^.]+$/.exec(name)?.[1] ?? name;
  const isShared = (noun: string): boolean => named.filter((name) => nounOf(name) === noun).length > 1;
  return [...new Set(named.map((name) => (isShared(nounOf(name)) ? `${nounOf(name)}.*` : name)))];
}
