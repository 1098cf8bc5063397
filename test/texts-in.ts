// A walk over everything that a value holds, as a log or an inspector could take it.

/** Every text that can be reached from a value, keys included, as a log or an inspector could. */
export function textsIn(root: unknown): readonly string[] {
  const texts: string[] = [];
  const known = new Set<unknown>();
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') texts.push(value);
    if (typeof value !== 'object' || value === null || known.has(value)) continue;
    known.add(value);
    if (value instanceof Map || value instanceof Set) open.push(...value);
    for (const key of Reflect.ownKeys(value)) {
      texts.push(String(key));
      open.push(Reflect.get(value, key));
    }
  }
  return texts;
}
