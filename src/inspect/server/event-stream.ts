// Server-sent events (HTML Standard §9.2) at the pace of their reader: what a slow one cannot take is not kept for it.
import type { ServerResponse } from 'node:http';
import type { EntryStore, StoredEntry } from '../recorder/entry-store.js';

const AT_A_TIME = 200;

/** Streams everything after this entry, and what comes, until the reader leaves. */
export function streamEntries(store: EntryStore, after: number, response: ServerResponse): void {
  const charts = new Map<number, true>();
  let cursor = after;
  let isAsked = false;
  let isFirst = true;
  const write = (entries: readonly StoredEntry[]): void => {
    if (entries.length > 0) response.write(entries.map(({ json }) => `data: ${json}\n\n`).join(''));
  };
  const pump = (): void => {
    isAsked = false;
    while (!response.writableNeedDrain && !response.destroyed) {
      const fresh = store.charts.filter(({ seq }) => !charts.has(seq));
      for (const { seq } of fresh) charts.set(seq, true);
      write(fresh);
      // Behind: what it has missed is gone, and the summary stands for it.
      if (isFirst || store.isBehind(cursor)) write(store.summary);
      isFirst = false;
      const next = store.next(cursor, AT_A_TIME);
      const last = next.at(-1);
      if (last === undefined) return;
      write(next);
      cursor = last.seq;
    }
  };
  const ask = (): void => {
    if (isAsked) return;
    isAsked = true;
    // Many entries of one moment go in one piece.
    void Promise.resolve().then(pump);
  };
  const stop = store.listen(ask);
  response.on('drain', ask);
  response.on('close', stop);
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
  response.flushHeaders();
  ask();
}
