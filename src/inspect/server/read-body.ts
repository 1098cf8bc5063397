// The body of a request, up to a limit.
import type { IncomingMessage } from 'node:http';

const MOST_OCTETS = 1_048_576;

/** Undefined when it is longer, or broken off. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let [text, octets] = ['', 0];
  try {
    for await (const part of request) {
      if (!(part instanceof Uint8Array)) return undefined;
      octets += part.length;
      if (octets > MOST_OCTETS) return undefined;
      text += decoder.decode(part, { stream: true });
    }
    return text + decoder.decode();
  } catch {
    return undefined;
  }
}
