// What a run of `sip-retry send` sent, as its own trace tells it.
import type { SendVerdict } from './peers/command.js';

export interface SentRequest {
  /** Milliseconds since the start. */
  readonly at: number;
  readonly text: string;
  readonly branch: string;
  readonly peer: string;
}

/** The transmissions of this method, retransmissions among them. */
export function sentRequests({ events }: Pick<SendVerdict, 'events'>, method: string): readonly SentRequest[] {
  return events.flatMap(({ event, direction, at, text, peer }) => {
    if (event !== 'message' || direction !== 'sent' || typeof text !== 'string') return [];
    if (!text.startsWith(`${method} `)) return [];
    return [{ at: Number(at), text, branch: branchOf(text), peer: String(peer) }];
  });
}

/** The first transmission of each transaction. */
export function transactionsOf(verdict: Pick<SendVerdict, 'events'>, method: string): readonly SentRequest[] {
  const requests = sentRequests(verdict, method);
  return requests.filter(({ branch }, index) => requests.findIndex((other) => other.branch === branch) === index);
}

export function branchOf(message: string): string {
  return /^Via:.*?;branch=([^;,\s]+)/im.exec(message)?.[1] ?? '';
}
