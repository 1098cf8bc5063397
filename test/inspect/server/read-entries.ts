// What a reader of the stream gets from an inspector's server.
import type { InspectorEntry } from '../../../src/inspect/inspector-entry.js';

/** Reads until an entry satisfies this, and leaves. */
export async function readEntries(
  url: string | URL,
  token: string,
  isLast: (entry: InspectorEntry) => boolean,
): Promise<readonly InspectorEntry[]> {
  const stop = new AbortController();
  const { body } = await fetch(url, { headers: { 'X-Inspector-Token': token }, signal: stop.signal });
  const entries: InspectorEntry[] = [];
  let rest = '';
  for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((one) => one.startsWith('data: '))) {
      const entry = JSON.parse(line.slice(6)) as InspectorEntry;
      entries.push(entry);
      if (!isLast(entry)) continue;
      stop.abort();
      return entries;
    }
  }
  return entries;
}
