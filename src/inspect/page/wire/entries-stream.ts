// The stream of entries: opened again when it breaks, and read in slices, so that the page stays responsive.
import type { InspectorEntry } from '../../inspector-entry.js';
import { EventLines } from './event-lines.js';
import { withToken } from './token.js';

export type StreamState = 'connecting' | 'open' | 'lost' | 'refused';

export interface StreamListener {
  entry(entry: InspectorEntry): void;
  state(state: StreamState): void;
  /** The number of the last entry that is known. */
  lastSeq(): number;
}

const SLICE_MS = 8;
const AGAIN_MS = 1_000;

export async function followEntries(token: string, listener: StreamListener): Promise<void> {
  for (;;) {
    const isAdmitted = await followOnce(token, listener).catch(() => true);
    if (!isAdmitted) {
      listener.state('refused');
      return;
    }
    listener.state('lost');
    await pause(AGAIN_MS);
  }
}

/** Whether the token was good. */
async function followOnce(token: string, listener: StreamListener): Promise<boolean> {
  const { ok, status, body } = await fetch(`/entries?after=${listener.lastSeq()}`, { headers: withToken(token) });
  if (!ok || body === null) return status !== 401 && status !== 403;
  listener.state('open');
  const lines = new EventLines();
  const slices = new Slices();
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return true;
    for (const data of lines.read(value)) {
      const entry = readEntry(data);
      if (entry !== undefined) listener.entry(entry);
      await slices.end();
    }
  }
}

/** Lets everybody else run once a slice is used up: also when each piece of the stream alone is read in less. */
class Slices {
  #began = performance.now();

  async end(): Promise<void> {
    if (performance.now() - this.#began < SLICE_MS) return;
    await pause(0);
    this.#began = performance.now();
  }
}

function readEntry(data: string): InspectorEntry | undefined {
  try {
    // The server is ours, and it is of the same version as the page.
    return JSON.parse(data) as InspectorEntry;
  } catch {
    return undefined;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
